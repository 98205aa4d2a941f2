"""What a device may do with its token, and what it may not; and who may prepare one."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from democratic.kernel.clock import FixedClock
from democratic.participation.street.devices import prepare_device, revoke_device
from democratic.participation.street.models import FieldDevice, StreetCapture, StreetFile
from democratic.thread.models import Grant
from democratic.web import middleware
from democratic.web.street_kit.parcel import STATIC
from factories import build_territory
from hostile_files import KEPT, hostile_files
from in_the_street import planned, record, send, taken_out
from pictures import document, photo_with_place, picture

SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def _at_the_clock_of_the_territory(territory, monkeypatch):
    monkeypatch.setattr(middleware, "DATABASE_CLOCK", territory.clock)


@pytest.fixture
def out(territory):
    return taken_out(planned(territory, with_poll=True), territory)


def put(client, token, uuid, content, n=1, content_type="image/jpeg"):
    return client.put(
        f"/terrain/envois/{uuid}/fichiers/{n}", content, content_type=content_type,
        headers={"authorization": f"Bearer {token}"},
    )  # fmt: skip


def test_a_batch_is_answered_by_its_receipts_in_order_and_the_same_again(client, out):
    batch = [record(), record(consent=False), record("tap")]
    first, again = send(client, out.token, batch), send(client, out.token, batch)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "no-store"
    told = first.json()["receipts"]
    assert [each["state"] for each in told] == ["received", "to_correct", "received"]
    assert told[0]["number"].startswith("R-")
    assert set(told[1]) == {"uuid", "state", "number", "error", "field"}
    assert again.json() == first.json()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 422), (b"\xff\xfe", 422), (b"[]", 422), (b'{"records": {}}', 422), (b"", 422), (b"[" * 100_000, 422),
        (json.dumps({"records": [1] * 101}).encode(), 413), (b'{"records": ["' + b"a" * 1_100_000 + b'"]}', 413),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused_whole(client, out, body, status):
    answer = client.post(
        "/terrain/envois",
        body,
        content_type="application/json",
        headers={"authorization": f"Bearer {out.token}"},
    )
    assert answer.status_code == status
    assert answer.json()["error"]
    assert not StreetCapture.objects.exists()


def test_a_token_opens_nothing_but_sending_into_its_own_session(client, territory, out):
    other = planned(territory)
    sent = record()
    send(client, out.token, [sent])
    elsewhere = taken_out(other, territory)
    assert put(client, elsewhere.token, sent["uuid"], picture()).status_code == 404
    assert not StreetCapture.objects.filter(session=other).exists()
    bearer = {"authorization": f"Bearer {out.token}"}
    assert client.get("/terrain/rendez-vous.json", headers=bearer).status_code == 401
    prepared = client.post(f"/terrain/rendez-vous/{other.pk}/preparer", headers=bearer | SAME_ORIGIN)
    assert prepared.status_code == 401
    assert client.get("/bureau", headers=bearer).status_code == 302
    assert client.get("/terrain/envois", headers=bearer).status_code == 405


def test_a_stolen_token_sends_nothing_once_it_is_revoked_and_wipes_itself(client, territory, out):
    assert client.get("/terrain/etat", headers={"authorization": f"Bearer {out.token}"}).json() == {
        "revoked": False
    }
    revoke_device(device=out.device, clock=territory.clock)
    answer = send(client, out.token, [record()])
    assert (answer.status_code, answer.json()) == (401, {"wipe": True})
    assert client.get("/terrain/etat", headers={"authorization": f"Bearer {out.token}"}).json() == {
        "wipe": True
    }
    assert put(client, out.token, uuid4(), picture()).json() == {"wipe": True}
    assert not StreetCapture.objects.exists()


@pytest.mark.parametrize(("after", "wipe"), [(timedelta(hours=72), False), (timedelta(days=34), True)])
def test_a_token_whose_time_is_over_sends_nothing_and_keeps_what_it_holds_a_month(
    client, territory, out, monkeypatch, after, wipe
):
    monkeypatch.setattr(middleware, "DATABASE_CLOCK", FixedClock(territory.clock.now() + after))
    answer = send(client, out.token, [record()])
    assert (answer.status_code, answer.json()) == (401, {"wipe": wipe})
    assert not StreetCapture.objects.exists()


def test_what_an_expired_token_left_is_sent_by_the_next_one(client, territory, out, monkeypatch):
    monkeypatch.setattr(middleware, "DATABASE_CLOCK", FixedClock(territory.clock.now() + timedelta(days=4)))
    session = out.device.session
    clock = middleware.DATABASE_CLOCK
    again = prepare_device(session=session, person=territory.agent.person, clock=clock)
    told = send(client, again.token, [record(code=out.codes[3])]).json()["receipts"]
    assert told[0]["state"] == "received"


def test_a_token_is_kept_as_a_print_and_one_that_is_guessed_is_slowed_down(client, out):
    assert out.token not in str(FieldDevice.objects.values_list("token_hash", flat=True).get())
    statuses = [send(client, "x" * 45, []).status_code for _each in range(25)]
    assert (statuses[0], statuses[-1]) == (401, 429)
    assert send(client, "x" * 45, []).json()["error"]


def test_a_token_of_one_authority_is_unknown_to_another(client, out):
    build_territory("elsewhere", host="elsewhere.example")
    answer = send(client, out.token, [record()], host="elsewhere.example")
    assert (answer.status_code, answer.json()) == (401, {"wipe": False})


def test_the_team_prepares_a_device_and_nobody_else(client, territory):
    session = planned(territory, with_poll=True)
    path = f"/terrain/rendez-vous/{session.pk}/preparer"
    assert client.post(path, headers=SAME_ORIGIN).status_code == 401
    assert client.get("/terrain/rendez-vous.json").json()["error"]
    client.force_login(territory.elected)
    assert client.post(path, headers=SAME_ORIGIN).status_code == 404
    assert client.get("/terrain/rendez-vous.json").json() == {"sessions": []}
    client.force_login(territory.agent)
    assert client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    (line,) = client.get("/terrain/rendez-vous.json").json()["sessions"]
    assert (line["id"], line["place"], line["state"]) == (str(session.pk), "Place de la Gare", "planned")
    made = client.post(path, headers=SAME_ORIGIN).json()
    assert len(made["codes"]) == 100
    assert [each["rank"] for each in made["session"]["poll"]["options"]] == [1, 2, 3]
    assert made["session"]["engagement"]["officials"][0]["id"] == str(territory.official.pk)
    assert send(client, made["token"], [record(code=made["codes"][0])]).status_code == 200
    # Who works here no more prepares nothing; what her phone holds is sent all the same: it is what people said.
    Grant.objects.filter(person=territory.agent.person).update(until=territory.clock.now())
    assert client.post(path, headers=SAME_ORIGIN).status_code == 404
    assert client.get("/terrain/rendez-vous.json").json() == {"sessions": []}
    assert send(client, made["token"], [record(code=made["codes"][1])]).status_code == 200


def test_a_photo_is_kept_once_after_its_text_without_where_it_was_taken(client, out):
    sent = record(has_photo=1)
    assert put(client, out.token, sent["uuid"], photo_with_place()).status_code == 404
    send(client, out.token, [sent])
    for _again in range(3):
        assert put(client, out.token, sent["uuid"], photo_with_place()).json() == {"state": "received"}
    kept = StreetFile.objects.select_related("file").get()
    assert (kept.file.erase_after, kept.file.content_type) == (None, "image/jpeg")
    assert put(client, out.token, sent["uuid"], picture(), n=7).status_code == 422


def test_a_voice_is_kept_as_it_is_and_what_is_none_is_refused(client, out):
    sent = record(has_voice=1)
    send(client, out.token, [sent])
    assert put(client, out.token, sent["uuid"], b"RIFF....", content_type="audio/webm").status_code == 422
    voice = b"\x1a\x45\xdf\xa3" + bytes(2000)
    assert put(client, out.token, sent["uuid"], voice, content_type="audio/webm").status_code == 200
    assert StreetFile.objects.get().file.content_type == "audio/webm"


@pytest.mark.parametrize(
    "trick", [h for h in hostile_files() if h.becomes != KEPT][::12], ids=lambda h: h.what
)
def test_a_file_that_is_no_photo_is_refused_and_the_words_stay(client, out, trick):
    sent = record(has_photo=1)
    send(client, out.token, [sent])
    answer = put(client, out.token, sent["uuid"], trick.content)
    assert answer.status_code in (413, 422)
    assert answer.json()["error"]
    assert StreetCapture.objects.get().payload["text"] == sent["text"]


def test_a_file_that_is_too_heavy_or_of_another_sort_is_refused(client, out):
    sent = record(has_photo=1)
    send(client, out.token, [sent])
    assert put(client, out.token, sent["uuid"], bytes(8 * 1024 * 1024 + 1)).status_code == 413
    assert put(client, out.token, sent["uuid"], document(), content_type="application/pdf").status_code == 422
    assert put(client, out.token, sent["uuid"], document(), content_type="image/jpeg").status_code == 422


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Choose the age band"), ("fr", "Choisissez la tranche")]
)
def test_a_refusal_is_said_in_the_language_of_the_app(client, out, language, said):
    faulty = send(client, out.token, [record(age_band="")], **{"accept-language": language})
    assert faulty.json()["receipts"][0]["error"].startswith(said)
    unread = client.post(
        "/terrain/envois", b"{", content_type="application/json",
        headers={"authorization": f"Bearer {out.token}", "accept-language": language},
    )  # fmt: skip
    assert (
        unread.json()["error"]
        == {"en": "This batch cannot be read.", "fr": "Cet envoi ne se lit pas."}[language]
    )


@pytest.mark.parametrize("language", ["en", "en-GB,en;q=0.9", "fr", "de", ""])
def test_what_a_phone_takes_along_is_in_the_language_of_the_app(client, territory, language):
    session = planned(territory)
    client.force_login(territory.agent)
    asked = {**SAME_ORIGIN, "accept-language": language}
    taken = client.post(f"/terrain/rendez-vous/{session.pk}/preparer", headers=asked).json()["session"]
    said = " ".join([taken["consent"], *(band["label"] for band in taken["bands"])])
    assert ("agree" in said, "ans" in said.split()) == (language[:2] == "en", language[:2] != "en")


def test_the_app_says_which_language_it_speaks():
    """Its two pages share the addresses that it asks, and what the phone keeps."""
    api = (STATIC / "js/terrain/api.js").read_text(encoding="utf-8")
    assert '"Accept-Language": document.documentElement.lang' in api
