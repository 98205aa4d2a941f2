"""« Ce qu’on a entendu », the answers and the bilan of a process, as anyone reads them."""

import csv
import io
import re
from datetime import date

import pytest

from courses import answered, decided, grouped, promised, said, whole_course
from democratic.participation.answers.actions import declare_inadmissible
from democratic.participation.answers.models import Verdict
from democratic.participation.commitments.actions import move_commitment
from democratic.participation.commitments.models import CommitmentState
from democratic.people.models import AgeBand
from democratic.thread.actions import withdraw_by_authority, withdraw_own
from factories import clock_at

HEARD, ANSWERS, BALANCE = (f"/concertations/bouger/{page}" for page in ("entendu", "reponses", "bilan"))


def two_themes(territory):
    ideas = said(territory, 6)
    first = grouped(territory, ideas[:4], title="Rentrer le soir")
    second = grouped(territory, ideas[4:5], title="Le week-end")
    return ideas, first, second


def test_what_was_heard_opens_with_its_coverage_and_one_finding(territory, read):
    two_themes(territory)
    page = read(HEARD)
    assert "6 voix. 5 sont rattachées à un sujet, soit 83 %." in page
    assert "4 voix sur 5 parlent de « Rentrer le soir »" in page
    assert "n = 5 voix rattachées, toutes origines, du 14 février 2026 au 19 février 2026" in page


def test_the_chart_has_its_table_its_sentence_and_no_style(territory, get):
    two_themes(territory)
    html = get(HEARD).content.decode()
    assert 'alt="2 sujets, de 4 voix pour « Rentrer le soir » à 1 pour « Le week-end »."' in html
    assert re.findall(r"<th scope=\"row\">(.*?)</th><td>(\d+)</td>", html)[:2] == [
        ("Rentrer le soir", "4"), ("Le week-end", "1"),
    ]  # fmt: skip
    assert "style=" not in html


@pytest.mark.parametrize(
    ("sizes", "finding"),
    [
        ((2, 2), "« A » et « B » : 2 voix chacun, sur 4"),
        ((1, 1, 1, 1), "4 sujets réunissent 1 voix chacun, sur 4"),
        ((1,), "1 voix sur 1 parle de « A »"),
    ],
)
def test_a_tie_is_said_as_a_tie(territory, read, sizes, finding):
    for title, size in zip("ABCD", sizes, strict=False):
        grouped(territory, said(territory, size), title=title)
    assert finding in read(HEARD)


def test_what_is_apart_is_said_apart(territory, read):
    ideas, _first, _second = two_themes(territory)
    withdraw_own(record=ideas[0], clock=territory.clock)
    declare_inadmissible(contribution=ideas[1], reason="Autre sujet.", function="f", clock=territory.clock)
    page = read(HEARD)
    for line in (
        "Sans sujet 1 publiées",
        "Hors du champ 1 publiées",
        "Retirées par leur auteur 1 leurs mots",
    ):
        assert line in page, line


def test_a_place_hardly_heard_is_named_with_how_many_voices(territory, read):
    for at in range(20):
        territory.say(f"Ici {at}", place="Vaubrun")
    for at in range(3):
        territory.say(f"Là {at}", place="Montsec")
    assert "Montsec 3 voix" in read(HEARD)


def test_quotes_are_people_s_words_with_who_said_them_and_how(territory, read):
    two_themes(territory)
    assert "Lina, 17 ans, dans la rue, Vaubrun" in read(HEARD)


def test_when_nothing_was_said_the_page_says_who_acts_next(territory, read):
    page = read(HEARD)
    assert "Personne n’a encore parlé dans cette concertation." in page
    assert "<rect" not in page


