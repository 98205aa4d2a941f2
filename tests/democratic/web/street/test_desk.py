"""At the desk: a session is planned, what came back is read again on one screen, a lost device is cut."""

import base64
import json
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from democratic.participation.street.files import keep_street_file
from democratic.participation.street.models import FieldDevice, StreetCapture, StreetSession
from democratic.participation.street.receiving import receive
from democratic.thread.models import Entry, Kind, Record, RecordPoint
from in_the_street import SAID, planned, promise, record, taken_out
from pictures import picture

SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def session(territory):
    return planned(territory, with_poll=True)


@pytest.fixture
def agent(client, territory):
    client.force_login(territory.agent)
    return client


def post(client, path, data=None):
    return client.post(path, data or {}, headers=SAME_ORIGIN)


def desk(session, page=""):
    return f"/bureau/rue/{session.record.code}" + (f"/{page}" if page else "")


def sent(session, territory, *records):
    out = taken_out(session, territory)
    receive(session=session, device=out.device, records=records, clock=territory.clock)
    return [StreetCapture.objects.get(session=session, uuid=each["uuid"]) for each in records]


def planning(territory, **more):
    said = {
        "question": "Que manque-t-il à votre arrêt ?", "poll": "", "day": "2026-03-14", "starts": "14:00",
        "ends": "17:00", "place": "Halles", "team": [str(territory.agent.person.pk)], "missing": "Les lycéens",
    }  # fmt: skip
    return {**said, **more}


def test_a_session_is_announced_to_all_and_its_team_and_notes_to_nobody(agent, client, territory):
    assert post(agent, "/bureau/concertations/bouger/rue/nouveau", planning(territory)).status_code == 302
    session = StreetSession.objects.get()
    page = client.get(f"/rendez-vous-de-rue/{session.record.code}").content.decode()
    assert "Que manque-t-il à votre arrêt" in page
    assert "Les lycéens" not in page
    assert "Nathalie" not in page.split("<main")[1].split("</main")[0]
    entry = Entry.objects.get(record=session.record, kind="street_session_planned")
    assert entry.data["starts_at"].startswith("2026-03-14T14:00")


def point_of(session):
    found = RecordPoint.objects.filter(record=session.record).first()
    return (float(found.longitude), float(found.latitude)) if found else None


def test_a_point_is_kept_rounded_moved_and_taken_back(agent, territory):
    new = "/bureau/concertations/bouger/rue/nouveau"
    assert post(agent, new, planning(territory, point="5.123456,46.98765")).status_code == 302
    session = StreetSession.objects.get()
    assert point_of(session) == (5.123, 46.988)
    assert 'value="5.123,46.988"' in agent.get(desk(session, "modifier")).content.decode()
    post(agent, desk(session, "modifier"), planning(territory, point="5.2,47.0"))
    assert point_of(session) == (5.2, 47.0)
    post(agent, desk(session, "modifier"), planning(territory, point=""))
    assert point_of(session) is None


@pytest.mark.parametrize("point", ["", "ici", "999,46.9", "5.1;46.9", "<script>", "5.1,46.9,3"])
def test_what_is_no_point_is_no_point_and_the_session_is_announced(agent, territory, point):
    post(agent, "/bureau/concertations/bouger/rue/nouveau", planning(territory, point=point))
    assert point_of(StreetSession.objects.get()) is None


