"""How long a phone's records take to be received, once the network is back: in its batches, over HTTP."""

import json
import time
import urllib.error
import urllib.request
from datetime import timedelta
from typing import Any
from uuid import uuid4

from democratic.config.bench.fill import fill_ideas
from democratic.config.bench.installation import running
from democratic.config.bench.size import Step
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.street.devices import CODES, Prepared, prepare_device
from democratic.participation.street.models import StreetCapture, TeamRole
from democratic.participation.street.planning import Outing, plan_session
from democratic.participation.street.receiving import MOST_RECORDS
from democratic.people.actions import welcome_guest


def street_timed(records: int, workers: int) -> Step:
    """Words and refusals by half, sent whole a second time, as a phone does that missed the receipts."""
    out = _taken_out()
    said = [_record(out, n) for n in range(records)]
    batches = [said[first : first + MOST_RECORDS] for first in range(0, records, MOST_RECORDS)]
    with running(workers) as installation:
        for batch in batches[:1]:
            _sent(installation.base, "", batch)  # a worker that has answered once: 401
        began = time.perf_counter()
        receipts = [_sent(installation.base, out.token, batch) for batch in batches]
        took = time.perf_counter() - began
        again = [_sent(installation.base, out.token, batch) for batch in batches]
    kept = StreetCapture.objects.filter(state=StreetCapture.State.RECEIVED).count()
    same = "the same receipts" if again == receipts else "OTHER RECEIPTS"
    return Step("street records received", took, f"{kept} kept of {records}; sent again: {same}")


def _taken_out() -> Prepared:
    process, agent = fill_ideas(1), welcome_guest()
    now = DATABASE_CLOCK.now()
    outing = Outing(
        "Comment rentrez-vous le soir ?", "Gare", now, now + timedelta(hours=3), {agent.pk: TeamRole.LEADS}
    )
    session = plan_session(process=process, outing=outing, author=agent, clock=DATABASE_CLOCK)
    return prepare_device(session=session, person=agent, clock=DATABASE_CLOCK)


def _record(out: Prepared, number: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "uuid": str(uuid4()),
        "made_at": DATABASE_CLOCK.now().isoformat(),
        "device_seq": number,
    }
    if number % 2:
        return said | {"kind": "refusal", "code": ""}
    code = out.codes[number // 2] if number // 2 < CODES else ""
    return said | {
        "kind": "quote", "code": code, "text": f"Le bus numéro {number} part trop tôt.", "first_name": "",
        "age_band": "18_25", "consent": True, "in_no_body": None, "about": "", "has_voice": 0, "has_photo": 0,
    }  # fmt: skip


def _sent(base: str, token: str, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    asked = urllib.request.Request(  # noqa: S310  loopback
        f"{base}/terrain/envois",
        json.dumps({"records": records}).encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310  loopback
            receipts: list[dict[str, Any]] = json.load(answer)["receipts"]
            return receipts
    except urllib.error.HTTPError as refusal:
        if token:
            raise
        refusal.close()
        return []
