"""A photo and a voice that came with a letter: seen and heard by the agents who read it, and by nobody else."""

import pytest
from django.test import Client

from conversations import plain
from democratic.kernel.models import StoredFile
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.models import FlowFile
from democratic.participation.inbox.models import Conversation
from factories import staff_account
from sending_files import HELD, SPOKEN, at_the_photo, held_by_telegram, sent

pytestmark = pytest.mark.django_db
HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def lina(territory, monkeypatch, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    held_by_telegram(monkeypatch)
    return at_the_photo(territory).says("sans photo").says("passer")


@pytest.fixture
def kept(lina):
    lina.says("Regardez l’arrêt", media=[HELD]).says("Écoutez", media=[SPOKEN])
    fetch_what_is_awaited(lina.territory.clock)
    return lina


@pytest.fixture
def agent(territory):
    client = Client(headers=HERE)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def page(kept):
    return f"/bureau/boite/{Conversation.objects.get().code}"


def test_the_letter_draws_the_photo_and_plays_the_voice(agent, page):
    answer = agent.get(page)
    shown = answer.content.decode()
    assert f'<img src="{page}/fichiers/{sent().pk}"' in shown
    assert f'src="{page}/fichiers/{sent("voice").pk}"' in shown
    assert "non gardée" not in plain(answer)
    assert agent.get(f"{page}/fichiers/{sent().pk}")["Content-Type"] == "image/jpeg"
    heard = agent.get(f"{page}/fichiers/{sent('voice').pk}")
    assert (heard["Content-Type"], heard["Cache-Control"]) == ("audio/ogg", "no-store")


def test_the_page_says_that_the_answer_leaves_for_where_she_wrote(agent, page):
    shown = plain(agent.get(page))
    assert "La réponse part là où la personne a écrit." in shown
    assert "avec son code et sa clé" not in shown


def test_nobody_but_an_agent_of_this_authority_is_given_it(page, client, kept):
    photo = f"{page}/fichiers/{sent().pk}"
    assert client.get(photo).status_code == 302
    assert client.get(f"/fichiers/{sent().file_id}").status_code == 404
    stranger = Client(headers=HERE)
    stranger.force_login(staff_account("autre@val-orbe.example", "Ines"))
    assert stranger.get(photo).status_code == 403
    assert stranger.post(f"{photo}/oter").status_code == 403
    citizen = Client(headers=HERE)
    citizen.force_login(kept.territory.citizen)
    assert citizen.get(photo).status_code in (403, 404)


def test_a_file_of_another_letter_or_of_a_conversation_s_step_is_not_found_here(agent, page, kept, territory):
    other = kept.__class__(territory, address="ines-4217", kind="telegram")
    other.says("LYC-BRO").says("1").says("18-25 ans").says("Un bus").says(media=[HELD]).says(
        "?", media=[SPOKEN]
    )
    fetch_what_is_awaited(territory.clock)
    elsewhere = FlowFile.objects.exclude(letter__conversation=Conversation.objects.get(code=page[-7:]))
    assert elsewhere.filter(state="kept").count() == 2
    for each in elsewhere:
        assert agent.get(f"{page}/fichiers/{each.pk}").status_code == 404
        assert agent.post(f"{page}/fichiers/{each.pk}/oter").status_code == 404


def test_an_agent_erases_it_and_the_letter_says_that_it_is_not_kept(agent, page):
    photo = sent()
    agent.post(f"{page}/fichiers/{photo.pk}/oter")
    assert not FlowFile.objects.filter(pk=photo.pk).exists()
    assert StoredFile.objects.get(pk=photo.file_id).erase_after is not None
    shown = plain(agent.get(page))
    assert "Pièce jointe non gardée : photo" in shown
    assert agent.get(f"{page}/fichiers/{photo.pk}").status_code == 404


def test_what_is_on_its_way_and_what_could_not_be_taken_are_said(agent, lina):
    lina.says("Regardez", media=[HELD]).says("Écoutez", media=[SPOKEN])
    FlowFile.objects.filter(medium="voice").update(state="refused", ref="")
    shown = plain(agent.get(f"/bureau/boite/{Conversation.objects.get().code}"))
    assert "Photo en route" in shown
    assert "Message vocal non reçu" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_a_letter_asks_as_many_questions_with_one_file_as_with_three(
    agent, lina, count, django_assert_num_queries
):
    lina.says("Regardez", media=[HELD] * count)
    path = f"/bureau/boite/{Conversation.objects.get().code}"
    agent.get(path)
    with django_assert_num_queries(QUESTIONS):
        assert agent.get(path).content.count(b"Photo en route") == count


QUESTIONS = 9
