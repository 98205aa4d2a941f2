"""Commenting in the name of an organisation: offered, signed, tied to it, and refused to who may not."""

from collections.abc import Callable

import pytest

from democratic.communities.organisations.actions import comment_for, end_mandate_to_speak
from democratic.kernel.refusals import NotAllowed, Refusal
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.ideas.models import Idea
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import Comment, Entry, Link, LinkKind

ADDRESS = "/paroles/{code}/commenter"
SAID = {
    "text": "Nous entretenons cette piste depuis dix ans.",
    "age_band": "26_64",
    "alignment": "1",
    "key": "a" * 32,
}
SIGNED = "Inès Roy, présidente, Vélos du Val"


@pytest.fixture
def idea(club) -> Idea:
    return submit_idea(
        process=club.territory.process,
        author=welcome_guest(),
        words=Words(text="Une piste sur la D12."),
        clock=club.territory.clock,
    ).idea


@pytest.fixture
def address(idea) -> str:
    return ADDRESS.format(code=idea.record.code)


@pytest.fixture
def said_for(club, idea) -> Callable[..., Comment]:
    def say(mandate, author, text="Oui.", parent=None):
        return comment_for(
            mandate=mandate,
            subject=idea.record,
            author=author,
            text=text,
            language="fr",
            alignment=1,
            parent=parent,
            clock=club.territory.clock,
        )

    return say


def test_who_holds_no_mandate_is_asked_nothing_more(club, browser, address):
    club.speaking(club.keeper)
    for client in (browser(), browser(club.member)):
        assert "speaks_for" not in client.get(address).content.decode()


def test_the_page_of_an_idea_leads_who_is_signed_in_to_the_choice(club, keeper, browser, idea, address):
    page = f"/idees/{idea.record.code}"
    assert f'href="{address}">Au nom d’une organisation' in keeper.get(page).content.decode()
    assert "Au nom d’une organisation" not in browser().get(page).content.decode()


def test_a_comment_is_signed_and_tied_to_the_organisation(club, keeper, idea, address, words):
    held = club.speaking(club.keeper)
    assert "Au nom de Vélos du Val (présidente)" in words(keeper.get(address))
    answer = keeper.post(address, {**SAID, "speaks_for": str(held.pk), "byline": "Inès"})
    assert answer.status_code == 302
    posted = Comment.objects.get(subject=idea.record)
    assert posted.record.byline == SIGNED
    tie = Link.objects.get(source=posted.record, kind=LinkKind.SPOKEN_FOR)
    assert tie.target == club.organisation.record
    assert tie.entry == Entry.objects.get(record=posted.record)
    assert SIGNED in words(keeper.get(answer.url.partition("#")[0]))


def test_in_her_own_name_when_she_says_so(club, keeper, idea, address):
    club.speaking(club.keeper)
    keeper.post(address, {**SAID, "speaks_for": "", "byline": "Inès"})
    assert Comment.objects.get(subject=idea.record).record.byline == "Inès"
    assert not Link.objects.filter(kind=LinkKind.SPOKEN_FOR).exists()


def test_sent_twice_it_is_there_once(club, keeper, idea, address):
    held = club.speaking(club.keeper)
    for _ in range(2):
        assert keeper.post(address, {**SAID, "speaks_for": str(held.pk)}).status_code == 302
    assert Comment.objects.filter(subject=idea.record).count() == 1


def test_a_mandate_that_ended_meanwhile_is_refused_and_her_words_are_kept(club, keeper, idea, address, words):
    held = club.speaking(club.keeper)
    end_mandate_to_speak(mandate=held, clock=club.territory.clock)
    answer = keeper.post(address, {**SAID, "speaks_for": str(held.pk)})
    assert answer.status_code == 400
    assert "Vous ne parlez plus au nom de cette organisation. Choisissez votre propre nom." in words(answer)
    assert SAID["text"] in words(answer)
    assert not Comment.objects.filter(subject=idea.record).exists()


@pytest.mark.parametrize("who", ["member", "guest"])
def test_another_s_mandate_signs_nothing(club, browser, idea, address, who):
    held = club.speaking(club.keeper)
    client = browser(club.member if who == "member" else None)
    assert client.post(address, {**SAID, "speaks_for": str(held.pk)}).status_code == 400
    assert not Comment.objects.filter(subject=idea.record).exists()


def test_the_action_itself_refuses_another_s_mandate(club, said_for):
    held = club.speaking(club.keeper)
    for author in (club.member.person, None):
        with pytest.raises(NotAllowed):
            said_for(held, author)
    assert not Comment.objects.exists()


def test_a_reply_is_signed_too_and_an_empty_one_is_refused(club, said_for):
    held = club.speaking(club.keeper)
    first = said_for(held, club.keeper.person)
    assert said_for(held, club.keeper.person, "Et encore.", parent=first).record.byline == SIGNED
    with pytest.raises(Refusal, match="Écrivez"):
        said_for(held, club.keeper.person, " ")


def test_it_is_listed_on_the_organisation_s_page(club, said_for, browser, words):
    posted = said_for(club.speaking(club.keeper), club.keeper.person, "Nous l’entretenons.")
    page = browser().get(f"/organisations/{club.organisation.record.code}")
    assert posted.record.code in page.content.decode()
    assert "Nous l’entretenons." in words(page)
    assert browser().get(f"/commentaires/{posted.record.code}").status_code == 302
