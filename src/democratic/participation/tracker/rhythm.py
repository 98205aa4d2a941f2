"""When services are asked: a day that the authority chose, or the first working day of the month."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.events import AUTHORITY_DESCRIBED
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.kernel.working_days import working_day_near
from democratic.participation.tracker.models import LAST_DAY, UpdateRhythm
from democratic.thread.actions import append_entry
from democratic.thread.models import Authority


def chosen_day(authority: Authority) -> int | None:
    """None: the first working day."""
    return UpdateRhythm.objects.filter(authority=authority).values_list("day", flat=True).first()


def asking_day(month: date, chosen: int | None) -> date:
    """The working day of this month on which services are asked; ``month`` is its first day."""
    return working_day_near(month.replace(day=chosen or 1))


@transaction.atomic
def choose_asking_day(*, authority: Authority, day: int | None, clock: Clock) -> None:
    """The month that was already asked is not asked again."""
    if day is None:
        UpdateRhythm.objects.filter(authority=authority).delete()
    elif 1 <= day <= LAST_DAY:
        UpdateRhythm.objects.update_or_create(authority=authority, defaults={"day": day})
    else:
        raise Refusal(
            _("Choisissez un jour de 1 à %(last)d : tous les mois l’ont.") % {"last": LAST_DAY}, field="day"
        )
    append_entry(
        AUTHORITY_DESCRIBED,
        record=None,
        authority=authority,
        now=clock.now(),
        data={"part": "tracker"},
        is_institutional=True,
    )
