"""A street session as tests plan it, its device, and records as a phone makes them."""

import json
from datetime import timedelta
from uuid import uuid4

from asking import asked
from democratic.participation.street.devices import Prepared, prepare_device
from democratic.participation.street.models import StreetSession, TeamRole
from democratic.participation.street.planning import Outing, plan_session
from factories import Territory

QUESTION = "Comment rentrez-vous le soir ?"
SAID = "Le dernier bus part à dix-neuf heures, je rentre à pied."


def outing(territory: Territory, **more: object) -> Outing:
    starts_at = territory.clock.now() - timedelta(hours=2)
    more.setdefault("question", QUESTION)
    more.setdefault("place", "Place de la Gare")
    more.setdefault("starts_at", starts_at)
    more.setdefault("ends_at", starts_at + timedelta(hours=3))
    more.setdefault("team", {territory.agent.person.pk: TeamRole.LEADS})
    return Outing(**more)


def planned(territory: Territory, *, with_poll: bool = False, **more: object) -> StreetSession:
    if with_poll:
        more.setdefault("poll", asked(territory))
    return plan_session(
        process=territory.process, outing=outing(territory, **more), author=territory.agent.person,
        clock=territory.clock,
    )  # fmt: skip


def taken_out(session: StreetSession, territory: Territory) -> Prepared:
    return prepare_device(session=session, person=territory.agent.person, clock=territory.clock)


def record(kind: str = "quote", **more: object) -> dict:
    said = {
        "uuid": str(uuid4()),
        "kind": kind,
        "made_at": "2026-03-01T09:10:00+01:00",
        "device_seq": 1,
        "code": "",
    }
    by_kind = {
        "quote": {
            "text": SAID, "first_name": "Léa", "age_band": "18_25", "consent": True, "in_no_body": True, "about": "",
            "has_voice": 0, "has_photo": 0,
        },
        "tap": {"rank": 1, "age_band": "15_17", "in_no_body": None},
        "tally": {"counts": {"1": 4, "3": 2}},
        "wall": {"has_photo": 1, "alternative": "Le mur, couvert de cartes."},
        "summary": {"weather": "Grand froid", "notes": "Peu de passage avant 16 h.", "counts": {}},
    }  # fmt: skip
    return {**said, **by_kind.get(kind, {}), **more}


def promise(territory: Territory, **more: object) -> dict:
    """As an elected person gives her word on the agent's phone, and signs."""
    said = {
        "official": str(territory.official.pk), "text": "Je réponds sur le bus de 22 h.", "due_on": "2026-04-01",
        "signature": "Odile Vasseur-Thiry",
    }  # fmt: skip
    return record("engagement", **{**said, **more})


def send(client, token: str, records: list, **headers: str):
    return client.post(
        "/terrain/envois",
        data=json.dumps({"sent_at": "2026-03-01T18:00:00+01:00", "records": records}),
        content_type="application/json",
        headers={"authorization": f"Bearer {token}", **headers},
    )
