"""Up to eight parts of one idea: a title and a copy of its words each, and the reason that everyone reads."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from democratic.participation.ideas.splitting import FEWEST, MOST, Part
from democratic.web.desk.forms.fields import Written, text_field
from democratic.web.desk.groups import Group


class SplitForm(forms.Form):
    """A part that is left empty is none; what a part must say is the action's to refuse."""

    reason = text_field(gettext_lazy("Le motif"), rows=3, help_text=gettext_lazy("Public, et pour toujours."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields.pop("reason")
        for n in range(1, MOST + 1):
            is_asked = n <= FEWEST
            self.fields[f"title_{n}"] = Written(
                label=_("Titre de la part %(n)d") % {"n": n},
                help_text=_("Le vôtre : il sera dit « titre donné par le service ».") if n == 1 else "",
                required=is_asked,
            )
            self.fields[f"text_{n}"] = text_field(
                _("Ce que dit la part %(n)d") % {"n": n},
                rows=3,
                help_text=_("Copié mot pour mot de la parole.") if n == 1 else "",
                required=is_asked,
            )
        self.fields["reason"] = reason
        self.groups = (
            *(Group(_("Part %(n)d") % {"n": n}, (f"title_{n}", f"text_{n}")) for n in range(1, MOST + 1)),
            Group(_("Pourquoi"), ("reason",)),
        )

    @staticmethod
    def parts_in(cleaned: dict[str, Any]) -> list[Part]:
        return [Part(cleaned[f"title_{n}"], cleaned[f"text_{n}"]) for n in range(1, MOST + 1)]
