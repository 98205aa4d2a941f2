"""Who belongs to an association is its members' business alone; who keeps its page works there."""

import re

import pytest

from bodies import EDITOR, MEMBER, association, enrolled, opened
from democratic.communities.models import JoinLink, Membership, SpeakingMandate
from democratic.stewardship.visits import open_visit
from democratic.thread.actions import give_role, withdraw_by_authority
from democratic.thread.models import Entry, Role
from factories import build_territory, signed_in_at, staff_account, verified_account


@pytest.mark.parametrize("who", ["agent", "administrator", "stranger", "neighbour", "former"])
def test_nobody_else_sees_who_belongs_to_it(club, browser, who):
    account = {
        "agent": lambda: club.territory.agent,
        "administrator": lambda: administrator(club),
        "stranger": lambda: club.territory.citizen,
        "neighbour": association_elsewhere,
        "former": lambda: former(club),
    }[who]()
    client = browser(account)
    for path in ("membres", "modifier", f"membres/{club.membership(club.keeper).pk}/terminer"):
        answer = client.get(f"{club.path}/{path}")
        assert answer.status_code == 404, path
        assert "Hugo" not in answer.content.decode()
    assert client.post(f"{club.path}/lien", {"place": MEMBER}).status_code == 404
    assert not JoinLink.objects.filter(used_at=None).exists()


def administrator(club):
    account = staff_account("admin@val-orbe.example", "Dominique")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=club.territory.authority,
        clock=club.territory.clock,
    )  # fmt: skip
    return account


def association_elsewhere():
    other = build_territory(slug="voisin", host="voisin.example")
    organisation = opened(other)
    account = verified_account("keeper@voisin.example", "Zoé")
    enrolled(other, organisation, account, EDITOR)
    return account


def former(club):
    account = verified_account("partie@example.org", "Partie")
    enrolled(club.territory, club.organisation, account)
    Membership.objects.filter(person=account.person).update(until=club.territory.clock.moment.date())
    return account


def test_who_helps_a_member_does_not_see_the_others(club, browser):
    helper = administrator(club)
    club.territory.say(author=club.keeper.person)  # she took part here
    visit = open_visit(
        visitor=helper.person, email=club.keeper.email, authority=club.territory.authority,
        reason="Elle ne retrouve pas sa page.", clock=club.territory.clock,
    )  # fmt: skip
    client = browser(helper)
    session = client.session
    session["support_visit"] = str(visit.pk)
    session.save()
    assert client.get("/compte/organisations").status_code == 200  # hers, and nothing of the others
    assert client.get(f"{club.path}/membres").status_code == 404


def test_who_is_not_signed_in_is_asked_to_be_whatever_the_code(club, browser):
    for code in (club.organisation.record.code, "ZZZ-ZZZ"):
        assert "/connexion?next=" in browser().get(f"/organisations/{code}/membres").url


def test_a_member_reads_who_belongs_and_since_when_without_addresses(club, member, words):
    club.speaking(club.keeper)
    page = words(member.get(f"{club.path}/membres"))
    assert "Inès Roy membre depuis le 1er mars 2026 · tient la page" in page
    assert "Parle en son nom depuis le 1er mars 2026 : Inès Roy, présidente" in page
    assert "Hugo vous" in page
    assert "@" not in page
    assert "Faire un lien" not in page
    assert "Terminer" not in page


@pytest.mark.parametrize("path", ["modifier", "lien", "membres/{m}/confier", "membres/{m}/habilitation"])
def test_a_member_who_does_not_keep_the_page_changes_nothing(club, member, path):
    path = path.format(m=club.membership(club.keeper).pk)
    assert member.post(f"{club.path}/{path}", {"place": EDITOR}).status_code == 404


def test_a_link_is_shown_once_with_its_code_to_scan(club, keeper):
    shown = keeper.post(f"{club.path}/lien", {"place": MEMBER})
    page = shown.content.decode()
    secret = re.search(r"/rejoindre/([0-9A-Z-]+)", page)[1]
    assert page.count("<svg viewBox") >= 1
    assert shown.headers["Cache-Control"] == "no-store"
    assert secret not in keeper.get(f"{club.path}/membres").content.decode()
    link = JoinLink.objects.get(used_at=None)
    assert (link.place, link.made_by) == (MEMBER, club.keeper.person)
    assert secret not in link.secret_hash


def test_a_link_gives_nothing_that_is_not_offered(club, keeper, words):
    page = words(keeper.post(f"{club.path}/lien", {"place": "king"}, follow=True))
    assert "Choisissez ce que le lien donne." in page
    assert not JoinLink.objects.filter(used_at=None).exists()


