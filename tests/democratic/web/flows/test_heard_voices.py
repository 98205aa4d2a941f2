"""A voice at the desk: played in parts by who may hear it, how long it lasts, and how long it may."""

import re

import pytest
from django.test import Client

from conversations import plain
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.models import Flow
from factories import staff_account
from sending_files import SPOKEN, VOICE, begins, held_by_telegram, sent
from sounds import mp4, ogg_opus
from spoken_flows import AGE, EVENING, IDEA, NEWS

pytestmark = pytest.mark.django_db
HERE = {"sec-fetch-site": "same-origin"}
STEPS = [EVENING, AGE, IDEA, {**VOICE, "most_minutes": 2}, NEWS]
SPEECH = ogg_opus(65)


@pytest.fixture
def held(monkeypatch):
    held = held_by_telegram(monkeypatch)
    held.says[SPOKEN["ref"]] = SPEECH
    return held


@pytest.fixture
def lina(territory, monkeypatch, held):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    lina = begins(territory, steps=STEPS).says("1").says("18-25 ans").says("Un bus après minuit")
    lina.says(media=[SPOKEN])
    fetch_what_is_awaited(territory.clock)
    return lina


@pytest.fixture
def agent(territory):
    client = Client(headers=HERE)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def voice(lina):
    return f"/bureau/concertations/bouger/conversations/{Flow.objects.get().pk}/fichiers/{sent('voice').pk}"


def test_a_voice_is_played_in_its_page_with_its_length_and_is_kept_in_no_cache(agent, voice):
    page = agent.get(voice.rpartition("/")[0])
    assert f'<audio class="heard" controls preload="none" src="{voice}"' in page.content.decode()
    assert "1 min 05 s" in plain(page)
    assert "media-src 'self'" in page["Content-Security-Policy"]
    whole = agent.get(voice)
    assert (whole.status_code, whole.content, whole["Content-Type"]) == (200, SPEECH, "audio/ogg")
    assert (whole["Accept-Ranges"], whole["Cache-Control"]) == ("bytes", "no-store")
    assert whole["Content-Disposition"] == 'inline; filename="vocal.ogg"'
    assert "sandbox" in whole["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-", 0, None),
        ("bytes=0-1", 0, 2),
        ("bytes=100-199", 100, 200),
        ("bytes=100-999999", 100, None),
        ("bytes=-50", -50, None),
        ("bytes=-9999999", 0, None),
    ],
)
def test_a_part_is_given_as_it_is_asked_for(agent, voice, asked, first, end):
    part = agent.get(voice, headers={"range": asked})
    start = first % len(SPEECH)
    assert (part.status_code, part.content) == (206, SPEECH[first:end])
    last = start + len(part.content) - 1
    assert part["Content-Range"] == f"bytes {start}-{last}/{len(SPEECH)}"
    assert part["Content-Length"] == str(len(part.content))
    assert part["Content-Type"] == "audio/ogg"


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0", "bytes=9-3"])
def test_a_part_that_is_not_there_is_said_not_to_be(agent, voice, asked):
    none = agent.get(voice, headers={"range": asked})
    assert (none.status_code, none.content) == (416, b"")
    assert none["Content-Range"] == f"bytes */{len(SPEECH)}"


@pytest.mark.parametrize(
    "asked", ["bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "bytes=²-", "x" * 9000]
)
def test_what_is_no_range_of_ours_gets_all_of_it(agent, voice, asked):
    assert agent.get(voice, headers={"range": asked.encode("utf-8").decode("latin-1")}).content == SPEECH


def test_a_part_of_what_was_another_file_gets_all_of_this_one(agent, voice):
    asked = {"range": "bytes=0-1", "if-range": '"another"'}
    assert agent.get(voice, headers=asked).status_code == 200
    asked["if-range"] = agent.get(voice)["ETag"]
    assert agent.get(voice, headers=asked).status_code == 206


def test_nobody_else_hears_a_part_of_it(client, voice):
    for who in (None, staff_account("autre@val-orbe.example", "Ines")):
        if who:
            client.force_login(who)
        refused = client.get(voice, headers={"range": "bytes=0-1"})
        assert refused.status_code in (302, 403)
        assert b"OggS" not in refused.content


def test_a_voice_that_says_no_length_is_said_to_be_of_an_unknown_one(agent, lina, held, voice):
    held.says["other"] = b"OggS" + bytes(2000)
    lina.says("LYC-BRO").says("1").says("18-25 ans").says("Un mot").says(
        media=[{"kind": "voice", "ref": "other"}]
    )
    fetch_what_is_awaited(lina.territory.clock)
    assert "durée inconnue" in plain(agent.get(voice.rpartition("/")[0]))


# --- how long it may last


@pytest.mark.parametrize("content", [ogg_opus(126), mp4(600)])
def test_a_voice_longer_than_its_step_allows_is_refused_kindly_and_a_shorter_one_takes_its_place(
    territory, held, content
):
    lina = begins(territory, steps=STEPS).says("1").says("18-25 ans").says("Un bus après minuit")
    assert lina.last.startswith("Votre phrase est reçue")
    assert "Un vocal ?\n2 minutes au plus.\n" in f"{lina.last}\n"
    held.says[SPOKEN["ref"]] = content
    lina.says(media=[SPOKEN])
    fetch_what_is_awaited(territory.clock)
    assert sent("voice").state == "refused"
    assert "dure plus de 2 minutes\u00a0: renvoyez-en un plus court, ou écrivez-le." in lina.last
    held.says["shorter"] = ogg_opus(119)
    lina.says(media=[{"kind": "voice", "ref": "shorter"}])
    fetch_what_is_awaited(territory.clock)
    assert (sent("voice").state, sent("voice").file.seconds) == ("kept", 119)


def test_the_agent_states_the_longest_duration_of_a_step_and_takes_it_back(agent, lina):
    flow = Flow.objects.get()
    path = f"/bureau/concertations/bouger/conversations/{flow.pk}/etapes/said"
    page = agent.get(path).content.decode()
    assert re.search(r'name="most_minutes" value="2"', page)
    agent.post(path, {"text_fr": "Un vocal ?", "text_en": "A voice?", "most_minutes": "11"})
    flow.refresh_from_db()
    assert flow.draft["steps"][3]["most_minutes"] == 2, "ten minutes at most"
    agent.post(path, {"text_fr": "Un vocal ?", "text_en": "A voice?", "most_minutes": ""})
    flow.refresh_from_db()
    assert flow.draft["steps"][3]["most_minutes"] is None
