"""What a model keeps of people, declared on the model itself: one line, of which all the rest is made.

The page « Données personnelles », the register of processing (GDPR, article 30), the jobs that forget,
the export of one's own data and its completeness test are read from these declarations, never written again.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

DAYS_OF_A_YEAR, MONTHS_OF_A_YEAR = 365, 12


class Basis(StrEnum):
    """What makes a processing lawful (GDPR, article 6)."""

    TASK = "public_task"
    CONSENT = "consent"
    DUTY = "legal_obligation"

    @property
    def label(self) -> Promise:
        return _BASES[self]

    @property
    def article(self) -> str:
        return {"public_task": "6.1.e", "consent": "6.1.a", "legal_obligation": "6.1.c"}[self]


_BASES = {
    Basis.TASK: _("Mission d’intérêt public"),
    Basis.CONSENT: _("Votre accord"),
    Basis.DUTY: _("Obligation légale"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """When something is forgotten by itself. ``job`` is the dotted name of a function that says how many went.

    The function reads ``days`` from here: what the page promises is what the job does.
    """

    job: str
    after: Promise
    days: int = 0
    months: int = 0

    @property
    def length(self) -> int:
        """In days."""
        return self.days or self.months * DAYS_OF_A_YEAR // MONTHS_OF_A_YEAR

    @property
    def told(self) -> str:
        if self.months:
            return ngettext("%(n)s mois %(after)s", "%(n)s mois %(after)s", self.months) % {
                "n": self.months, "after": self.after,
            }  # fmt: skip
        return ngettext("%(n)s jour %(after)s", "%(n)s jours %(after)s", self.days) % {
            "n": self.days, "after": self.after,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class DataClass:
    """One line of the register. ``shows_opinions``: it may say what someone thinks (article 9)."""

    key: str
    what: Promise
    why: Promise
    people: Promise
    seen_by: Promise
    kept: Promise | str = ""
    basis: Basis = Basis.TASK
    terms: tuple[Term, ...] = ()
    shows_opinions: bool = False

    @property
    def how_long(self) -> str:
        terms = " ; ".join(term.told for term in self.terms)
        return " ".join(part for part in (f"{terms}." if terms else "", str(self.kept)) if part)

    @property
    def term(self) -> Term:
        """The only one, for a class that has one."""
        (only,) = self.terms
        return only


@dataclass(frozen=True, slots=True)
class PersonalData:
    """``of``: lookups from a row to the Person whose it is. ``hidden``: columns that open something, never shown.
    ``handled_by``: fields that name who works on the row. It is another's, and not given with her own data.

    Without ``of``, ``unlinked`` says why no row can be told to be someone's.
    """

    kind: DataClass
    of: tuple[str, ...] = ()
    handled_by: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    unlinked: str = ""


@dataclass(frozen=True, slots=True)
class NoPersonalData:
    """``why`` answers who asks how a row that leads to a Person keeps nothing of her."""

    why: str


Declaration = PersonalData | NoPersonalData


def label_of(model: type[Model]) -> str:
    """``people.Person``, as declarations and pages name a model."""
    return model._meta.label  # noqa: SLF001  Django documents it, and says it nowhere else