def test_a_habilitation_is_proposed_and_nothing_is_public(club, keeper, browser, words):
    hugo = club.membership(club.member)
    path = f"{club.path}/membres/{hugo.pk}/habilitation"
    assert 'value="Hugo"' in keeper.get(path).content.decode()
    assert keeper.post(path, {"name": "Hugo Lemaire", "function": "", "key": "a"}).status_code == 400
    done = keeper.post(path, {"name": "Hugo Lemaire", "function": "trésorier", "key": "b"})
    assert done.url == f"{club.path}/membres"
    assert SpeakingMandate.objects.get().since is None
    assert "Habilitation proposée" in words(keeper.get(f"{club.path}/membres"))
    assert "Lemaire" not in words(browser().get(club.path))


def test_a_habilitation_is_ended_and_its_line_stays(club, keeper, browser, words):
    held = club.speaking(club.member, name="Hugo Lemaire", function="trésorier")
    path = f"{club.path}/habilitations/{held.pk}/terminer"
    assert keeper.get(path).status_code == 200
    assert keeper.post(path, {"key": "a"}).status_code == 302
    assert keeper.post(path, {"key": "b"}).status_code == 404
    assert "Hugo Lemaire Trésorier du 1er mars 2026 au 1er mars 2026" in words(browser().get(club.path))


def test_a_membership_is_ended_by_who_keeps_the_page(club, keeper, member):
    path = f"{club.path}/membres/{club.membership(club.member).pk}/terminer"
    assert keeper.post(path, {"key": "a"}).status_code == 302
    assert member.get(f"{club.path}/membres").status_code == 404


def test_an_open_browser_does_not_end_one(club, keeper):
    path = f"{club.path}/membres/{club.membership(club.member).pk}/terminer"
    signed_in_at(keeper, club.keeper, club.territory.clock.moment.timestamp() - 3600)
    assert "/compte/confirmer" in keeper.post(path, {"key": "a"}).url
    assert club.membership(club.member)


def test_the_page_is_handed_over(club, keeper, member):
    hugo = club.membership(club.member)
    assert keeper.post(f"{club.path}/membres/{hugo.pk}/confier", {"key": "a"}).status_code == 302
    assert club.membership(club.member).place == EDITOR
    assert club.membership(club.keeper).place == MEMBER
    assert keeper.get(f"{club.path}/modifier").status_code == 404
    assert member.get(f"{club.path}/modifier").status_code == 200


def test_it_is_not_handed_over_to_oneself(club, keeper):
    mine = club.membership(club.keeper)
    assert keeper.post(f"{club.path}/membres/{mine.pk}/confier", {"key": "a"}).status_code == 409
    assert club.membership(club.keeper).place == EDITOR


def test_the_words_change_in_public_and_the_earlier_ones_stay(club, keeper, browser, words):
    path = f"{club.path}/modifier"
    assert keeper.post(path, {"title": "", "text": "x", "key": "a"}).status_code == 400
    keeper.post(path, {"title": "Vélos du Val-d’Orbe", "text": "Rouler et marcher.", "key": "b"})
    page = words(browser().get(club.path))
    assert "Vélos du Val-d’Orbe" in page
    assert "Rouler et marcher." in page
    assert club.organisation.record.wordings.count() == 2
    assert Entry.objects.filter(kind="record_reworded").exists()


def test_under_a_withdrawal_nothing_changes_but_one_leaves(club, keeper, words):
    withdraw_by_authority(
        record=club.organisation.record, reason="Dissoute.", function="Présidence", clock=club.territory.clock
    )
    assert "plus rien n’y change" in words(keeper.get(f"{club.path}/membres"))
    assert "C’est retiré en public" in words(keeper.post(f"{club.path}/lien", {"place": MEMBER}, follow=True))
    assert keeper.post(f"{club.path}/modifier", {"title": "A", "key": "a"}).status_code == 409
    hugo = club.membership(club.member)
    assert keeper.post(f"{club.path}/membres/{hugo.pk}/terminer", {"key": "b"}).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_members_are_listed_in_a_fixed_number_of_questions(
    territory, at, browser, django_assert_num_queries, count
):
    club = association(territory)
    for number in range(count - 1):
        enrolled(territory, club.organisation, verified_account(f"m{number}@example.org", f"M{number}"))
    client = browser(club.keeper)
    client.get(f"{club.path}/membres")
    with django_assert_num_queries(10):
        page = client.get(f"{club.path}/membres").content.decode()
    assert page.count("membre depuis le") == count + 1
