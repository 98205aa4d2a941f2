"""Who names the group, who writes, and what each role finds there."""

import pytest
from django.test import Client

from democratic.communities.editorial.actions import name_opposition_group
from democratic.communities.editorial.models import OppositionGroup, Publication
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from factories import clock_at, staff_account, verified_account

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
WRITTEN = {"title": "Notre avis", "text": "Nous aurions fait **autrement**."}


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def administrator(territory):
    account = staff_account("admin@val-orbe.example", "Max")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    return signed_in(account)


@pytest.fixture
def aude(db):
    return verified_account("aude@val-orbe.example", "Aude")


@pytest.fixture
def group(territory, aude):
    return name_opposition_group(
        authority=territory.authority, name="En commun", act_on=clock_at(territory.clock.moment.date()).moment.date(),
        act_reference="2026-014", members=[aude.person], clock=territory.clock,
    )  # fmt: skip


def text(client, path):
    return client.get(path).content.decode().replace("\u00a0", " ")


def send(client, path, body, status=302):
    answer = client.post(path, body, **HERE)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer


def test_an_administrator_names_a_group_by_accounts_that_exist(administrator, aude):
    body = {
        "name": "En commun",
        "act_on": "2026-02-01",
        "act_reference": "2026-014",
        "members": "personne@example.org",
    }
    refused = send(administrator, "/bureau/opposition/nouveau", body, 400).content.decode()
    assert "Aucun compte n’a cette adresse" in refused
    send(administrator, "/bureau/opposition/nouveau", body | {"members": "aude@val-orbe.example"})
    assert OppositionGroup.objects.get().members.get().person == aude.person
    assert "1 membre" in text(administrator, "/bureau/opposition")


def test_a_member_writes_and_it_stands_beside_news_and_reports(group, aude, client):
    mine = signed_in(aude)
    assert 'href="/compte/tribunes"' in text(mine, "/compte")
    where = send(mine, f"/compte/tribunes/{group.pk}/nouvelle", WRITTEN)["Location"]
    page = text(client, where)
    assert "<strong>autrement</strong>" in page
    assert "L.2121-27-1" in page
    for beside in ("/actualites", "/concertations/bouger/bilan", "/tribunes"):
        shown = text(client, beside)
        assert f'href="{where}"' in shown, beside
        assert "bodies--dated" in shown  # the same list as the authority's own
    code = Publication.objects.get().record.code
    send(mine, f"/compte/tribunes/{code}/modifier", WRITTEN | {"text": "Mieux dit.", "seen": "1"})
    assert "Mieux dit." in text(client, where)


def test_a_reserve_leaves_it_where_it_is(group, aude, client, territory):
    where = send(signed_in(aude), f"/compte/tribunes/{group.pk}/nouvelle", WRITTEN)["Location"]
    assert client.get(where).status_code == 200


@pytest.mark.parametrize("who", ["agent", "elected", "citizen"])
def test_for_everybody_else_the_members_pages_are_not_there(group, aude, territory, who):
    send(signed_in(aude), f"/compte/tribunes/{group.pk}/nouvelle", WRITTEN)
    code = Publication.objects.get().record.code
    stranger = signed_in(getattr(territory, who))
    for path in (
        "/compte/tribunes",
        f"/compte/tribunes/{group.pk}/nouvelle",
        f"/compte/tribunes/{code}/modifier",
    ):
        assert stranger.get(path).status_code == 404
    send(stranger, f"/compte/tribunes/{code}/modifier", WRITTEN | {"seen": "1"}, 404)
    assert Publication.objects.get().record.wording.version == 1


def test_an_administrator_finds_no_way_to_it(group, aude, administrator):
    send(signed_in(aude), f"/compte/tribunes/{group.pk}/nouvelle", WRITTEN)
    code = Publication.objects.get().record.code
    for path in (
        f"/bureau/retirer/{code}",
        f"/bureau/publications/{code}",
        f"/bureau/publications/{code}/modifier",
    ):
        assert administrator.get(path).status_code == 404
    send(administrator, f"/bureau/retirer/{code}", {"reason": "Non."}, 404)
