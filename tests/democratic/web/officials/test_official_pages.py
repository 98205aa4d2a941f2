"""Elected people in public: each number has its list, what is late shows by itself, and nobody is compared."""

from datetime import date
from uuid import UUID

import pytest
from django.core.cache import caches
from django.test import Client

from courses import promised, whole_course
from democratic.communities.actions import appoint_official
from democratic.communities.models import Official
from democratic.participation.commitments.actions import move_commitment
from democratic.participation.commitments.models import CommitmentState
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.thread.actions import open_authority, withdraw_by_authority
from factories import build_territory, clock_at


@pytest.fixture
def odile(territory):
    return f"/elus/{territory.official.pk}"


def appoint(territory, name, function="maire"):
    return appoint_official(
        authority=territory.authority, name=name, function=function, clock=territory.clock
    )


def test_the_list_is_by_name_with_those_in_office_first(territory, read):
    old = appoint(territory, "Aline Ancien")
    Official.objects.filter(pk=old.pk).update(until=date(2026, 3, 2))
    appoint(territory, "Zoé Maire")
    page = read("/elus")
    assert page.index("Odile") < page.index("Zoé Maire") < page.index("Aline Ancien")
    assert "N’est plus en fonction, du 1er mars 2026 au 2 mars 2026" in page
    assert "Personne n’est classé." in page


def test_the_empty_list_says_who_acts(territory, read):
    open_authority(slug="vide", name="Vide", kind_label="la commune", host="vide.example")
    nobody = Client(headers={"host": "vide.example"})
    assert "Aucune personne élue n’est encore présentée" in read("/elus", by=nobody)


def test_an_order_and_its_answer_are_told_with_their_day(territory, read, odile):
    page = read(odile)
    assert "En fonction depuis le 12 janvier 2026 Odile Vasseur-Thiry" in page
    assert "Commandes (1)" in page
    assert "Améliorer la mobilité des 15-25 ans" in page
    assert "Promis pour le 12 juin 2026" in page
    assert "en retard, comptée" not in page


def test_a_late_answer_shows_by_itself_the_day_after(territory, read, odile, on):
    on(date(2026, 6, 20))
    page = read(odile)
    assert "1 promesse est en retard, comptée depuis sa première date." in page
    assert "En retard (1)" in page
    assert "8 jours de retard" in page


def test_a_postponed_answer_is_late_from_its_first_date_and_the_reason_is_read(territory, read, odile, on):
    postpone(
        obligation=obligation_of(territory.process.record, Owed.ANSWER), new_on=date(2026, 7, 1),
        reason="Six collèges à dépouiller.", function="Service jeunesse", clock=clock_at(date(2026, 6, 1)),
    )  # fmt: skip
    on(date(2026, 6, 20))
    assert "8 jours de retard" in read(odile)
    delays = read(f"{odile}?voir=reports")
    assert "du 12 juin 2026 au 1er juillet 2026 : Six collèges à dépouiller. · Service jeunesse" in delays
    assert 'href="/concertations/bouger"' in Client().get(f"{odile}?voir=reports").content.decode()


def test_answers_and_commitments_are_counted_and_listed(territory, read, odile, on):
    course = whole_course(territory)
    kept, due = course.commitments[0], promised(territory, course.decision, title="Douze abris")
    move_commitment(
        commitment=kept, to=CommitmentState.KEPT, note="Fait.", function="f", clock=clock_at(date(2026, 8, 1))
    )
    on(date(2026, 8, 2))
    page = read(f"{odile}?voir=reponses")
    assert "Réponses signées (1)" in page
    assert "Signée le 12 juin 2026" in page
    assert kept.record.title in read(f"{odile}?voir=tenus")
    assert due.record.title in read(f"{odile}?voir=a-venir")
    on(date(2026, 12, 31))
    late = read(odile)
    assert due.record.title in late  # what is late comes first
    assert "Service jeunesse" in late


def test_what_was_withdrawn_stays_in_a_list_of_its_own_and_is_not_late(territory, read, odile, on):
    course = whole_course(territory)
    withdraw_by_authority(
        record=course.commitments[0].record, reason="Marché infructueux.", function="Présidence",
        clock=clock_at(date(2026, 8, 1)),
    )  # fmt: skip
    on(date(2026, 12, 31))
    assert course.commitments[0].record.title in read(f"{odile}?voir=non-tenus")


def test_nothing_of_another_s_is_counted(territory, read):
    whole_course(territory)
    page = read(f"/elus/{appoint(territory, 'Zoé Maire').pk}")
    for number in ("Commandes (0)", "Réponses signées (0)", "En retard (0)", "Engagements tenus (0)"):
        assert number in page
    assert "Aucune commande ne lui demande encore de réponse." in page
    assert "Odile" not in page


@pytest.mark.parametrize("asked", ["", "inconnu"])
def test_an_unknown_list_is_the_first_one(territory, read, odile, asked):
    assert "Promis pour le 12 juin 2026" in read(f"{odile}?voir={asked}")


def test_lists_are_paged(territory, read, odile, on, client):
    course = whole_course(territory)
    for number in range(16):
        promised(territory, course.decision, title=f"Abri {number:02}")
    on(date(2026, 12, 31))
    assert "1 à 15 sur" in read(f"{odile}?voir=retards")
    assert "16 à" in read(f"{odile}?voir=retards&page=2")
    assert client.get(f"{odile}?voir=retards&page=9").status_code == 404


@pytest.mark.parametrize("who", ["unknown", "elsewhere"])
def test_an_official_who_is_not_here_has_no_page(territory, client, who):
    other = build_territory(slug="voisin", host="voisin.example").official.pk
    pk = other if who == "elsewhere" else UUID(int=0)
    assert client.get(f"/elus/{pk}").status_code == 404


def test_who_signed_leads_to_her_page(territory, client, odile):
    course = whole_course(territory)
    for path in (
        f"/commandes/{territory.mandate.record.code}",
        "/concertations/bouger",
        f"/reponses/{course.answer.record.code}",
        f"/idees/{course.ideas[0].code}",
    ):
        assert f'href="{odile}"' in client.get(path).content.decode(), path


def test_robots_find_the_list(territory, client):
    assert "/elus</loc>" in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(territory, client, django_assert_num_queries, count):
    for number in range(count - 1):
        appoint(territory, f"Élue {number}")
    client.get("/elus")
    caches["fragments"].clear()
    with django_assert_num_queries(3):
        client.get("/elus")


@pytest.mark.parametrize("shown", ["commandes", "reponses", "retards", "reports"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(
    territory, client, on, odile, django_assert_num_queries, count, shown
):
    course = whole_course(territory)
    for number in range(count):
        made = promised(territory, course.decision, title=f"Abri {number}")
        postpone(
            obligation=obligation_of(made.record, Owed.COMMITMENT), new_on=date(2026, 10, 1),
            reason="Marché relancé.", function="f", clock=clock_at(date(2026, 8, 20)),
        )  # fmt: skip
    on(date(2026, 12, 31))
    client.get(f"{odile}?voir={shown}")
    caches["fragments"].clear()
    with django_assert_num_queries(10 if shown in ("reponses", "reports") else 9):
        client.get(f"{odile}?voir={shown}")
