"""The tracker: what is waited for, the latest first, narrowed, in pages and in a file; and the day of asking."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client

from courses import DECIDED
from democratic.participation.commitments.actions import Work, make_commitment, move_action, tell_progress
from democratic.participation.commitments.models import ActionState
from democratic.participation.obligations.models import Obligation
from democratic.participation.tracker.asking import ask_for_updates
from democratic.participation.tracker.rhythm import chosen_day
from democratic.people.actions import suspend_account
from democratic.thread.actions import Words, give_role, withdraw_by_authority
from democratic.thread.models import Entry, Role
from factories import build_territory, clock_at, staff_account
from updating import SEPTEMBER, another_service, owe

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def owing(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", SEPTEMBER)
    return owe(territory)


def client_of(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def desk(owing):
    return client_of(owing.agent)


@pytest.fixture
def administrator(owing):
    account = staff_account("admin@val-orbe.example", "Dominique")
    give_role(person=account.person, role=Role.ADMINISTRATOR, authority=owing.authority, clock=owing.clock)
    return client_of(account)


def titles(response):
    html = response.content.decode().replace("\u00a0", " ")
    return re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', html)


def rows_of(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_what_is_late_for_longest_comes_first_with_its_days_and_its_last_news(owing, desk):
    another_service(owing)
    tell_progress(
        record=owing.commitment.record, note="Le marché.", function="f", clock=clock_at(date(2026, 8, 12))
    )
    ask_for_updates(authority=owing.authority, clock=SEPTEMBER)
    page = desk.get("/bureau/suivi")
    assert titles(page) == [
        "Recruter deux conducteurs",
        "Le bus de nuit N1",
        "Promis par : Service des transports",
    ]
    html = page.content.decode().replace("\u00a0", " ")
    assert "3 engagements et actions attendus. 2 en retard, visibles de tous." in html
    assert "12 jours de retard" in html
    assert "12 août 2026" in html
    assert "Demandée le 1er septembre 2026, sans réponse." in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("etat=late", ["Recruter deux conducteurs", "Le bus de nuit N1"]),
        ("etat=due", ["Promis par : Service des transports"]),
        ("etat=late&etat=due&service={other}", ["Promis par : Service des transports"]),
        ("service={other}&etat=late", []),
        ("service=nonsense&etat=kept&etat=%00", None),
    ],
)
def test_the_table_is_narrowed_by_service_and_by_where_it_stands(owing, desk, query, expected):
    other, _commitment = another_service(owing)
    found = titles(desk.get(f"/bureau/suivi?{query.format(other=other.pk)}"))
    assert found == expected if expected is not None else len(found) == 3


def test_what_is_done_given_up_or_withdrawn_is_waited_for_no_more(owing, desk):
    move_action(action=owing.action, to=ActionState.DONE, note="Fait.", function="f", clock=SEPTEMBER)
    withdraw_by_authority(record=owing.commitment.record, reason="r", function="f", clock=SEPTEMBER)
    page = desk.get("/bureau/suivi")
    assert titles(page) == []
    assert "Rien n’est attendu d’aucun service" in page.content.decode()


def test_a_service_that_nobody_could_be_told_for_is_named_to_the_desk(owing, administrator):
    suspend_account(account=owing.agent)
    ask_for_updates(authority=owing.authority, clock=SEPTEMBER)
    assert "Personne n’a pu être prévenu : Service jeunesse." in administrator.get(
        "/bureau/suivi"
    ).content.decode().replace("\u00a0", " ")


def promise_more(owing, n):
    for at in range(n):
        make_commitment(
            decision=owing.decision,
            words=Words(title=f"Encore {at:02d}"),
            work=Work(owing.service, date(2026, 11, 1)),
            author=None,
            clock=clock_at(DECIDED),
        )


@pytest.mark.parametrize("more", [0, 2, 20])
def test_the_table_asks_a_fixed_number_of_questions(owing, desk, more, django_assert_max_num_queries):
    promise_more(owing, more)
    desk.get("/bureau/suivi")
    with django_assert_max_num_queries(12):
        desk.get("/bureau/suivi")


def test_thirty_lines_a_page_and_nothing_past_the_last(owing, desk):
    promise_more(owing, 31)
    first, second = desk.get("/bureau/suivi"), desk.get("/bureau/suivi?page=2")
    assert (len(titles(first)), len(titles(second))) == (30, 3)
    assert "page=2" in first.content.decode()
    assert desk.get("/bureau/suivi?page=3").status_code == 404


def test_the_file_says_what_the_table_says_and_runs_in_no_spreadsheet(owing, desk):
    make_commitment(
        decision=owing.decision,
        words=Words(title='=HYPERLINK("http://evil")'),
        work=Work(owing.service, date(2026, 11, 1)),
        author=None,
        clock=clock_at(DECIDED),
    )
    page = desk.get("/bureau/suivi.csv")
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = rows_of(page)
    assert [row["titre"] for row in rows] == [
        "Recruter deux conducteurs", "Le bus de nuit N1", "'=HYPERLINK(\"http://evil\")",
    ]  # fmt: skip
    assert rows[1] | {"code": ""} == {
        "code": "", "type": "commitment", "titre": "Le bus de nuit N1", "service": "Service jeunesse",
        "etat": "late", "premiere_date": "2026-08-28", "date": "2026-08-28", "jours_de_retard": "4",
        "reports": "0", "derniere_nouvelle": "", "demandee_depuis": "", "demandes_sans_reponse": "0",
    }  # fmt: skip
    assert [row["titre"] for row in rows_of(desk.get("/bureau/suivi.csv?etat=due"))] == [rows[2]["titre"]]


def test_anyone_takes_the_list_of_commitments_away(owing):
    rows = rows_of(Client().get("/engagements.csv"))
    assert [(row["titre"], row["etat"], row["jours_de_retard"]) for row in rows] == [
        ("Le bus de nuit N1", "late", "4")
    ]
    assert rows[0]["adresse"].endswith(f"/engagements/{owing.commitment.record.code}")
    assert rows_of(Client().get("/engagements.csv?etat=kept")) == []


@pytest.mark.parametrize("more", [0, 2])
def test_the_public_file_asks_a_fixed_number_of_questions(owing, more, django_assert_num_queries):
    promise_more(owing, more)
    Client().get("/engagements.csv")
    with django_assert_num_queries(8):
        Client().get("/engagements.csv")


def test_an_administrator_chooses_the_day_and_the_journal_says_that_it_changed(owing, administrator, desk):
    answer = administrator.post("/bureau/suivi/jour", {"day": "15"}, **HERE)
    assert answer.status_code == 302
    assert chosen_day(owing.authority) == 15
    assert Entry.objects.filter(kind="authority_described").last().data == {"part": "tracker"}
    assert (
        "Ce mois-ci, les services sont interrogés le 15 septembre 2026."
        in desk.get("/bureau/suivi").content.decode()
    )
    assert administrator.post("/bureau/suivi/jour", {"day": "31"}, **HERE).status_code == 400
    assert administrator.post("/bureau/suivi/jour", {"day": ""}, **HERE).status_code == 302
    assert chosen_day(owing.authority) is None
    assert desk.post("/bureau/suivi/jour", {"day": "3"}, **HERE).status_code == 403


def test_nothing_of_the_table_is_another_authority_s(owing, desk):
    neighbour = build_territory("autre-rive", host="autre.example")
    owe(neighbour)
    Obligation.objects.filter(record__authority=neighbour.authority).update(first_due_on=date(2020, 1, 1))
    assert titles(desk.get("/bureau/suivi")) == ["Recruter deux conducteurs", "Le bus de nuit N1"]
