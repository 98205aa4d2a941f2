"""What the holder of a link says of one line: its state, where it stands, a new date. One transaction a line."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.commitments.actions import move_action, move_commitment, tell_progress
from democratic.participation.commitments.actions.records import lock_record
from democratic.participation.commitments.models import ActionState, CommitmentState
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Obligation, Owed
from democratic.participation.tracker.links import open_links
from democratic.participation.tracker.models import UpdateLink
from democratic.participation.tracker.owed import open_promises


@dataclass(frozen=True, slots=True)
class News:
    """``to``: the new state, empty when it is the same; ``new_on`` and ``reason``: a date put off."""

    to: str = ""
    note: str = ""
    new_on: date | None = None
    reason: str = ""


def signed_as(link: UpdateLink) -> str:
    """The function under which it is published: the service's, never an agent's name."""
    name = link.request.service.name
    return f"{name}, par délégation" if link.is_by_delegation else name


@transaction.atomic
def tell_news(*, link: UpdateLink, code: str, news: News, clock: Clock) -> None:
    """Publish what is said of one line of the link's service. What is refused changes nothing of that line."""
    now = clock.now()
    service = link.request.service
    if not open_links(service.authority, now).filter(pk=link.pk).exists():
        raise Conflict(_("Ce lien n’est plus valable. Passez par votre bureau."))
    mine = open_promises(service.authority_id).filter(service=service, record__code=code)
    owed = mine.select_related("record__authority", "service").first()
    if owed is None:
        raise Conflict(_("Plus rien n’est attendu ici de votre service : une autre main l’a mis à jour."))
    lock_record(owed.record_id)  # in the order of the desk's acts: the Record, then what is owed
    _refuse_silence(owed, news, local_day(now, service.authority.time_zone))
    function = signed_as(link)
    # The date first: what is kept has none to put off.
    if news.new_on is not None or news.reason:
        _put_off(owed, news, function, clock)
    if news.to:
        _move(owed, news, function, clock)
    elif news.note:
        tell_progress(record=owed.record, note=news.note, function=function, clock=clock)


def _refuse_silence(owed: Obligation, news: News, today: date) -> None:
    if news.note or (news.reason and not news.to):
        return
    if news.to:
        raise Refusal(_("Dites ce qui a changé : cette ligne est publique."), field="note")
    if today > owed.first_due_on:
        raise Refusal(_("C’est en retard : dites où l’on en est, même en peu de mots."), field="note")


def _put_off(owed: Obligation, news: News, function: str, clock: Clock) -> None:
    if news.new_on is None:
        raise Refusal(_("Donnez la nouvelle date, ou videz le motif."), field="new_on")
    postpone(obligation=owed, new_on=news.new_on, reason=news.reason, function=function, clock=clock)


def _move(owed: Obligation, news: News, function: str, clock: Clock) -> None:
    if owed.owed == Owed.COMMITMENT:
        move_commitment(
            commitment=owed.record.commitment,
            to=CommitmentState(news.to),
            note=news.note,
            function=function,
            clock=clock,
        )
    else:
        move_action(
            action=owed.record.action,
            to=ActionState(news.to),
            note=news.note,
            function=function,
            clock=clock,
        )


@transaction.atomic
def put_out(*, link: UpdateLink, clock: Clock) -> None:
    """It reached someone whom it was not for: it opens nothing more."""
    UpdateLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=clock.now())
