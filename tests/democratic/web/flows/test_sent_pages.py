"""« Photos et vocaux » at the desk: seen by nobody before, shown with a sentence, written down, or erased."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chatting import Chatter
from conversations import plain
from democratic.kernel.clock import FixedClock
from democratic.kernel.files import erase_due_files
from democratic.kernel.models import StoredFile
from democratic.messaging.models import OutgoingMessage
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.models import Flow, FlowFile
from democratic.participation.conversations.releasing import write_down
from democratic.participation.ideas.actions import take_back_idea
from democratic.participation.ideas.models import Idea
from democratic.thread.models import Attachment, Entry
from factories import staff_account
from sending_files import HELD, SPOKEN, at_the_photo, held_by_telegram, sent

pytestmark = pytest.mark.django_db
HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def _a_store_of_its_own(settings, tmp_path):
    """Bytes are erased here that another test may show."""
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


@pytest.fixture
def lina(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    held_by_telegram(monkeypatch)
    lina = at_the_photo(territory).says("L’abribus, de nuit", media=[HELD]).says(media=[SPOKEN])
    fetch_what_is_awaited(territory.clock)
    return lina


@pytest.fixture
def agent(territory):
    client = Client(headers=HERE)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def base(lina):
    return f"/bureau/concertations/bouger/conversations/{Flow.objects.get().pk}/fichiers"


def test_nobody_sees_a_photo_before_an_agent_released_it(agent, lina, base, client, territory):
    photo = sent()
    assert client.get(f"/fichiers/{photo.file_id}").status_code == 404
    assert client.get(f"{base}/{photo.pk}").status_code == 302
    stranger = Client(headers=HERE)
    stranger.force_login(staff_account("autre@val-orbe.example", "Ines"))
    assert stranger.get(f"{base}/{photo.pk}").status_code == 403
    assert agent.get(f"{base}/{photo.pk}")["Content-Type"] == "image/jpeg"
    assert agent.get(f"{base}/{photo.pk}")["Cache-Control"] == "no-store"
    assert agent.get(f"{base}/{sent('voice').pk}")["Content-Type"] == "audio/ogg"
    assert not Attachment.objects.exists()


def test_a_photo_is_released_with_the_sentence_of_its_conversation_and_the_words_of_who_sent_it(
    agent, lina, base, client
):
    page = agent.get(base).content.decode()
    assert 'value="L’abribus, de nuit"' in page
    agent.post(f"{base}/{sent().pk}/publier", {"text": "L’abribus, sans lumière"})
    shown = Attachment.objects.get()
    assert (shown.record.idea, shown.alternative) == (Idea.objects.get(), "L’abribus, sans lumière")
    assert sent().state == "released"
    assert Entry.objects.filter(kind="sent_photo_shown").count() == 1
    assert client.get(f"/fichiers/{shown.file_id}").status_code == 200
    agent.post(f"{base}/{sent().pk}/publier", {"text": "encore"})
    assert Attachment.objects.count() == 1


def test_a_photo_that_nobody_described_is_said_to_be_so(agent, lina, base):
    agent.post(f"{base}/{sent().pk}/publier", {"text": " "})
    assert Attachment.objects.get().alternative == "Photo envoyée par un participant, non décrite"


def test_a_voice_is_written_down_as_a_contribution_she_is_told_and_it_is_erased(agent, lina, base, territory):
    agent.post(f"{base}/{sent('voice').pk}/publier", {"text": "Des vélos à la gare, et un abri."})
    idea = Idea.objects.exclude(record__wording__text="Un bus après minuit").get()
    assert (idea.record.wording.text, idea.age_band, idea.record.origin) == (
        "Des vélos à la gare, et un abri.", "18_25", "chat",
    )  # fmt: skip
    assert idea.record.author == lina.her.person
    told = OutgoingMessage.objects.get(purpose__startswith="voice:")
    assert idea.record.code in told.body
    assert told.is_first
    assert Entry.objects.filter(kind="voice_written_down", record=idea.record).exists()
    assert sent("voice").state == "released"
    erase_due_files(FixedClock(territory.clock.now() + timedelta(minutes=1)))
    assert StoredFile.objects.count() == 1, "the photo alone"


def test_a_voice_heard_once_the_stage_is_over_was_said_in_time(agent, lina, base, territory):
    later = FixedClock(territory.clock.now() + timedelta(days=80))
    write_down(sent=sent("voice"), text="Des vélos à la gare", clock=later)
    assert Idea.objects.count() == 2


@pytest.mark.parametrize("text", ["", "x" * 2001])
def test_no_words_or_too_many_are_refused_and_the_voice_stays(agent, lina, base, text):
    agent.post(f"{base}/{sent('voice').pk}/publier", {"text": text})
    assert sent("voice").state == "kept"
    assert "2 000 signes au plus" in plain(agent.get(base))


def test_what_is_removed_is_shown_nowhere_and_erased(agent, lina, base, territory):
    for medium in ("photo", "voice"):
        agent.post(f"{base}/{sent(medium).pk}/oter")
    assert not FlowFile.objects.exists()
    erase_due_files(FixedClock(territory.clock.now() + timedelta(minutes=1)))
    assert not StoredFile.objects.exists()
    assert "Rien à regarder ni à écouter" in plain(agent.get(base))


def test_a_photo_whose_sentence_was_withdrawn_does_not_come_out(agent, lina, base, territory):
    take_back_idea(record=Idea.objects.get().record, clock=territory.clock)
    agent.post(f"{base}/{sent().pk}/publier", {"text": "L’abribus"})
    assert not Attachment.objects.exists()
    assert sent().state == "kept"


def test_the_list_costs_as_many_questions_with_three_files_as_with_one(agent, lina, base, territory):
    agent.post(f"{base}/{sent('voice').pk}/oter")
    agent.get(base)
    with CaptureQueriesContext(connection) as one:
        agent.get(base)
    for name in ("ines", "zoe"):
        other = Chatter(territory, address=name, kind="telegram")
        other.says("LYC-BRO").says("1").says("18-25 ans").says(f"Une idée de {name}").says(media=[HELD])
    fetch_what_is_awaited(territory.clock)
    with CaptureQueriesContext(connection) as three:
        page = agent.get(base).content.decode()
    assert page.count("alt=") == 3
    assert len(three) == len(one)


def test_the_flow_s_page_says_how_many_wait_and_its_try_shows_what_each_channel_asks(agent, lina, base):
    flow = base.removesuffix("/fichiers")
    assert "Photos et vocaux · 2" in plain(agent.get(flow))
    tried = agent.post(f"{flow}/essai", {"dit": ["1", "2"], "text": "Un bus"})
    assert "Comme si une photo arrivait" in plain(tried)
    assert "Ce canal ne prend pas les photos" in plain(tried)
    tried = agent.post(f"{flow}/essai", {"dit": ["1", "2", "Un bus"], "choice": "(photo)"})
    assert "Ici, écrivez-le en une phrase." in plain(tried)
    assert "Comme si un message vocal arrivait" in plain(tried)
    assert not FlowFile.objects.exclude(answer__run__correspondent=lina.her).exists()