def test_the_public_map_of_sessions_shows_the_point(agent, client, territory):
    post(agent, "/bureau/concertations/bouger/rue/nouveau", planning(territory, point="5.123,46.988"))
    told = json.loads(client.get("/rendez-vous-de-rue.geojson?etat=passes").content)
    assert [each["geometry"]["coordinates"] for each in told["features"]] == [[5.123, 46.988]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": ""}, {"place": ""}, {"team": []}, {"ends": "13:00"}, {"day": "hier"}, {"team": [str(uuid4())]},
        {"poll": str(uuid4())}, {"place": "a" * 81},
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_again_and_nothing_is_announced(agent, territory, wrong):
    answer = post(agent, "/bureau/concertations/bouger/rue/nouveau", planning(territory, **wrong))
    assert answer.status_code == 400
    assert not StreetSession.objects.exists()


def test_a_session_is_changed_in_public_as_long_as_it_is_only_announced(agent, territory, session):
    moved = planning(territory, place="Gare routière", day="2026-03-01", starts="08:00", ends="10:30")
    assert post(agent, desk(session, "modifier"), moved).status_code == 302
    session.record.refresh_from_db()
    assert session.record.place == "Gare routière"
    sent(session, territory, record("summary"))
    assert post(agent, desk(session, "modifier"), planning(territory)).status_code == 409


def test_all_that_came_back_is_published_with_one_button(agent, client, territory, session):
    sent(session, territory, record(), record("tap"), record("refusal"))
    shown = agent.get(desk(session)).content.decode()
    assert SAID in shown
    assert "sans être listés\u00a0: 1 réponse d’un geste, 1 refus" in shown
    asked = agent.get(desk(session, "valider")).content.decode()
    for words in ("Une parole devient publique", "Réponse d’un geste", "Refus"):
        assert words in asked
    assert not Record.objects.filter(kind=Kind.IDEA).exists()
    assert post(agent, desk(session, "valider")).status_code == 302
    page = client.get(f"/rendez-vous-de-rue/{session.record.code}").content.decode()
    assert SAID in page
    assert "Léa" in page


def test_a_tab_counts_the_rows_that_it_lists_and_says_what_the_rest_is(
    agent, territory, session, monkeypatch
):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    sent(session, territory, record(), *[record("tap") for _each in range(3)], record("refusal"))
    assert "À relire (1)" in agent.get(desk(session)).content.decode()
    post(agent, desk(session, "valider"))
    shown = agent.get(desk(session) + "?etat=validees").content.decode().replace("\u00a0", " ")
    assert "Validées (1)" in shown
    assert shown.count('class="owed__what"') == 1
    assert "Et, comptés ensemble, sans être listés : 3 réponses d’un geste, 1 refus." in shown
    assert "Tout est relu." in agent.get(desk(session)).content.decode()


def test_one_sentence_alone_is_published_and_the_others_wait(agent, territory, session):
    first, _second = sent(session, territory, record(), record())
    post(agent, desk(session, "valider"), {"saisie": str(first.pk)})
    assert Record.objects.filter(kind=Kind.IDEA).count() == 1
    assert post(agent, desk(session, "valider"), {"saisie": "x"}).status_code == 404


def test_a_sentence_is_corrected_or_set_aside_on_a_page_of_its_own(agent, territory, session):
    one, two = sent(session, territory, record(), record())
    assert SAID in agent.get(desk(session, f"saisies/{one.pk}")).content.decode()
    post(agent, desk(session, f"saisies/{one.pk}"), {"text": "Trop tôt.", "first_name": ""})
    assert post(agent, desk(session, f"saisies/{two.pk}/ecarter"), {"reason": ""}).status_code == 400
    post(agent, desk(session, f"saisies/{two.pk}/ecarter"), {"reason": "Nomme un voisin."})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.payload["text"], two.state) == ("Trop tôt.", "set_aside")
    other = planned(territory)
    assert agent.get(desk(other, f"saisies/{one.pk}")).status_code == 404


def test_a_promise_waits_for_her_at_the_desk_on_her_first_page_and_by_her_mail(
    agent, client, territory, session, monkeypatch
):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    sent(session, territory, promise(territory))
    shown = agent.get(desk(session)).content.decode()
    assert "Odile Vasseur-Thiry" in shown
    post(agent, desk(session, "valider"))
    waiting = agent.get(desk(session) + "?etat=accord").content.decode()
    assert "Attendent un accord (1)" in waiting
    assert "Accord demandé à" in waiting
    word = Record.objects.get(kind=Kind.DECISION)
    for path in (f"/decisions/{word.code}", f"/fil/{word.code}"):
        assert Client().get(path).status_code == 404
    for path in (f"/bureau/decisions/{word.code}/engagement", f"/bureau/retirer/{word.code}"):
        assert agent.get(path).status_code == 404
    client.force_login(territory.elected)
    here = client.get("/bureau").content.decode()
    link = re.search(r"/approbation/[\w:-]+", here)[0]
    read = client.get(link).content.decode()
    for words in (
        "Je réponds sur le bus de 22 h.",
        "Accepter",
        "Refuser",
        "1er avril 2026",
        session.record.code,
    ):
        assert words in read.replace("\u00a0", " ")
    assert post(client, link, {"key": "k", "says": "oui"}).status_code == 302
    assert "Ce texte est publié" in client.get(link).content.decode()
    assert Record.objects.filter(kind=Kind.COMMITMENT, visibility="public").count() == 1


