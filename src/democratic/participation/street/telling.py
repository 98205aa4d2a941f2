"""What a session tells once it was read again: counts of what was published, and nobody in them."""

from collections import Counter
from typing import Any

from civics.disclosure.counts import publishable
from democratic.kernel.clock import Clock
from democratic.participation.street.events import STREET_SESSION_TOLD
from democratic.participation.street.models import CaptureKind, StreetCapture, StreetSession
from democratic.participation.street.planning import move
from democratic.participation.street.states import SessionState
from democratic.thread.actions import append_entry

State = StreetCapture.State
READ = (State.VALIDATED, State.SET_ASIDE)
BODY = {True: "no", False: "yes", None: "unsaid"}


def counts_of(session: StreetSession) -> dict[str, Any]:
    """{said, answered, counted, refused, aside, bands, in_a_body}: of fewer than five people, only that they were there."""
    rows = list(session.captures.filter(state__in=READ).values_list("kind", "state", "payload"))
    told = Counter(kind for kind, state, _payload in rows if state == State.VALIDATED)
    met = [payload for kind, state, payload in rows if state == State.VALIDATED and "age_band" in payload]
    return {
        "said": told[CaptureKind.QUOTE],
        "answered": told[CaptureKind.TAP],
        "refused": told[CaptureKind.REFUSAL],
        "aside": sum(state == State.SET_ASIDE for _kind, state, _payload in rows),
        "bands": publishable(Counter(each["age_band"] for each in met)),
        "in_a_body": publishable(Counter(BODY[each.get("in_no_body")] for each in met)),
    }


def tell_when_all_is_read(*, session: StreetSession, clock: Clock) -> None:
    """Once nothing waits, in the transaction that published or set aside the last of it; locked by the caller.

    What comes late is told again, when it changes what was counted.
    """
    captures = session.captures.all()
    if captures.filter(state=State.RECEIVED).exists() or not captures.filter(state__in=READ).exists():
        return
    counted = counts_of(session)
    if session.record.state == SessionState.VALIDATED and counted == session.counted:
        return
    move(session, SessionState.VALIDATED)
    session.counted = counted
    StreetSession.objects.filter(pk=session.pk).update(counted=counted)
    append_entry(
        STREET_SESSION_TOLD, record=session.record, now=clock.now(), data=counted, is_institutional=True
    )
