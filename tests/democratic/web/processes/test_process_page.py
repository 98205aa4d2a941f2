"""One concertation's page: where we are, what one can do there today, what is owed, what is apart."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from democratic.participation.answers.actions import declare_inadmissible
from democratic.participation.street.models import StreetSession
from democratic.thread.actions import follow, withdraw_by_authority, withdraw_own
from democratic.thread.models import Record, Visibility
from factories import PASSWORD, build_territory
from in_the_street import planned
from reading_course import IN_ACTION, IN_LISTENING, reading_course

PAGE = "/concertations/bouger"


def term(page, name):
    """The number of a public line."""
    return int(re.search(rf"<dt>{name}<small>.*?</dt><dd>(\d+)</dd>", page)[1])


def test_during_the_listening_one_can_say_something_and_knows_until_when(territory, read):
    page = read(PAGE, IN_LISTENING)
    assert f'class="btn" href="{PAGE}/dire"' in page
    assert "jusqu’au dimanche 29 mars 2026" in page
    assert "plus que 28 jours" in page


@pytest.mark.parametrize("day", [date(2026, 1, 20), date(2026, 4, 10), IN_ACTION])
def test_outside_the_listening_nobody_is_invited_to_speak(territory, read, day):
    assert f"{PAGE}/dire" not in read(PAGE, day)


@pytest.mark.parametrize(
    ("day", "button"),
    [
        (date(2026, 1, 20), "Lire ce qui est demandé"),
        (date(2026, 4, 10), "Lire et soutenir"),
        (date(2026, 5, 10), "Voir ce qu’on a entendu"),
    ],
)
def test_the_main_button_follows_the_clock(territory, read, day, button):
    territory.say()
    assert re.search(r'<a class="btn" href="[^"]+">([^<]+)</a>', read(PAGE, day))[1] == button


def test_once_answers_are_signed_the_main_button_follows_the_commitments(territory, read):
    reading_course(territory)
    page = read(PAGE)
    assert 'class="btn" href="/engagements?concertation=bouger"' in page
    assert f'href="{PAGE}/reponses"' in page


def test_the_timeline_has_seven_steps_and_one_here(territory, read):
    page = read(PAGE)
    steps = re.search(r'<ol class="steps">(.*?)</ol>', page, re.DOTALL)[1]
    assert re.findall(r"<b>([^<]+)</b>", steps) == [
        "Commande", "Écoute", "Analyse", "Réponse", "Décision", "Action", "Bilan",
    ]  # fmt: skip
    assert steps.count("Nous sommes ici") == 1


def test_an_answer_that_did_not_come_is_late_in_a_pill_in_the_timeline_and_in_the_count(territory, read):
    territory.say()
    page = read(PAGE, date(2026, 6, 20))
    assert "Réponse : 8 jours de retard" in page
    assert '<span class="steps__late">8 jours de retard</span>' in page
    assert "dont 1 en retard" in page
    assert "Réponses données à temps" not in page


def test_voices_are_counted_by_origin(territory, read):
    reading_course(territory)
    page = read(PAGE)
    origins = re.search(r'<div class="origins">(.*?)</div>', page, re.DOTALL)[1]
    assert "<b>4</b> voix" in origins
    assert re.findall(r"<span><b>(\d+)</b> ([^<]+)</span>", origins)[1:] == [
        ("2", "dans la rue"), ("1", "par SMS"), ("1", "sur le web"),
    ]  # fmt: skip


def test_what_is_withdrawn_hidden_or_out_of_the_field_stands_on_lines_of_its_own(territory, read):
    said = [territory.say(f"Phrase {n}").idea.record for n in range(5)]
    withdraw_own(record=said[0], clock=territory.clock)
    Record.objects.filter(pk=said[1].pk).update(visibility=Visibility.HIDDEN)
    declare_inadmissible(
        contribution=said[2], reason="Une autre collectivité.", function="Service", clock=territory.clock
    )
    page = read(PAGE)
    assert term(page, "retirée par son auteur") == 1
    assert term(page, "masquée par la modération") == 1
    assert term(page, "hors du champ") == 1
    assert term(page, "réponses attendues") == 2
    assert "sur 2 dues" in page


def test_what_moved_in_thirty_days_is_told_with_its_state_and_what_is_older_is_not(territory, read):
    reading_course(territory)
    page = read(PAGE)
    rows = re.search(r'<ol class="rows">(.*?)</ol>', page, re.DOTALL)[1]
    assert "La navette des étangs" in rows
    assert "Mise à jour du 13 juillet, Service jeunesse" in rows
    assert "state--unkept" in rows
    assert "state--late" in rows
    assert "Rien n’a bougé" in read(PAGE, date(2026, 12, 20))


def test_evidence_is_told_under_the_commitment_that_it_proves(territory, read):
    reading_course(territory)
    rows = re.search(r'<ol class="rows">(.*?)</ol>', read(PAGE, date(2026, 9, 20)), re.DOTALL)[1]
    assert re.search(r"Le bus de nuit N1</a></h3><p[^>]*>Preuve ajoutée le 5 septembre · 492 montées", rows)


def test_the_promise_shows_its_level_and_who_answers_by_when(territory, read):
    page = read(PAGE, IN_LISTENING)
    assert '<li aria-current="true">Concerter</li>' in page
    assert "Odile Vasseur-Thiry, le 12 juin 2026." in page


def test_the_page_says_when_the_authority_last_acted(territory, read):
    reading_course(territory)
    assert "5 septembre 2026, 12 h" in read(PAGE)


def test_someone_who_follows_is_told_so_and_a_stranger_gets_the_button(territory, read, client):
    assert f'action="/suivre/{territory.process.record.code}"' in read(PAGE)
    follow(record=territory.process.record, person=territory.citizen.person)
    client.force_login(territory.citizen)
    page = read(PAGE)
    assert "Vous suivez cette concertation." in page
    assert "Ne plus suivre" in page
    assert 'name="vers" value="non"' in page


def test_a_youth_campaign_says_tu(territory, read):
    type(territory.process).objects.filter(pk=territory.process.pk).update(uses_tu=True)
    assert "Qu’as-tu à dire ?" in read(PAGE, IN_LISTENING)


def test_words_that_look_like_markup_are_shown_as_words(territory, read):
    territory.process.record.wording.__class__.objects.filter(record=territory.process.record).update(
        title="<script>alert(1)</script>", text="“<b>gras</b>”"
    )
    page = read(PAGE)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("slug", ["nulle-part", "bouger-2", "a" * 81])
def test_an_unknown_address_is_not_found(territory, read, slug):
    read(f"/concertations/{slug}", status=404)


def test_a_process_of_another_authority_is_not_found(territory, read):
    build_territory("ailleurs", host="ailleurs.example")
    other = territory.process.__class__.objects.exclude(pk=territory.process.pk).get()
    territory.process.__class__.objects.filter(pk=other.pk).update(slug="la-bas")
    read("/concertations/la-bas", status=404)
    read(f"/concertations-par-code/{other.record.code}", status=404)


def test_a_page_that_was_kept_is_not_shown_once_its_process_is_gone(territory, read):
    read(PAGE)
    Record.objects.filter(pk=territory.process.pk).update(visibility=Visibility.HIDDEN)
    withdraw_by_authority(
        record=territory.process.record, reason="Test.", function="Présidence", clock=territory.clock
    )
    read(PAGE, status=404)


def test_a_withdrawal_is_a_public_line_and_the_page_stays(territory, read):
    withdraw_by_authority(
        record=territory.process.record,
        reason="Commande revue.",
        function="Présidence",
        clock=territory.clock,
    )
    page = read(PAGE)
    assert "Motif : Commande revue." in page
    assert "Bouger à 15-25 ans" in page


def test_the_code_of_a_process_leads_to_its_address(territory, client, on_day):
    on_day()
    code = territory.process.record.code
    for typed in (code, code.lower(), code.replace("-", "")):
        assert client.get(f"/concertations-par-code/{typed}").headers["Location"] == PAGE
    assert client.get(f"/en/concertations-par-code/{code}").headers["Location"] == f"/en{PAGE}"


@pytest.mark.parametrize("count", [1, 3])
def test_a_process_asks_the_database_thirteen_questions_whatever_it_holds(
    territory, read, count, django_assert_num_queries
):
    reading_course(territory, each=count)
    for _each in range(count):
        planned(territory)
    read("/mentions-legales")
    with django_assert_num_queries(13):
        read(PAGE)


def test_a_process_leads_to_its_street_sessions_those_that_come_first(territory, read):
    assert "Dans la rue" not in read(PAGE)
    now = territory.clock.now()
    for title, away in (("Hier", -26), ("Dans dix jours", 240), ("Demain", 24), ("Le mois dernier", -700)):
        starts = now + timedelta(hours=away)
        planned(territory, question=title, starts_at=starts, ends_at=starts + timedelta(hours=3))
    page = read(PAGE, IN_LISTENING).split('id="rue"')[1].split("</section>")[0]
    said = [page.index(title) for title in ("Demain", "Dans dix jours", "Hier")]
    assert said == sorted(said)
    assert "Le mois dernier" not in page  # three, and where the others are
    for session in StreetSession.objects.exclude(record__wording__title="Le mois dernier"):
        assert f'href="/rendez-vous-de-rue/{session.record.code}"' in page
    assert 'href="/rendez-vous-de-rue"' in page
    assert "Place de la Gare" in page


def test_another_consultations_sessions_are_not_on_this_page(territory, read):
    planned(territory, question="Ailleurs")
    StreetSession.objects.update(process=build_territory("ailleurs", host="ailleurs.example").process)
    assert "Dans la rue" not in read(PAGE)


def test_a_kept_page_asks_one_question_and_four_for_someone_signed_in(territory, read, client):
    read(PAGE)
    with CaptureQueriesContext(connection) as anonymous:
        read(PAGE)
    assert len(anonymous) == 1
    assert client.login(email="citoyen@val-orbe.example", password=PASSWORD)
    read(PAGE)
    with CaptureQueriesContext(connection) as signed_in:
        read(PAGE)
    own = [q["sql"] for q in signed_in if not re.search(r'FROM "(django_session|people_\w+)"', q["sql"])]
    assert len(own) <= 4, own


def test_a_page_changes_as_soon_as_an_answer_is_signed(territory, read):
    before = read(PAGE)
    reading_course(territory)
    assert "3 engagements" in read(PAGE)
    assert "3 engagements" not in before


def test_both_languages_lead_to_their_own_pages(territory, read):
    page = read(f"/en{PAGE}", IN_LISTENING)
    assert f'href="/en{PAGE}/dire"' in page
    assert f'href="{PAGE}/dire"' not in page
