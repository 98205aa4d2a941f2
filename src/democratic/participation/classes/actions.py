"""Opening a class session, speaking in it, and closing it."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.ids import new_code
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.classes.models import ClassSession
from democratic.participation.classes.queries import is_running
from democratic.participation.ideas.actions import Receipt, submit_idea
from democratic.participation.processes.models import Process
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import Origin

MOST_SEATS, MOST_HOURS, BYLINE_LIMIT = 300, 8, 60


@transaction.atomic
def open_class(*, process: Process, seats: int, hours: int, byline: str, clock: Clock) -> ClassSession:
    if not 1 <= seats <= MOST_SEATS:
        raise Refusal(_("De 1 à 300 élèves."), field="seats")
    if not 1 <= hours <= MOST_HOURS:
        raise Refusal(_("De 1 à 8 heures : le temps d’une journée de classe."), field="hours")
    now = clock.now()
    code = new_code()
    while ClassSession.objects.filter(code=code).exists():
        code = new_code()
    return ClassSession.objects.create(
        process=process,
        code=code,
        byline=clean_line(byline)[:BYLINE_LIMIT],
        seats=seats,
        opened_at=now,
        closes_at=now + timedelta(hours=hours),
    )


@transaction.atomic
def say_in_class(*, session: ClassSession, text: str, language: str, clock: Clock) -> Receipt:
    """One pupil's words. Her author is a person of whom nothing is known, so that her key alone is hers."""
    locked = ClassSession.objects.select_for_update().get(pk=session.pk)
    if not is_running(locked, clock.now()):
        raise Conflict(_("Cette séance est terminée."))
    if locked.taken >= locked.seats:
        raise Conflict(
            _("Toutes les places de cette séance sont prises. Votre enseignant peut en ouvrir une autre.")
        )
    receipt = submit_idea(
        process=session.process,
        author=welcome_guest(),
        words=Words(text=text, language=language, byline=locked.byline),
        origin=Origin.ROOM,
        clock=clock,
    )
    locked.taken += 1
    locked.save(update_fields=["taken"])
    return receipt


@transaction.atomic
def close_class(*, session: ClassSession, clock: Clock) -> None:
    locked = ClassSession.objects.select_for_update().get(pk=session.pk)
    now = clock.now()
    if not is_running(locked, now):
        raise Conflict(_("Cette séance est déjà terminée."))
    locked.closes_at = now
    locked.save(update_fields=["closes_at"])