def test_the_table_can_be_taken_away_as_csv_with_a_line_for_those_of_no_theme(territory, get):
    _ideas, first, second = two_themes(territory)
    response = get(f"{HEARD}.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["code", "sujet", "voix", "part (%)"]
    assert [row[:4] for row in rows[1:]] == [
        [first.record.code, "Rentrer le soir", "4", "80.0"],
        [second.record.code, "Le week-end", "1", "20.0"],
        ["", "sans sujet", "1", ""],
    ]
    origins = [[int(cell) for cell in row[4:]] for row in rows[1:]]
    assert [sum(row) for row in origins] == [4, 1, 1]


def test_a_theme_named_like_a_formula_is_text_in_the_csv(territory, get):
    grouped(territory, said(territory, 1), title="=HYPERLINK(1)")
    rows = list(csv.reader(io.StringIO(get(f"{HEARD}.csv").content.decode("utf-8-sig"))))
    assert rows[1][1] == "'=HYPERLINK(1)"


def test_each_theme_has_its_verdict_its_reason_and_who_signed(territory, read):
    whole_course(territory)
    page = read(ANSWERS)
    for words in (
        "1 sujet sur 1 a sa réponse.",
        "Retenu en partie",
        "Oui le week-end, non en semaine",
        "Signée le 12 juin 2026, le jour promis. Odile Vasseur-Thiry, vice-présidente",
        "voix ont leur réponse 3",
    ):
        assert words in page, words


def test_an_answer_that_is_owed_says_its_day_its_lateness_and_who_owes_it(territory, read, on):
    two_themes(territory)
    page = read(ANSWERS)
    assert "90 jours de retard Promise pour le 12 juin 2026. Odile Vasseur-Thiry" in page
    assert "l’attendent au-delà du jour promis 6" in page
    on(date(2026, 6, 1))
    page = read(ANSWERS)
    assert "Réponse attendue Promise pour le 12 juin 2026, par Odile Vasseur-Thiry" in page
    assert "l’attendent au-delà du jour promis 0" in page


def test_an_answer_passed_on_says_to_whom_and_one_withdrawn_that_it_is(territory, read):
    ideas = said(territory, 2)
    passed = grouped(territory, ideas[:1], title="Le matin")
    gone = grouped(territory, ideas[1:], title="Le soir")
    answered(territory, passed.record, verdict=Verdict.PASSED, passed_to="la Région")
    answer = answered(territory, gone.record, verdict=Verdict.KEPT)
    withdraw_by_authority(
        record=answer.record, reason="Erreur.", function="f", clock=clock_at(date(2026, 7, 1))
    )
    page = read(ANSWERS)
    assert "Transmis : la Région" in page
    assert "Retiré" in page
    assert "Retenu " not in page


def test_before_any_theme_the_page_says_whose_turn_it_is(territory, read):
    page = read(ANSWERS)
    assert "Service jeunesse doit le faire." in page
    assert "La réponse est promise pour le 12 juin 2026." in page


def test_the_bilan_tells_the_order_the_means_the_voices_the_answers_and_what_was_kept(territory, read):
    course = whole_course(territory, voices=6, commitments=2)
    move_commitment(
        commitment=course.commitments[0], to=CommitmentState.KEPT, note="Il roule.", function="f",
        clock=clock_at(date(2026, 8, 20)),
    )  # fmt: skip
    page = read(BALANCE)
    for words in (
        "Bilan provisoire",
        "Améliorer la mobilité des 15-25 ans",
        "840 000 €",
        "292 000 €",
        "6 voix entendues",
        "réponses signées à temps 1",
        "2 engagements, 1 tenu, 1 en retard",
        "Ce que nous n’avons pas su faire",
        "13 jours de retard Le bus de nuit N2",
        "Aucun motif n’a été publié à ce jour.",
    ):
        assert words in page, words


def test_its_picture_is_drawn_by_the_server_described_and_repeated_as_a_table(territory, get):
    whole_course(territory, voices=6, commitments=2)
    html = get(BALANCE).content.decode()
    svg = re.search(r'<svg viewBox="0 0 960 [\d.]+" role="img".*?</svg>', html, re.DOTALL)[0]
    assert "<title" in svg
    assert "<desc" in svg
    assert "style" not in svg
    assert "nan" not in svg.lower()
    assert 'tabindex="0" role="region"' in html
    # The order, the four origins, the theme, its answer, the commitments.
    assert svg.count("<rect") == 1 + 4 + 1 + 1 + 2
    assert "Le bus de nuit N1 (En retard) ; Le bus de nuit N2 (En retard)" in html


def test_many_themes_and_commitments_are_gathered_so_that_the_picture_stays_readable(territory, get):
    answers = []
    for at in range(12):
        theme = grouped(territory, said(territory, 1), title=f"Sujet {at} <b>")
        answers.append(answered(territory, theme.record))
    decision = decided(territory, *answers)
    for at in range(20):
        promised(territory, decision, title=f"Promesse {at}")
    html = get(BALANCE).content.decode()
    assert "autres sujets" in html
    assert "autres engagements" in html
    assert "<b>" not in re.search(r'<svg viewBox="0 0 960.*?</svg>', html, re.DOTALL)[0]


def test_the_bilan_of_a_process_where_nothing_happened_says_so(territory, read):
    page = read(BALANCE)
    assert "Personne n’a encore parlé dans cette concertation." in page
    assert "Aucun engagement n’est encore pris" in page


def test_a_bilan_with_nothing_failed_says_that_a_failure_would_show(territory, read, on):
    idea = said(territory, 1)[0]
    theme = grouped(territory, [idea])
    promised(territory, decided(territory, answered(territory, theme.record)))
    on(date(2026, 7, 10))
    assert "Rien à ce jour" in read(BALANCE)


def test_ages_of_a_few_are_not_published(territory, read):
    for at in range(6):
        territory.say(f"Moi {at}", age_band=AgeBand.TEENS)
        territory.say(f"Nous {at}", age_band=AgeBand.YOUNG)
    territory.say("Et moi", age_band=AgeBand.SENIOR)
    page = read(BALANCE)
    assert "65 ans et plus trop peu pour être publié" in page
    assert "18-25 ans 6" in page


@pytest.mark.parametrize("path", [HEARD, ANSWERS, BALANCE])
def test_these_pages_are_in_both_languages_with_one_first_heading(territory, get, path):
    whole_course(territory)
    for prefix in ("", "/en"):
        html = get(prefix + path).content.decode()
        assert html.count("<h1") == 1


@pytest.mark.parametrize("page", ["entendu", "entendu.csv", "reponses", "bilan"])
def test_an_unknown_process_is_not_there(territory, get, page):
    get(f"/concertations/inconnue/{page}", status=404)


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(("path", "most"), [(HEARD, 8), (f"{HEARD}.csv", 4), (ANSWERS, 9), (BALANCE, 13)])
def test_a_cold_report_asks_a_fixed_number_of_questions(
    territory, client, warm, n, path, most, django_assert_num_queries
):
    course = whole_course(territory, voices=n, commitments=n)
    for at in range(n):
        answered(territory, grouped(territory, said(territory, 1), title=str(at)).record)
    answered(territory, course.ideas[0])
    warm()
    with django_assert_num_queries(most):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("withdrawn", "line"),
    [
        (0, "0 retirée par son auteur, 0 masquée par la modération."),
        (1, "1 retirée par son auteur,"),
        (2, "2 retirées par leur auteur,"),
    ],
)
def test_the_report_counts_what_is_apart_as_french_counts(territory, read, withdrawn, line):
    for record in said(territory, 3)[:withdrawn]:
        withdraw_own(record=record, clock=territory.clock)
    assert line in read(BALANCE)
