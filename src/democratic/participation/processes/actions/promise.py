from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_text
from democratic.participation.processes.methods.template import Method
from democratic.participation.processes.models import Step


@dataclass(frozen=True, slots=True)
class Promise:
    """Owed before anyone is asked anything: what we ask, what we do with it, what is not negotiable."""

    asks: str
    use_of_input: str
    not_negotiable: str

    def cleaned(self) -> "Promise":
        """Refusals name the field at fault."""
        for field, value in (("asks", self.asks), ("use_of_input", self.use_of_input)):
            if not clean_text(value):
                raise Refusal(_("Remplissez ce champ : il est promis à chaque personne."), field=field)
        return Promise(*(clean_text(value) for value in (self.asks, self.use_of_input, self.not_negotiable)))


Dates = Mapping[Step, tuple[date, date]]


def planned_dates(method: Method, first_day: date) -> dict[Step, tuple[date, date]]:
    """First and last day of each stage, when the process begins on ``first_day``."""
    return {plan.step: plan.dates(first_day) for plan in method.stages}


def moments(opens_on: date, closes_on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first midnight is inside, the last is not: an end on the 28th takes the 28th whole."""
    return (
        datetime.combine(opens_on, time.min, zone),
        datetime.combine(closes_on + timedelta(days=1), time.min, zone),
    )
