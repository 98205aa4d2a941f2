"""From the net back to the street: a text is chosen to be read aloud, and what people say of it comes home."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.street.events import SENT_TO_THE_STREET
from democratic.participation.street.models import StreetSession
from democratic.participation.street.planning import lock_session
from democratic.participation.street.states import SessionState
from democratic.thread.actions import append_entry, bump_pages_of, end_link, link
from democratic.thread.models import Kind, Link, LinkKind, Record, Visibility

MOST_TEXTS = 10


@transaction.atomic
def send_to_the_street(*, session: StreetSession, said: Record, clock: Clock) -> None:
    """In public: who said it sees where it is read. Twice is once."""
    locked = _planned(session)
    if said.kind != Kind.IDEA or said.process_id != locked.process_id or said.visibility != Visibility.PUBLIC:
        raise Conflict(_("On lit dans la rue une parole publiée de la même concertation."))
    sent = Link.objects.filter(target=locked.pk, kind=LinkKind.DISCUSSED_IN, ended_by=None)
    if sent.filter(source=said).exists():
        return
    if sent.count() >= MOST_TEXTS:
        raise Conflict(_("Dix textes au plus : ôtez-en un pour ajouter celui-ci."))
    data = {"session": locked.record.code}
    entry = append_entry(SENT_TO_THE_STREET, record=said, now=clock.now(), data=data, is_institutional=True)
    link(source=said, kind=LinkKind.DISCUSSED_IN, target=locked.record, entry=entry)
    bump_pages_of(said)


@transaction.atomic
def keep_from_the_street(*, session: StreetSession, said: Record, clock: Clock) -> None:
    locked = _planned(session)
    if not Link.objects.filter(
        source=said, target=locked.pk, kind=LinkKind.DISCUSSED_IN, ended_by=None
    ).exists():
        return
    data = {"session": locked.record.code, "is_off": True}
    entry = append_entry(SENT_TO_THE_STREET, record=said, now=clock.now(), data=data, is_institutional=True)
    end_link(source=said, kind=LinkKind.DISCUSSED_IN, target=locked.record, entry=entry)
    bump_pages_of(said)


def _planned(session: StreetSession) -> StreetSession:
    locked = lock_session(session.pk)
    if locked.record.state != SessionState.PLANNED:
        raise Conflict(_("Ce rendez-vous a eu lieu : il ne change plus."))
    return locked
