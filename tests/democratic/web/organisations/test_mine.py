"""« Mes organisations »: accepting and ending what is one's own, and leaving."""

import pytest

from bodies import EDITOR, association, enrolled, opened
from democratic.communities.models import SpeakingMandate
from democratic.thread.models import Entry


def test_the_exact_public_line_is_shown_before_one_says_yes(club, browser, member, words):
    proposed = club.proposed(club.member, name="Hugo Lemaire", function="trésorier")
    page = words(member.get("/compte/organisations"))
    assert "tout le monde lira : Hugo Lemaire, trésorier, Vélos du Val" in page
    done = member.post(f"/compte/organisations/habilitations/{proposed.pk}/accepter", follow=True)
    assert "Vous pouvez parler en son nom" in words(done)
    assert "public depuis le 1er mars 2026" in words(done)
    assert "Hugo Lemaire Trésorier" in words(browser().get(club.path))


def test_saying_no_leaves_no_public_line(club, member, words):
    proposed = club.proposed(club.member)
    done = member.post(f"/compte/organisations/habilitations/{proposed.pk}/terminer", follow=True)
    assert "C’est décliné." in words(done)
    assert not Entry.objects.filter(kind__startswith="mandate_to_speak").exists()


def test_one_ends_one_s_own(club, member, words):
    held = club.speaking(club.member)
    done = member.post(f"/compte/organisations/habilitations/{held.pk}/terminer", follow=True)
    assert "les deux dates restent publiques" in words(done)
    assert SpeakingMandate.objects.get().until is not None


@pytest.mark.parametrize("act", ["accepter", "terminer"])
def test_another_s_is_not_there(club, keeper, act):
    """Even for who keeps the page: her way is the members' page, where it is told as hers."""
    proposed = club.proposed(club.member)
    answer = keeper.post(f"/compte/organisations/habilitations/{proposed.pk}/{act}")
    assert answer.status_code == 404
    assert SpeakingMandate.objects.get().since is None


def test_accepting_twice_is_said(club, member, words):
    held = club.speaking(club.member)
    done = member.post(f"/compte/organisations/habilitations/{held.pk}/accepter", follow=True)
    assert "n’attend plus de réponse" in words(done)


def test_a_member_leaves(club, member, words):
    path = f"/compte/organisations/{club.membership(club.member).pk}/quitter"
    assert "Quitter Vélos du Val" in words(member.get(path))
    done = member.post(path, {"key": "a"}, follow=True)
    assert "Vous n’êtes membre d’aucune organisation ici" in words(done)


def test_the_last_who_keeps_the_page_hands_it_over_first(club, keeper, words):
    path = f"/compte/organisations/{club.membership(club.keeper).pk}/quitter"
    answer = keeper.post(path, {"key": "a"})
    assert answer.status_code == 409
    assert "confiez-la d’abord à un autre membre" in words(answer)


def test_one_does_not_make_another_leave(club, keeper):
    path = f"/compte/organisations/{club.membership(club.member).pk}/quitter"
    assert keeper.post(path, {"key": "a"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_mine_are_listed_in_a_fixed_number_of_questions(
    territory, at, browser, django_assert_num_queries, count
):
    club = association(territory)
    for number in range(count - 1):
        enrolled(territory, opened(territory, f"Amicale {number}"), club.keeper, EDITOR)
    client = browser(club.keeper)
    client.get("/compte/organisations")
    with django_assert_num_queries(8):
        page = client.get("/compte/organisations").content.decode()
    assert page.count("vous tenez la page") == count
