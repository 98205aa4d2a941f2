import pytest

from conversations import plain
from democratic.kernel.limits import Limit
from democratic.kernel.pages import bump
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words, post_comment
from democratic.thread.models import Record
from democratic.thread.queries import search as queries


def test_what_is_found_says_what_it_is_where_and_with_its_words_marked(territory, client):
    record = territory.say("Le dernier bus part à 18 h 50.", title="Rentrer", place="Vaubrun").idea.record
    response = client.get("/recherche", {"q": "bus"})
    words, html = plain(response), response.content.decode()
    assert "1 résultat Les plus proches d’abord." in words
    assert "Rentrer Idée · Bouger à 15-25 ans · Vaubrun · 1er mars · sur le web" in words
    assert "dernier <mark>bus</mark> part" in html
    assert f'href="/idees/{record.code}"' in html


def test_every_kind_leads_to_its_page(territory, client):
    idea = territory.say("Un bus pour la mobilité").idea.record
    comment = post_comment(
        subject=idea, author=welcome_guest(), words=Words(text="La mobilité, oui"), clock=territory.clock
    )
    html = client.get("/recherche", {"q": "mobilité"}).content.decode()
    for path in (
        f"/commandes/{territory.mandate.record.code}",
        f"/idees/{idea.code}",
        f"/commentaires/{comment.record.code}",
    ):
        assert f'href="{path}"' in html


def test_filters_count_and_can_be_taken_off(territory, client):
    territory.say("Un bus")
    post_comment(
        subject=Record.objects.get(kind="idea"),
        author=welcome_guest(),
        words=Words(text="Le bus, oui"),
        clock=territory.clock,
    )
    response = client.get("/recherche", {"q": "bus", "genre": "comment"})
    words, html = plain(response), response.content.decode()
    assert "1 résultat" in words
    assert "Idée 1" in words
    assert 'name="genre" value="comment" checked' in html
    assert 'class="chip" href="/recherche?q=bus"' in html


def test_more_than_is_counted_is_said(territory, client, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 3)
    monkeypatch.setattr("democratic.web.ideas.search_page.MOST_COUNTED", 3)
    for n in range(6):
        territory.say(f"Un bus {n}")
    words = plain(client.get("/recherche", {"q": "bus"}))
    assert "Plus de 3 résultats" in words
    assert "Les plus proches parmi les 3 plus récents." in words
    assert "Les nombres des filtres portent sur les 3 résultats les plus récents." in words
    assert "1 à 3 sur plus de 3" in words


def test_pages_stop_at_what_is_ranked(territory, client, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    monkeypatch.setattr("democratic.web.ideas.search_page.PAGE", 2)
    for n in range(3):
        territory.say(f"Un bus {n}")
    first = client.get("/recherche", {"q": "bus"})
    assert "1 à 2 sur 3" in plain(first)
    assert 'rel="next" href="/recherche?q=bus&amp;page=2"' in first.content.decode()
    second = client.get("/recherche", {"q": "bus", "page": "2"})
    assert "3 à 3 sur 3" in plain(second)
    assert 'rel="next"' not in second.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "21", "9999999999", "x", "١", "\x00"])
def test_a_page_that_is_none_is_the_nearest(territory, client, page):
    territory.say("Un bus")
    assert client.get("/recherche", {"q": "bus", "page": page}).status_code == 200


def test_nothing_found_proposes_the_word_that_is_most_alike(territory, client):
    response = client.get("/recherche", {"q": "mobilte"})
    assert "Aucun résultat" in plain(response)
    assert "Vouliez-vous dire mobilité ?" in plain(response)
    assert 'href="/recherche?q=mobilit%C3%A9"' in response.content.decode()


def test_nothing_alike_says_what_to_do(territory, read):
    assert "Essayez un autre mot, ou le début d’un mot." in read("/recherche?q=zzzz")


def test_an_empty_search_says_what_can_be_searched(territory, read):
    assert "tout ce qui est public, d’un seul endroit" in read("/recherche")


def test_what_is_hidden_is_not_found_any_more(territory, read):
    record = territory.say("Un bus à cacher").idea.record
    assert "1 résultat" in read("/recherche?q=cacher")
    Record.objects.filter(pk=record.pk).update(visibility="hidden")
    bump([territory.authority.pk])
    assert "Aucun résultat" in read("/recherche?q=cacher")


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ff%fe",
        "q=%27%3B+drop+table+thread_record%3B--",
        "q=bus&genre=%3Cscript%3E&etat=%00&origine=x&concertation=%27",
        "q=" + "a" * 5000,
        "q=%22%22%22&page=1e9",
        "q=%E2%80%AEbus",
        "&".join(["q=bus", *(f"concertation={n}" for n in range(250))]),
    ],
)
def test_a_broken_search_is_still_a_page(territory, client, query):
    territory.say("Un bus")
    assert client.get(f"/recherche?{query}").status_code == 200


def test_searching_too_much_is_refused_and_says_when_to_come_back(territory, client, monkeypatch):
    monkeypatch.setattr("democratic.web.ideas.search_page.SEARCHES", Limit("few-searches", 2, 600))
    statuses = [client.get("/recherche", {"q": f"bus {n}"}).status_code for n in range(3)]
    assert statuses == [200, 200, 429]
    assert client.get("/recherche").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_three_queries_whatever_it_finds(territory, client, count, django_assert_num_queries):
    for n in range(count):
        territory.say(f"Un bus {n}")
    with django_assert_num_queries(3):
        client.get("/recherche", {"q": "bus"})
