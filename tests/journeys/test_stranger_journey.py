"""A stranger reads the whole story: from one sentence to what shows that it was done, and all the way back."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from walking import Way, heading, link

from courses import SAID, Course, whole_course

pytestmark = [pytest.mark.browser]

AFTER = date(2026, 9, 10)
TOLD = (
    "Le dernier bus part à 18 h 50.",
    "Rentrer le soir",
    "Cyber-débat de Vaubrun",
    "Oui le week-end, non en semaine",
    "Une ligne de nuit à l’essai",
    "Le bus de nuit N1",
    "492 montées en six semaines",
)
ASKED = ("Améliorer la mobilité des 15-25 ans", "Bouger à 15-25 ans")


@pytest.fixture
def course(live_territory, live_clock, catch_up) -> Course:
    done = whole_course(live_territory)
    live_clock.turn_to(AFTER)
    catch_up()
    return done


def test_a_stranger_follows_a_sentence_to_its_evidence_and_back(course, open_phone, seen, way):
    """No account and nothing typed: links alone, from the sentence to the evidence, and to the sentence again."""
    tab, code = open_phone(), course.ideas[0].code
    tab.goto(way.at(f"/idees/{code}"))
    heading(tab, SAID)
    expect(tab.locator(".answer")).to_contain_text("Odile Vasseur-Thiry")
    seen(tab)
    link(tab, way("Le fil de cette parole")).click()
    heading(tab, SAID)
    assert_told_in_order(tab, TOLD)
    seen(tab)
    link(tab, way("Cette preuve")).click()
    heading(tab, "492 montées en six semaines")
    expect(link(tab, way("Voir la source"))).to_have_attribute("href", "https://exemple.fr/n1")
    seen(tab)
    link(tab, way("D’où cela vient")).click()
    heading(tab, way("D’où vient « 492 montées en six semaines » ?"))
    assert_told_in_order(tab, (*ASKED, *TOLD)[::-1])
    seen(tab)
    link(tab, way("Lire la parole")).click()
    heading(tab, SAID)
    assert tab.url.endswith(way.at(f"/idees/{code}"))


def assert_told_in_order(tab: Page, told: tuple[str, ...]) -> None:
    """Each knot says what it must, on a line of its own, after the one before; those that happened have their day."""
    knots = [" ".join(text.split()) for text in tab.locator(".fil > .knot").all_inner_texts()]
    left = iter(knots)
    missed = [words for words in told if not any(words in knot for knot in left)]
    assert missed == [], knots
    assert tab.locator(".fil > .knot time").count() >= len(told)


def test_a_stranger_reads_every_step_on_its_own_page(course, open_phone, seen, way):
    """By the links of each page, from what was decided to what is done; each leads back to where it comes from."""
    tab = open_phone()
    tab.goto(way.at(f"/sujets/{course.theme.record.code}"))
    heading(tab, "Rentrer le soir")
    expect(tab.locator(".rows > li")).to_have_count(3)
    seen(tab)
    link(tab, way("La page de cette réponse")).click()
    heading(tab, "Rentrer le soir")
    expect(tab.locator(".answer")).to_contain_text("Oui le week-end, non en semaine")
    expect(tab.locator(".answer")).to_contain_text(way("Retenu en partie"))
    expect(tab.locator(".answer")).to_contain_text("Odile Vasseur-Thiry")
    seen(tab)
    for name in ("Une ligne de nuit à l’essai", "Le bus de nuit N1", "Recruter deux conducteurs"):
        link(tab, name).click()
        heading(tab, name)
        seen(tab)
    link(tab, "Le bus de nuit N1").click()
    expect(tab.locator("main")).to_contain_text(way("28 août 2026"))
    link(tab, "492 montées en six semaines").click()
    heading(tab, "492 montées en six semaines")
    tab.locator(".history > summary").click()
    expect(tab.locator(".history li").first).to_be_visible()
    tab.locator(".history__proof").get_by_role("link", name=way("Vérifier")).click()
    heading(tab, way("Preuve d’inscription"))
    seen(tab)


def test_a_stranger_reads_what_was_heard_answered_promised_and_done(course, open_phone, seen, way):
    """The pages of a consultation, by its tabs; numbers that agree from one to the next."""
    tab = open_phone()
    tab.goto(way.at("/concertations/bouger"))
    heading(tab, "Bouger à 15-25 ans")
    seen(tab)
    open_tab_named(tab, way("Ce qu’on a entendu"))
    expect(tab.locator(".quotes").first).to_contain_text("Après, c’est ma mère ou rien.")
    expect(tab.locator("main")).to_contain_text("Lina, 17 ans")
    expect(tab.locator("main")).to_contain_text(way("3 voix"))
    seen(tab)
    open_tab_named(tab, way("Réponses"))
    answers = tab.locator(".theme-answers > li")
    expect(answers).to_have_count(1)
    expect(answers).to_contain_text("Rentrer le soir")
    expect(answers).to_contain_text(way("Retenu en partie"))
    expect(answers).to_contain_text(way("3 voix"))
    expect(answers).to_contain_text("Odile Vasseur-Thiry")
    seen(tab)
    open_tab_named(tab, way("Bilan"))
    expect(tab.locator("main")).to_contain_text("Améliorer la mobilité des 15-25 ans")
    expect(tab.locator("main")).to_contain_text(way("3 voix entendues"))
    late = tab.locator(".shortfalls > li")  # nobody hides what was not kept in time: it says so by itself
    expect(late).to_have_count(1)
    expect(late).to_contain_text("Le bus de nuit N1")
    expect(late).to_contain_text(way("13 jours de retard"))
    seen(tab)
    open_tab_named(tab, way("Engagements"))
    expect(tab.locator(".rows > li")).to_have_count(1)
    expect(tab.locator(".rows > li")).to_contain_text("Le bus de nuit N1")
    expect(tab.locator(".rows > li")).to_contain_text(way("13 jours de retard"))
    seen(tab)


def open_tab_named(tab: Page, name: str) -> None:
    tab.locator(".tabs").get_by_role("link", name=name, exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_be_visible()


PUBLIC = (
    "/",
    "/participer",
    "/commandes",
    "/agenda",
    "/engagements",
    "/concertations/bouger/idees",
    "/concertations/bouger/dire",
    "/comment-ca-marche",
    "/methodes",
    "/accessibilite",
    "/donnees-personnelles",
    "/mentions-legales",
    "/plus",
    "/retrouver",
    "/recherche",
    "/recherche?q=bus",
    "/recherche?q=zzzz",
    "/suivis",
    "/journal",
    "/connexion",
    "/compte/creer",
    "/compte/mot-de-passe/oublie",
    "/aucune-page",
)


def test_every_other_public_page_speaks_english_whole(course, live_territory, open_tab, seen):
    tab = open_tab(javascript=False, width=360, language="en-GB")
    way = Way("en", javascript=False)
    records = (
        f"/commandes/{live_territory.mandate.record.code}",
        f"/rencontres/{course.meeting.record.code}",
        f"/fil/{live_territory.process.record.code}",
        f"/fil/{live_territory.mandate.record.code}/retour",
    )
    for path in (*PUBLIC, *records):
        tab.goto(way.at(path))
        expect(tab.locator("html")).to_have_attribute("lang", "en")
        seen(tab)
        # Its twin is one link away, and comes back.
        expect(tab.locator("header .tool--lang")).to_have_attribute("lang", "fr")
