"""The agenda and one meeting, before and after it was held."""

import re
from datetime import date, timedelta

import pytest

from democratic.participation.meetings.actions import report_meeting
from democratic.thread.models import Origin, Record, Visibility
from reading_course import IN_ACTION, meeting_on, reading_course


def titles(page):
    return re.findall(r'<h3><a href="/rencontres/[^"]+">([^<]+)</a>', page)


def test_what_comes_is_soonest_first_then_what_was_is_latest_first(territory, read):
    for n in (-40, 20, -3, 2):
        meeting_on(territory, IN_ACTION + timedelta(days=n), f"J{n:+}")
    assert titles(read("/agenda")) == ["J+2", "J+20", "J-3", "J-40"]


def test_a_meeting_of_today_is_to_come_until_midnight(territory, read):
    meeting_on(territory, IN_ACTION, "Ce soir")
    page = read("/agenda")
    assert "Une rencontre à venir" in page
    assert "rencontre passée" not in page
    assert "Une rencontre passée" in read("/agenda", IN_ACTION + timedelta(days=1))


def test_pages_go_on_from_what_comes_to_what_was(territory, read):
    for n in range(12):
        meeting_on(territory, IN_ACTION + timedelta(days=n + 1), f"J+{n}")
        meeting_on(territory, IN_ACTION - timedelta(days=n + 1), f"J-{n}")
    first, second = titles(read("/agenda")), titles(read("/agenda?page=2"))
    assert (len(first), len(second)) == (20, 4)
    assert [*first, *second] == [f"J+{n}" for n in range(12)] + [f"J-{n}" for n in range(12)]


def test_the_agenda_of_one_process_says_so_and_leads_back(territory, read):
    meeting_on(territory, IN_ACTION, "Ce soir")
    page = read("/agenda?concertation=bouger")
    assert titles(page) == ["Ce soir"]
    assert "Les rencontres de « Bouger à 15-25 ans »." in page
    read("/agenda?concertation=nulle-part", status=404)


def test_an_empty_agenda_says_what_why_and_who(territory, read):
    page = read("/agenda")
    assert "Aucune rencontre n’est annoncée" in page
    assert 'class="btn" href="/participer"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_agenda_asks_five_questions_whatever_its_length(
    territory, read, count, django_assert_num_queries
):
    for n in range(count):
        meeting_on(territory, IN_ACTION + timedelta(days=n), f"J+{n}")
        meeting_on(territory, IN_ACTION - timedelta(days=n + 1), f"J-{n}")
    read("/mentions-legales")
    with django_assert_num_queries(5):
        assert len(titles(read("/agenda"))) == 2 * count


def test_before_a_meeting_one_reads_when_where_how_and_by_which_seats(territory, read):
    page = read(f"/rencontres/{reading_course(territory).next[0].record.code}")
    for said in (
        "Samedi 25 juillet 2026, 19 h –\u2060 20 h 30",
        "Salle des fêtes",
        "Boucle magnétique",
        "À venir",
    ):
        assert said in page, said
    for seat in ("en salle", "à distance", "en différé"):
        assert seat in page
    assert "Qui était là" not in page


def test_after_a_meeting_one_reads_how_many_sat_where_and_what_was_said(territory, read):
    page = read(f"/rencontres/{reading_course(territory).met.record.code}")
    counts = re.search(r'<dl class="numbers">(.*?)</dl>', page, re.DOTALL)[1]
    assert re.findall(r"<dd>(\d+)</dd>", counts) == ["64", "188", "0"]
    assert "Deux questions restent ouvertes." in page
    assert "Rencontre tenue" in page


def test_a_meeting_that_passed_without_an_account_owes_one_in_public(territory, read):
    passed = meeting_on(territory, IN_ACTION - timedelta(days=2), "Oubliée")
    assert "Aucun compte rendu n’est encore publié" in read(f"/rencontres/{passed.record.code}")


def test_a_report_is_shown_at_once_though_the_page_was_kept(territory, read):
    met = meeting_on(territory, IN_ACTION - timedelta(days=2), "Hier")
    path = f"/rencontres/{met.record.code}"
    read(path)
    report_meeting(
        meeting=met, account="On a parlé.", present={Origin.ROOM: 3, Origin.PHONE: 1}, clock=territory.clock
    )
    page = read(path)
    assert "On a parlé." in page
    assert "par téléphone" in page


def test_a_hidden_meeting_is_gone_and_its_words_with_it(territory, read):
    met = meeting_on(territory, date(2026, 7, 1), "À cacher")
    Record.objects.filter(pk=met.pk).update(visibility=Visibility.HIDDEN)
    page = read(f"/rencontres/{met.record.code}", status=410)
    assert "À cacher" not in page
    assert titles(read("/agenda")) == []


def test_a_code_of_nothing_is_not_found(territory, read):
    read("/rencontres/K7P-4RM", status=404)
    read("/rencontres/x", status=404)
