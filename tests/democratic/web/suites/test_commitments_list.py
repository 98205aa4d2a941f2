"""All commitments of an authority: the tally, the filters, the pages."""

import re
from datetime import date

import pytest

from courses import answered, decided, promised, said
from democratic.participation.commitments.actions import move_commitment
from democratic.participation.commitments.models import CommitmentState
from democratic.thread.actions import withdraw_by_authority
from factories import build_territory, clock_at


@pytest.fixture
def decision(territory):
    return decided(territory, answered(territory, said(territory, 1)[0]))


def move(commitment, to):
    move_commitment(commitment=commitment, to=to, note="n", function="f", clock=clock_at(date(2026, 8, 1)))


def titles(html):
    rows = html[html.index('<ol class="rows">') :]
    return re.findall(r"<h3><a [^>]*>(.*?)</a>", rows[: rows.index("</ol>")])


def some(territory, decision):
    promised(territory, decision, title="Plus tard", due=date(2027, 1, 10))
    promised(territory, decision, title="En retard")
    move(promised(territory, decision, title="Tenu"), CommitmentState.KEPT)
    gone = promised(territory, decision, title="Retiré", due=date(2026, 8, 1))
    withdraw_by_authority(
        record=gone.record, reason="Erreur.", function="f", clock=clock_at(date(2026, 8, 2))
    )


def test_the_tally_counts_every_commitment_as_it_stands_today(territory, decision, read, get):
    some(territory, decision)
    assert "4 engagements, 1 tenu, 1 en retard" in read("/engagements")
    html = get("/engagements").content.decode()
    assert re.findall(r'class="k-(\w+)"', html) == ["kept", "due", "late", "withdrawn"]


def test_the_list_is_in_the_order_of_the_first_date_promised(territory, decision, get):
    some(territory, decision)
    assert titles(get("/engagements").content.decode()) == ["Retiré", "En retard", "Tenu", "Plus tard"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("etat=late", ["En retard"]),
        ("etat=withdrawn", ["Retiré"]),
        ("etat=kept&etat=late", ["En retard", "Tenu"]),
        ("concertation=bouger&etat=due", ["Plus tard"]),
        ("etat=nonsense", ["Retiré", "En retard", "Tenu", "Plus tard"]),
        ("service=nonsense", ["Retiré", "En retard", "Tenu", "Plus tard"]),
        ("concertation=%00", ["Retiré", "En retard", "Tenu", "Plus tard"]),
    ],
)
def test_it_is_narrowed_by_state_process_and_service(territory, decision, get, query, expected):
    some(territory, decision)
    assert titles(get(f"/engagements?{query}").content.decode()) == expected


def test_it_is_narrowed_by_service(territory, decision, get, read):
    some(territory, decision)
    assert titles(get(f"/engagements?service={territory.service.pk}").content.decode())
    assert "Service jeunesse retirer ce filtre" in read(f"/engagements?service={territory.service.pk}")


def test_lateness_appears_by_itself_the_day_after(territory, decision, read, on):
    promised(territory, decision, due=date(2026, 8, 28))
    on(date(2026, 8, 28))
    assert "0 en retard" in read("/engagements")
    on(date(2026, 8, 29))
    assert "1 jour de retard" in read("/engagements")


def test_it_is_read_fifteen_at_a_time_and_a_page_past_the_end_is_not_there(territory, decision, get, read):
    for at in range(17):
        promised(territory, decision, title=f"Promesse {at:02}")
    assert "1 à 15 sur 17" in read("/engagements")
    second = read("/engagements?page=2")
    assert "16 à 17 sur 17" in second
    get("/engagements?page=3", status=404)
    get("/engagements?page=999999", status=200)
    seen = titles(get("/engagements").content.decode()) + titles(get("/engagements?page=2").content.decode())
    assert sorted(seen) == [f"Promesse {at:02}" for at in range(17)]


def test_filters_are_kept_from_page_to_page(territory, decision, get):
    for at in range(17):
        promised(territory, decision, title=f"Promesse {at:02}")
    html = get("/engagements?etat=late").content.decode()
    assert 'href="/engagements?etat=late&amp;page=2"' in html


def test_another_authority_s_commitments_are_not_there(territory, decision, read):
    promised(territory, decision, title="La nôtre")
    other = build_territory("ailleurs", host="ailleurs.example")
    theirs = decided(other, answered(other, said(other, 1)[0]))
    promised(other, theirs, title="La leur")
    page = read("/engagements")
    assert "La nôtre" in page
    assert "La leur" not in page


def test_without_any_commitment_the_page_says_when_one_comes(territory, read):
    assert "il en vient après une décision" in read("/engagements")


def test_filters_that_match_nothing_propose_to_clear_them(territory, decision, read):
    promised(territory, decision)
    assert "Rien ne correspond à ces filtres." in read("/engagements?etat=kept")


@pytest.mark.parametrize("n", [1, 3])
def test_a_cold_list_asks_nine_questions(territory, client, warm, decision, n, django_assert_num_queries):
    for at in range(n):
        promised(territory, decision, title=str(at))
    warm()
    with django_assert_num_queries(9):  # one asks whether anybody judges them
        assert client.get("/engagements").status_code == 200
