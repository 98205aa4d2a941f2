"""The forms of paper. A pile is a grid: digits for what is ticked, as they stand on the sheet; words as written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from democratic.participation.paper.actions.batches import MOST_SHEETS
from democratic.participation.paper.actions.lacking import Lacking, Unfinished
from democratic.participation.paper.cells import AGES, BODIES, NAMES, Cells
from democratic.participation.paper.printing import GROUP_LIMIT, MOST_COPIES
from democratic.participation.polls.models import Poll
from democratic.thread.actions.records import TEXT_LIMIT
from democratic.web.desk.forms.fields import Written, day_field
from democratic.web.desk.groups import Group

_AGE_OF = {band.value: digit for digit, band in AGES.items()}
_BODY_OF = {said: digit for digit, said in BODIES.items()}
_AGES_OF_A_CLASS = [
    ("", _("Chacun le dit sur sa feuille")),
    *((band, band.label) for band in AGES.values() if band != "unsaid"),
]
_WORDS_ALONE = _("Aucune : seulement une parole")


def poll_choices(polls: Iterable[Poll]) -> list[tuple[str, Any]]:
    return [("", _WORDS_ALONE), *((str(poll.pk), poll.record.title) for poll in polls)]


class PrintForm(forms.Form):
    poll = forms.ChoiceField(label=_("La question posée"), required=False)
    copies = forms.IntegerField(
        label=_("Combien d’exemplaires"),
        min_value=1,
        max_value=MOST_COPIES,
        initial=40,
        help_text=_("Chaque feuille a son numéro : n’en photocopiez aucune, imprimez-en plutôt davantage."),
    )

    group = Written(
        label=_("Le nom de la classe, ou de l’établissement"),
        required=False,
        max_length=GROUP_LIMIT,
        help_text=_("« 2de B, lycée Simone-Veil ». Imprimé sur chaque feuille ; jamais le nom d’un élève."),
    )
    age = forms.ChoiceField(
        label=_("Leur âge, à tous"),
        required=False,
        choices=_AGES_OF_A_CLASS,
        help_text=_(
            "Dit ici une fois, il n’est plus demandé sur la feuille. Avant 15 ans : la case cochée, rien d’autre."
        ),
    )
    place = forms.ChoiceField(
        label=_("La commune de la classe"),
        required=False,
        help_text=_(
            "Là où habitent presque tous. Si chacun vient d’ailleurs, ne dites rien : ils comptent par l’âge."
        ),
    )

    groups = (Group(_("Pour une classe"), ("group", "age", "place")),)

    def __init__(self, polls: Sequence[Poll], places: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["poll"].choices = poll_choices(polls)  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("Ne pas la dire")), *((each, each) for each in places)]  # type: ignore[attr-defined]
        if not places:
            del self.fields["place"]
            self.groups = (Group(_("Pour une classe"), ("group", "age")),)


class BatchForm(forms.Form):
    name = Written(
        label=_("Numéro du lot"), max_length=40, help_text=_("Celui que vous écrivez sur la liasse.")
    )
    gathered_on = day_field(_("Le jour où ces feuilles ont été remplies"))
    poll = forms.ChoiceField(
        label=_("La question à laquelle elles répondent"),
        required=False,
        help_text=_("Un lot avec une question est toujours saisi par deux personnes."),
    )
    is_checked = forms.BooleanField(
        label=_("Une autre personne ressaisit ce lot avant qu’il ne compte"), required=False, initial=True
    )

    groups = (Group(_("Le lot"), ("name", "gathered_on"), is_row=True),)

    def __init__(self, polls: Sequence[Poll], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["poll"].choices = poll_choices(polls)  # type: ignore[attr-defined]


class Digit(forms.CharField):
    """One key. Empty: not said yet."""

    def __init__(self, label: Any, most: int) -> None:
        attrs = {"inputmode": "numeric", "maxlength": 1, "size": 1, "autocomplete": "off", "class": "digit"}
        super().__init__(label=label, required=False, max_length=1, widget=forms.TextInput(attrs=attrs))
        self._most = most

    def clean(self, value: Any) -> int | None:
        said = super().clean(value)
        if not said:
            return None
        if not (said.isascii() and said.isdigit() and int(said) <= self._most):
            raise forms.ValidationError(
                gettext("Un chiffre de 0 à %(most)d.") % {"most": self._most}, code="digit"
            )
        return int(said)


class GridForm(forms.Form):
    """Lines ``numbers`` of a pile; ``options``: how many answers its question has, none without one."""

    with_words = True

    def __init__(
        self, numbers: Sequence[int], options: int, rows: Mapping[int, Cells], data: Any = None
    ) -> None:
        super().__init__(data, initial=self._initial(rows))
        self.numbers, self.has_choice = numbers, bool(options)
        for n in numbers:
            about = {"n": n}
            if self.with_words:
                self.fields[f"code_{n}"] = Written(
                    label=gettext("Feuille %(n)d, numéro") % about, required=False, max_length=12,
                    widget=forms.TextInput(attrs={"autocomplete": "off", "size": 8, "class": "paper-code"}),
                )  # fmt: skip
            self.fields[f"age_{n}"] = Digit(gettext("Feuille %(n)d, âge") % about, max(AGES))
            if options:
                self.fields[f"choice_{n}"] = Digit(gettext("Feuille %(n)d, réponse") % about, min(options, 9))
            self.fields[f"body_{n}"] = Digit(gettext("Feuille %(n)d, membre") % about, max(BODIES))
            self.fields[f"consents_{n}"] = Digit(gettext("Feuille %(n)d, accord") % about, 1)
            if self.with_words:
                self.fields[f"first_name_{n}"] = Written(
                    label=gettext("Feuille %(n)d, prénom") % about, required=False, max_length=80,
                    widget=forms.TextInput(attrs={"autocomplete": "off"}),
                )  # fmt: skip
                self.fields[f"text_{n}"] = Written(
                    label=gettext("Feuille %(n)d, parole") % about, required=False, max_length=TEXT_LIMIT,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )  # fmt: skip

    def _initial(self, rows: Mapping[int, Cells]) -> dict[str, Any]:
        return {name: value for n, cells in rows.items() for name, value in self._typed(n, cells).items()}

    def _typed(self, n: int, cells: Cells) -> dict[str, Any]:
        consents = None if cells.consents is None else int(cells.consents)
        return {
            f"code_{n}": cells.code,
            f"age_{n}": _AGE_OF.get(cells.age),
            f"choice_{n}": cells.choice,
            f"body_{n}": _BODY_OF.get(cells.body),
            f"consents_{n}": consents,
            f"first_name_{n}": cells.first_name,
            f"text_{n}": cells.text,
        }

    def is_wrong(self, n: int) -> bool:
        return any(f"{name}_{n}" in self.errors for name in NAMES)

    def show(self, n: int, cells: Cells) -> None:
        """What stands on this line, in place of what was sent."""
        told = {name: "" if value is None else str(value) for name, value in self._typed(n, cells).items()}
        self.data = dict(self.data.items()) | told

    def said(self, n: int, cells: Cells) -> dict[str, Any]:
        """As it is typed on this line, by cell, in order."""
        typed = self._typed(n, cells)
        return {name: typed[f"{name}_{n}"] for name in NAMES if f"{name}_{n}" in self.fields}

    def rows(self) -> dict[int, Cells]:
        return {n: self._cells(n) for n in self.numbers}

    def _cells(self, n: int) -> Cells:
        said = self.cleaned_data
        age, body, consents = (said.get(f"{name}_{n}") for name in ("age", "body", "consents"))
        return Cells(
            code=said.get(f"code_{n}", ""),
            age="" if age is None else AGES[age],
            choice=said.get(f"choice_{n}"),
            body="" if body is None else BODIES[body],
            consents=None if consents is None else bool(consents),
            first_name=said.get(f"first_name_{n}", ""),
            text=said.get(f"text_{n}", ""),
        )

    def mark(self, rows: Iterable[Lacking]) -> None:
        """Say beside each cell what is wrong with it; a line of another page is only counted."""
        for row in rows:
            for cell, why in row.cells.items():
                name = f"{cell}_{row.number}"
                self.add_error(
                    name if name in self.fields else None, why if name in self.fields else self._far(row)
                )

    def _far(self, row: Lacking) -> str:
        return gettext("Feuille %(n)d : une case est à dire.") % {"n": row.number}


@contextmanager
def marking(form: GridForm) -> Iterator[None]:
    """What is refused cell by cell is said beside each cell."""
    try:
        yield
    except Unfinished as unfinished:
        form.mark(unfinished.rows)
        raise


class CheckForm(GridForm):
    """The second hand: ticks alone, and how many sheets she holds."""

    with_words = False

    def __init__(self, numbers: Sequence[int], options: int, data: Any = None) -> None:
        super().__init__(numbers, options, {}, data)
        self.fields["sheets"] = forms.IntegerField(
            label=_("Combien de feuilles tenez-vous"), min_value=1, max_value=MOST_SHEETS
        )