def test_a_device_that_is_lost_is_cut_from_the_desk(agent, territory, session, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    out, other = taken_out(session, territory), planned(territory, place="Halles")
    taken_out(other, territory)
    path = desk(session, f"appareils/{out.device.pk}/couper")
    asked = agent.get(path).content.decode()
    assert "sont perdues, celles de tout autre rendez-vous aussi" in asked
    assert "Halles" in asked
    device = FieldDevice.objects.get(pk=out.device.pk)
    assert device.revoked_at is None
    assert post(agent, path).status_code == 302
    device.refresh_from_db()
    assert device.revoked_at is not None


def backup(session, records, **more):
    said = {
        "format": "democratic-street-1",
        "session": str(session.pk),
        "device": "",
        "records": records,
        "files": [],
    }
    content = json.dumps({**said, **more}).encode()
    return {"file": SimpleUploadedFile("saisies.json", content, "application/json")}


def test_a_backup_is_brought_in_as_often_as_one_likes_each_record_once(agent, territory, session):
    quote, wall = record(), record("wall")
    photo = {
        "uuid": wall["uuid"],
        "n": 1,
        "type": "image/jpeg",
        "base64": base64.b64encode(picture()).decode(),
    }
    junk = [7, {}, {"uuid": "x"}, {**photo, "base64": "!"}, {**photo, "n": "1"}]
    sent(session, territory, quote)
    for _twice in range(2):
        saved = backup(session, [quote, wall, record(consent=False, uuid=wall["uuid"])], files=[photo, *junk])
        assert post(agent, desk(session, "reprendre"), saved).status_code == 302
    assert StreetCapture.objects.filter(session=session).count() == 2
    assert StreetCapture.objects.get(uuid=wall["uuid"]).files.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b'{"format": "democratic-street-1"}',
        b'{"format": "x", "records": []}',
        b"\xff" * 99,
    ],
)
def test_a_file_that_is_no_backup_is_refused_in_words(agent, session, content):
    saved = {"file": SimpleUploadedFile("saisies.json", content, "application/json")}
    answer = post(agent, desk(session, "reprendre"), saved)
    assert answer.status_code == 400
    assert "sauvegarde" in answer.content.decode()


def test_the_backup_of_another_session_is_refused(agent, territory, session):
    other = planned(territory)
    assert post(agent, desk(session, "reprendre"), backup(other, [record()])).status_code == 400
    assert not StreetCapture.objects.exists()


def test_a_text_of_the_site_is_sent_to_the_street_and_taken_back(agent, territory, session):
    idea = territory.say("Un bus de nuit le samedi.").idea.record
    assert post(agent, desk(session, "textes"), {"code": "AAA-AAA"}).status_code == 400
    assert post(agent, desk(session, "textes"), {"code": idea.code.lower()}).status_code == 302
    assert "Un bus de nuit" in agent.get(desk(session)).content.decode()
    assert post(agent, desk(session, "textes/oter"), {"parole": idea.code}).status_code == 302
    assert "Un bus de nuit" not in agent.get(desk(session)).content.decode()


def test_a_photo_that_waits_is_seen_at_the_desk_and_nowhere_else(agent, client, territory, session):
    (wall,) = sent(session, territory, record("wall"))
    keep_street_file(capture=wall, n=1, content_type="image/jpeg", content=picture(), clock=territory.clock)
    path = desk(session, f"fichiers/{wall.files.get().pk}")
    assert agent.get(path)["Content-Type"] == "image/jpeg"
    assert "no-store" in agent.get(path)["Cache-Control"]
    client.force_login(territory.citizen)
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_desks_lists_ask_the_database_a_fixed_number_of_questions(
    agent, territory, count, django_assert_num_queries
):
    sessions = [planned(territory, with_poll=True) for _each in range(count)]
    sent(sessions[0], territory, *[record() for _each in range(count)])
    agent.get("/bureau/concertations/bouger/rue")
    with django_assert_num_queries(LISTED):
        agent.get("/bureau/concertations/bouger/rue")
    with django_assert_num_queries(ONE):
        agent.get(desk(sessions[0]))


LISTED, ONE = 8, 19
