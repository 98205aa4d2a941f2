"""Menus and the home page: pages are added and ordered; nothing that is owed can be taken away by them."""

import pytest
from django.test import Client

from courses import whole_course
from democratic.communities.editorial.actions import draft_publication, publish
from democratic.communities.editorial.models import HomeBlock, MenuEntry
from democratic.thread.actions import Words, give_role
from democratic.thread.models import Kind, Role
from democratic.web import shell
from factories import staff_account

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def administrator(territory):
    account = staff_account("admin@val-orbe.example", "Max")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client()
    client.force_login(account)
    return client


def published(territory, title, slug):
    made = draft_publication(
        authority=territory.authority, kind=Kind.PAGE, words=Words(title=title, text="Le **début** de la page."),
        slug=slug, function="x", clock=territory.clock,
    )  # fmt: skip
    return publish(publication=made, clock=territory.clock).record.code


def text(client, path):
    shell.FOOT.forget()  # what five seconds would do
    return client.get(path).content.decode().replace("\u00a0", " ")


def send(client, path, body, status=302):
    answer = client.post(path, body, **HERE)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer


def test_pages_are_named_in_their_order_at_the_foot_and_in_the_list(territory, administrator, client):
    first, second = published(territory, "Nos locaux", "locaux"), published(territory, "La charte", "charte")
    send(administrator, "/bureau/menus", {f"foot-{first}": "2", f"foot-{second}": "1", f"more-{first}": "1"})
    foot = text(client, "/participer").split("foot__pages")[1]
    assert foot.index("/pages/charte") < foot.index("/pages/locaux")
    more = text(client, "/plus")
    assert "/pages/locaux" in more.split("<footer")[0]
    for owed in ("/engagements", "/journal", "/commandes"):
        assert f'href="{owed}"' in more


def test_a_draft_is_named_by_no_menu(territory, administrator):
    draft = draft_publication(
        authority=territory.authority, kind=Kind.PAGE, words=Words(title="Brouillon", text="x"), slug="brouillon",
        function="x", clock=territory.clock,
    )  # fmt: skip
    assert "Brouillon" not in text(administrator, "/bureau/menus")
    send(administrator, "/bureau/menus", {f"foot-{draft.record.code}": "1"})
    assert not MenuEntry.objects.exists()


def test_home_shows_what_was_chosen_in_its_order(territory, administrator, client):
    whole_course(territory)
    page = published(territory, "Nos locaux", "locaux")
    body = {"rank_news": "1", "page": page, "rank_page": "3", "rank_counter": "4", "rank_meetings": "2"}
    send(administrator, "/bureau/accueil", body)
    home = text(client, "/")
    order = [home.index(f'id="{each}"') for each in ("actualites", "rencontres", "page", "engagements")]
    assert order == sorted(order)
    assert "Le début de la page." in home
    assert "Vous avez dit, nous avons fait" not in home


def test_the_commitments_do_not_leave_home_whoever_asks(territory, administrator, client):
    whole_course(territory)
    page = send(administrator, "/bureau/accueil", {"rank_news": "1", "rank_said": "2"}, 400).content.decode()
    assert "Les engagements restent à l’accueil" in page
    assert not HomeBlock.objects.exists()
    assert 'id="engagements"' in text(client, "/")
