"""The home page: what can I do now, what was promised, what was answered, « non » included."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses import answered, grouped
from democratic.participation.answers.models import Verdict
from democratic.thread.actions import open_authority, support, withdraw_by_authority, withdraw_own
from democratic.thread.journal import drain
from democratic.web.authorities import KEPT
from factories import PASSWORD, build_territory, clock_at
from reading_course import IN_ACTION, IN_LISTENING, meeting_on, reading_course


def cards(page):
    return re.findall(r'<h3><a href="([^"]+)">([^<]+)</a></h3><p class="small">', page)


def test_the_code_box_leads_to_one_s_own_words_without_an_account(territory, read):
    page = read("/")
    assert '<form class="ask" action="/retrouver">' in page
    assert 'name="code"' in page


def test_an_open_stage_is_the_first_thing_to_do_with_its_cost_and_days_left(territory, read):
    page = read("/", IN_LISTENING)
    assert cards(page)[0] == ("/concertations/bouger/dire", "Comment rentrer le soir sans voiture ?")
    assert '<span class="card__time">1 min</span>' in page
    assert "<b>Plus que 28 jours</b>" in page


def test_after_the_listening_one_can_support_what_was_said(territory, read):
    territory.say()
    day = date(2026, 4, 10)
    assert cards(read("/", day))[0][0] == "/concertations/bouger/idees"


def test_one_thing_of_each_kind_is_offered_in_turn(territory, read):
    course = reading_course(territory, each=3)
    page = read("/")
    assert [path for path, _title in cards(page)] == [
        f"/engagements/{course.kept.record.code}",
        *(f"/rencontres/{meeting.record.code}" for meeting in course.next[:2]),
    ]


def test_a_commitment_kept_long_ago_is_no_longer_asked_about(territory, read):
    course = reading_course(territory)
    long_after = date(2026, 7, 15) + timedelta(days=91)
    assert f"/engagements/{course.kept.record.code}" not in [
        path for path, _title in cards(read("/", long_after))
    ]


def test_the_title_counts_what_was_kept_and_what_was_not(territory, read):
    reading_course(territory, each=2)
    assert "4 engagements, 1 tenu, 2 en retard, 1 non tenu" in read("/")


def test_lateness_appears_by_itself_the_day_after_the_first_promise(territory, read):
    reading_course(territory)
    assert "en retard" not in read("/", date(2026, 7, 10))
    assert "3 engagements, 1 tenu, 1 en retard, 1 non tenu" in read("/", date(2026, 7, 11))


def test_what_is_late_or_not_kept_is_named_with_its_reason(territory, read):
    reading_course(territory)
    reasons = re.search(r'<ul class="grid tally-why">(.*?)</ul>', read("/"), re.DOTALL)[1]
    assert "10 jours de retard" in reasons
    assert "Prévu le 10 juillet. Motif : Mâts livrés en août." in reasons
    assert "Motif : Aucun transporteur n’a répondu." in reasons


def test_the_tally_goes_from_kept_to_not_kept_and_each_knot_has_its_words(territory, read):
    course = reading_course(territory)
    knots = re.findall(r'aria-label="((?:Tenu|En retard|Non tenu)[^"]*)"', read("/"))
    assert knots == [
        "Tenu, Le bus de nuit N1",
        "En retard, Douze abris éclairés 0",
        "Non tenu, La navette des étangs",
    ]
    withdraw_by_authority(
        record=course.unkept.record, reason="Erreur.", function="Présidence", clock=clock_at(IN_ACTION)
    )
    assert "Retiré, La navette des étangs" in read("/")


def test_every_verdict_is_told_the_latest_of_each(territory, read):
    for verdict in Verdict:
        theme = grouped(territory, [territory.say(f"Parole {verdict}").idea.record], f"Sujet {verdict}")
        answered(territory, theme.record, verdict=verdict, passed_to="la Région")
    page = read("/")
    assert re.findall(r'<span class="stamp stamp--(\w+)">', page) == ["kept", "part", "unkept", "passed"]
    assert "Transmis : la Région" in page


def test_the_most_supported_words_speak_for_their_subject_with_the_others_counted(territory, read):
    course = reading_course(territory, each=2)
    support(record=course.ideas[2], person=territory.citizen.person)
    drain(clock=clock_at(IN_ACTION))
    told = re.search(r'<div class="then">(.*?)<div class="then__link"', read("/"), re.DOTALL)[1]
    assert "« Le dernier bus part trop tôt (2). »" in told
    assert "Lina, 17 ans, dans la rue, et 2 autres voix" in told


def test_an_answer_that_was_withdrawn_is_not_told_as_done(territory, read):
    course = reading_course(territory)
    withdraw_by_authority(
        record=course.answers[0].record, reason="Erreur.", function="Présidence", clock=clock_at(IN_ACTION)
    )
    assert "stamp--part" not in read("/")


def test_words_that_were_withdrawn_leave_the_page_at_once(territory, read):
    course = reading_course(territory)
    said = re.search(r"« (Le dernier bus[^»]+) »", read("/"))[1]
    mine = next(idea for idea in course.ideas if idea.wording.text == said)
    withdraw_own(record=mine, clock=territory.clock)
    assert said not in read("/")


def test_subjects_are_ranked_by_voices_and_lead_to_their_page(territory, read):
    course = reading_course(territory, each=2)
    other = grouped(territory, [territory.say("Un banc.").idea.record], "Aux arrêts")
    page = read("/")
    assert re.findall(r'<a href="(/sujets/[^"]+)">', page) == [
        f"/sujets/{course.theme.record.code}",
        f"/sujets/{other.record.code}",
    ]
    assert "<b>3</b> voix" in page


def test_the_next_three_meetings_are_listed_soonest_first(territory, read):
    for n in (9, 3, 30, 1, -1):
        meeting_on(territory, IN_ACTION + timedelta(days=n), f"J{n:+}")
    dates = re.search(r'<ul class="dates">(.*?)</ul>', read("/"), re.DOTALL)[1]
    assert re.findall(r">(J[+-]\d+)</a>", dates) == ["J+1", "J+3", "J+9"]


def test_an_authority_without_anything_says_what_why_and_who(db, read):
    open_authority(slug="neuve", name="Neuve", kind_label="la Commune")
    page = read("/")
    for said in (
        "Rien n’est ouvert aujourd’hui",
        "Aucun engagement n’est encore pris",
        "Aucune réponse n’est encore signée",
        "Aucune n’est annoncée",
        "Les paroles ne sont pas encore rapprochées par sujet",
    ):
        assert said in page, said


def test_nothing_of_another_authority_is_counted(territory, read):
    reading_course(build_territory("ailleurs", host="ailleurs.example"))
    page = read("/")
    assert "Aucun engagement n’est encore pris" in page
    assert "Le bus de nuit" not in page


def test_only_a_territory_whose_outline_is_known_is_drawn(territory, read):
    territory.say(place="Gare de Vaubrun")
    assert "hero__art" not in read("/")
    type(territory.authority).objects.filter(pk=territory.authority.pk).update(is_demo=True)
    KEPT.forget()
    page = read("/", IN_LISTENING)
    assert re.search(r'<circle cx="214"[^>]* class="full"/><text[^>]*>Vaubrun', page)
    assert re.search(r'<circle cx="466"[^>]*r="8"/><text[^>]*>Montsec', page)


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_twelve_questions_whatever_it_holds(territory, read, count, django_assert_num_queries):
    reading_course(territory, each=count)
    read("/mentions-legales")
    with django_assert_num_queries(12):
        read("/")


def test_a_kept_home_asks_one_question_and_two_for_someone_signed_in(territory, read, client):
    read("/")
    with CaptureQueriesContext(connection) as anonymous:
        read("/")
    assert len(anonymous) == 1
    assert client.login(email="citoyen@val-orbe.example", password=PASSWORD)
    with CaptureQueriesContext(connection) as signed_in:
        read("/")
    own = [q["sql"] for q in signed_in if not re.search(r'FROM "(django_session|people_\w+)"', q["sql"])]
    assert len(own) <= 2, own


def test_home_in_english_leads_to_english_pages(territory, read):
    reading_course(territory)
    inside = re.search(r'<main id="contenu".*?</main>', read("/en/"), re.DOTALL)[0]
    paths = re.findall(r'(?:href|action)="(/[^"]*)"', inside)
    assert paths
    assert [path for path in paths if not path.startswith(("/en/", "/static/"))] == []


@pytest.mark.parametrize("path", ["/", "/participer", "/methodes", "/robots.txt", "/sitemap.xml"])
def test_pages_that_are_read_refuse_to_be_written(territory, client, on_day, path):
    on_day()
    assert client.post(path, headers={"sec-fetch-site": "same-origin"}).status_code == 405
