"""Saying something in the name of an organisation: offered to who may, refused in words to who no longer may."""

import pytest

from democratic.communities.organisations.actions import end_mandate_to_speak
from democratic.participation.ideas.models import Idea
from democratic.thread.models import Link, LinkKind

SAY = "/concertations/bouger/dire"
SAID = {"text": "Une piste sur la D12.", "age_band": "26_64", "key": "a" * 32}


def test_who_holds_no_mandate_is_asked_nothing_more(club, browser):
    club.speaking(club.keeper)
    for client in (browser(), browser(club.member)):
        assert "speaks_for" not in client.get(SAY).content.decode()


def test_who_does_speaks_in_her_own_name_unless_she_says_otherwise(club, keeper, words):
    held = club.speaking(club.keeper)
    page = keeper.get(SAY)
    assert "En mon nom" in words(page)
    assert "Au nom de Vélos du Val (présidente)" in words(page)
    keeper.post(SAY, {**SAID, "speaks_for": "", "byline": "Inès"})
    assert Idea.objects.get().record.byline == "Inès"
    keeper.post(SAY, {**SAID, "key": "b" * 32, "speaks_for": str(held.pk), "byline": "Inès"})
    idea = Idea.objects.exclude(record__byline="Inès").get()
    assert idea.record.byline == "Inès Roy, présidente, Vélos du Val"
    assert Link.objects.get(kind=LinkKind.SPOKEN_FOR).source == idea.record


def test_a_mandate_that_ended_meanwhile_is_refused_and_nothing_is_lost(club, keeper, words):
    held = club.speaking(club.keeper)
    end_mandate_to_speak(mandate=held, clock=club.territory.clock)
    answer = keeper.post(SAY, {**SAID, "speaks_for": str(held.pk), "place": "Vaubrun"})
    assert answer.status_code == 400
    assert "Vous ne parlez plus au nom de cette organisation. Choisissez votre propre nom." in words(answer)
    assert "Une piste sur la D12." in answer.content.decode()
    assert 'value="Vaubrun"' in answer.content.decode()
    assert not Idea.objects.exists()


@pytest.mark.parametrize("who", ["member", "guest"])
def test_another_s_mandate_signs_nothing(club, browser, who):
    held = club.speaking(club.keeper)
    client = browser(club.member if who == "member" else None)
    assert client.post(SAY, {**SAID, "speaks_for": str(held.pk)}).status_code == 400
    assert not Idea.objects.exists()


def test_under_15_one_speaks_without_a_name(club, keeper, words):
    held = club.speaking(club.keeper)
    answer = keeper.post(SAY, {**SAID, "age_band": "under_15", "speaks_for": str(held.pk)})
    assert answer.status_code == 400
    assert "Avant 15 ans, on parle ici en son propre nom." in words(answer)
    assert not Idea.objects.exists()
