"""What a guest does after speaking: she comments, supports, follows, searches; she is written to, until she says stop."""

import re
from datetime import date

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from walking import Way, button, by_password, heading, link, sign, told

from democratic.kernel.clock import FixedClock
from democratic.participation.answers.actions import (
    AnswerDraft,
    draft_answer,
    group_contributions,
    open_theme,
    sign_answer,
)
from democratic.participation.answers.models import Answer, Verdict
from democratic.people.models import ContactAddress
from democratic.thread.actions import Words
from democratic.thread.models import Comment, Follow, Origin, Record, Support
from factories import Territory, clock_at

pytestmark = [pytest.mark.browser]

LISTENING, ANSWERING = date(2026, 3, 1), date(2026, 6, 1)
SAY = "/concertations/bouger/dire"
REASON = "Oui le week-end. Non en semaine : trop peu de voyageurs."


# --- comment and support


def test_a_guest_comments_for_and_against_answers_another_and_supports(
    live_territory, live_clock, catch_up, open_phone, seen, way
):
    idea = live_territory.say("Un bus de nuit", origin=Origin.STREET).idea.record
    path = way.at(f"/idees/{idea.code}")
    lina, sam, reader = open_phone(), open_phone(), open_phone()
    lina.goto(path)
    expect(lina.get_by_text(way("Personne n’a encore commenté."))).to_be_visible()
    seen(lina)
    comment(lina, way, "Pour", "Oui, même une fois par semaine.", byline="Lina", age="18-25 ans")
    sam.goto(path)
    comment(sam, way, "Contre", "Trop cher pour trois personnes.")
    answer_the_first(sam, way, seen, "Combien, au juste ?")
    support(lina, way, path)
    catch_up()
    reader.goto(path)
    expect(reader.locator("main")).to_contain_text(way("1 pour, 1 contre, 1 neutre"))
    expect(reader.locator(".comment")).to_have_count(3)
    expect(reader.locator(".comment").nth(0)).to_contain_text("Oui, même une fois par semaine.")
    expect(reader.locator(".comment").nth(0)).to_contain_text("Lina")
    expect(reader.locator(".comment--reply")).to_contain_text("Combien, au juste ?")
    expect(reader.locator(".up")).to_contain_text("1")
    seen(reader)
    assert sorted(Comment.objects.values_list("alignment", flat=True)) == [-1, 0, 1]


def comment(tab: Page, way: Way, stance: str, words: str, *, byline: str = "", age: str = "") -> None:
    if age:
        tab.get_by_label(way("Votre âge")).select_option(label=way(age))
        tab.get_by_label(way("Comment vous nommer")).fill(byline)
    tab.get_by_role("radio", name=way(stance), exact=True).check()
    tab.get_by_label(way("Votre commentaire")).fill(words)
    button(tab, way("Publier")).click()
    told(tab, way("Votre commentaire est publié."))
    said = tab.locator(".comment").filter(has_text=words)
    expect(said).to_contain_text(way(stance))
    expect(tab.get_by_label(way("Votre commentaire"))).to_have_value("")


def answer_the_first(tab: Page, way: Way, seen, words: str) -> None:
    """On a page of its own, which says what is answered; sent empty once, and nothing is lost."""
    first = tab.locator(".comment").first
    first.get_by_role("link", name=way("Lui répondre")).click()
    heading(tab, way("Répondre à un commentaire"))
    expect(tab.get_by_role("blockquote")).to_contain_text("Oui, même une fois par semaine.")
    tab.get_by_label(way("Votre âge")).select_option(label=way("18-25 ans"))
    tab.get_by_label(way("Comment vous nommer")).fill("Sam")
    button(tab, way("Publier")).click()
    expect(tab.get_by_role("alert")).to_be_visible()
    expect(tab.get_by_label(way("Comment vous nommer"))).to_have_value("Sam")
    seen(tab)
    tab.get_by_label(way("Votre commentaire")).fill(words)
    button(tab, way("Publier")).click()
    told(tab, way("Votre commentaire est publié."))


def support(tab: Page, way: Way, path: str) -> None:
    """Given, taken back, given again: one voice. It shows at once to her who gave it."""
    tab.goto(path)
    for pressed, name in (("true", "Vous soutenez"), ("false", "Soutenir"), ("true", "Vous soutenez")):
        tab.locator(".up").click()
        expect(tab.locator(".up")).to_have_attribute("aria-pressed", pressed)
        expect(tab.locator(".up")).to_contain_text(way(name))
    assert Support.objects.count() == 1


def test_what_one_commented_is_taken_back_by_its_author_alone(
    live_territory, live_clock, open_phone, seen, way
):
    idea = live_territory.say("Un bus de nuit").idea.record
    lina, other = open_phone(), open_phone()
    lina.goto(way.at(f"/idees/{idea.code}"))
    comment(lina, way, "Contre", "Des mots que je regrette.")
    written = Comment.objects.get().record
    path = way.at(f"/commentaires/{written.code}/retirer")
    assert other.goto(path).status == 404
    lina.goto(path)
    heading(lina, way("Retirer cette parole"))
    seen(lina)
    button(lina, way("Retirer, pour de bon")).click()
    told(lina, way("C’est retiré. Une ligne publique reste, sans vos mots."))
    for tab in (lina, other):
        tab.goto(way.at(f"/idees/{idea.code}"))
        expect(tab.locator(".comment__gone")).to_have_count(1)
        expect(tab.locator("body")).not_to_contain_text("Des mots que je regrette.")


# --- search


def test_a_search_ignores_accents_filters_and_turns_its_pages(
    live_territory, live_clock, catch_up, open_phone, seen, way
):
    for n in range(17):
        origin = Origin.STREET if n < 2 else Origin.WEB
        live_territory.say(f"Un abri à la Bérarde, numéro {n}.", origin=origin, place="Vaubrun")
    live_territory.say("Tout autre chose.")
    catch_up()
    tab = open_phone()
    tab.goto(way.at("/"))
    tab.locator("header a[href$='/recherche']").click()
    seen(tab)
    tab.get_by_role("searchbox").fill("ABRI berarde")
    button(tab, way("Chercher")).click()
    found(tab, way, 17)
    expect(tab.locator("mark").first).to_be_visible()
    seen(tab)
    turn_the_pages(tab, way, seen)
    tab.goto(way.at("/recherche?q=berarde"))
    filter_by_street(tab, way)
    found(tab, way, 2)
    expect(tab.locator(".rows > li")).to_have_count(2)
    seen(tab)
    link(tab, way("Tout effacer")).click()
    found(tab, way, 17)


def test_the_list_of_ideas_searches_filters_and_pages_alike(
    live_territory, live_clock, catch_up, open_phone, seen, way
):
    for n in range(17):
        live_territory.say(
            f"Un abri à la Bérarde, numéro {n}.", origin=Origin.STREET if n < 2 else Origin.WEB
        )
    catch_up()
    tab = open_phone()
    tab.goto(way.at("/concertations/bouger/idees"))
    expect(tab.locator(".rows > li")).to_have_count(15)
    seen(tab)
    turn_the_pages(tab, way, seen)
    tab.get_by_role("searchbox").fill("berarde")
    button(tab, way("Chercher")).click()
    expect(tab.locator(".pager")).to_contain_text(way("1 à 15 sur 17"))
    filter_by_street(tab, way)
    expect(tab.locator(".rows > li")).to_have_count(2)
    expect(tab.get_by_role("searchbox")).to_have_value("berarde")
    seen(tab)
    link(tab, way("Tout effacer")).click()
    expect(tab.locator(".rows > li")).to_have_count(15)


def found(tab: Page, way: Way, n: int) -> None:
    expect(tab.locator(".search-total")).to_have_text(way(f"{n} résultats"))


def turn_the_pages(tab: Page, way: Way, seen) -> None:
    """Two pages, there and back: nothing is shown twice, nothing is left out."""
    rows = tab.locator(".rows h3")
    expect(tab.locator(".pager")).to_contain_text(way("1 à 15 sur 17"))
    first = rows.all_inner_texts()
    tab.get_by_role("link", name=way("Suivantes")).click()
    expect(tab.locator(".pager")).to_contain_text(way("16 à 17 sur 17"))
    assert len({*first, *rows.all_inner_texts()}) == 17
    seen(tab)
    tab.get_by_role("link", name=way("Précédentes")).click()
    expect(tab.locator(".pager")).to_contain_text(way("1 à 15 sur 17"))
    assert rows.all_inner_texts() == first


def filter_by_street(tab: Page, way: Way) -> None:
    """The filters are folded on a phone; they unfold, with or without script."""
    tab.locator(".facets-fold > summary").click()
    tab.get_by_role("checkbox", name=re.compile(f"^{way('Dans la rue')}")).check()
    button(tab, way("Filtrer")).click()
    expect(tab.locator(".chips")).to_contain_text(way("Dans la rue"))


# --- follow and be told


def test_a_guest_follows_by_code_alone_or_by_mail_and_stops(
    live_territory, live_clock, catch_up, open_phone, seen, way
):
    idea = live_territory.say("Un bus de nuit").idea.record
    tab = open_phone()
    tab.goto(way.at(f"/idees/{idea.code}"))
    button(tab, way("Suivre")).click()
    heading(tab, way("Suivre"))
    expect(tab.locator("main")).to_contain_text(idea.code)
    seen(tab)
    link(tab, way("Le code me suffit")).click()
    heading(tab, "Un bus de nuit")
    assert not Follow.objects.exists()
    button(tab, way("Suivre")).click()
    tab.get_by_label(way("Votre e-mail")).fill("lina@exemple.fr")
    button(tab, way("Suivre")).click()
    expect(tab.get_by_role("alert")).to_be_visible()  # of age first: nothing is kept of a child
    expect(tab.get_by_label(way("Votre e-mail"))).to_have_value("lina@exemple.fr")
    assert not ContactAddress.objects.exists()
    tab.get_by_label(way("J’ai 15 ans ou plus")).check()
    button(tab, way("Suivre")).click()
    told(tab, way("Un message part à cette adresse"))
    catch_up()
    assert [each.to for each in mail.outbox] == [["lina@exemple.fr"]]
    button(tab, way("Suivie. Ne plus suivre")).click()
    told(tab, way("Vous ne suivez plus cette parole."))
    expect(button(tab, way("Suivre"))).to_be_visible()
    seen(tab)
    assert not Follow.objects.exists()


def test_whoever_left_an_address_gets_the_answer_that_the_elected_signs_and_stops_in_one_click(
    live_territory, live_clock, catch_up, open_tab, open_phone, seen, way
):
    lina = open_phone()
    say_with_an_address(lina, way, seen)
    catch_up()
    confirm(open_phone(), way, seen)  # on another device: the link is enough
    live_clock.turn_to(ANSWERING)
    draft(live_territory, Record.objects.get(kind="idea"))
    catch_up()
    assert len(mail.outbox) == 1  # a draft is told to nobody
    odile = open_tab(width=360)
    by_password(odile, live_territory.elected.email)
    sign(odile, seen)
    catch_up()
    read_the_answer(lina, way, seen)
    stop(open_phone(), way, seen)
    sign_another(live_territory)
    catch_up()
    assert len(mail.outbox) == 2  # the confirmation and the answer; nothing after the stop


def address_of_lina() -> ContactAddress:
    return ContactAddress.objects.get(email="lina@exemple.fr")


def say_with_an_address(tab: Page, way: Way, seen) -> None:
    tab.goto(way.at(SAY))
    tab.get_by_label(way("Votre âge")).select_option(label=way("18-25 ans"))
    tab.get_by_label(way("Ce que vous voulez dire")).fill("Un bus de nuit")
    tab.get_by_label(way("Votre e-mail, pour avoir la réponse")).fill("lina@exemple.fr")
    button(tab, way("Envoyer")).click()
    heading(tab, way("Merci. On vous doit une réponse."))
    seen(tab)


def confirm(tab: Page, way: Way, seen) -> None:
    """Opening the link confirms nothing; its button does. Both speak the language in which she wrote."""
    sent = mail.outbox[-1]
    assert sent.subject == way("Confirmez votre adresse")
    tab.goto(re.search(r"http\S+/confirmer/\S+", sent.body)[0])
    expect(tab.locator("html")).to_have_attribute("lang", way.language)
    heading(tab, way("Cette adresse est la vôtre ?"))
    seen(tab)
    assert address_of_lina().confirmed_at is None
    button(tab, way("Oui, c’est la mienne")).click()
    heading(tab, way("Adresse confirmée"))
    seen(tab)
    assert address_of_lina().confirmed_at is not None


def draft(territory: Territory, idea: Record, *, title: str = "Rentrer le soir") -> Answer:
    clock = clock_at(ANSWERING)
    theme = open_theme(
        process=territory.process, words=Words(title=title), author=territory.agent.person, clock=clock
    )
    group_contributions(contributions=[idea], theme=theme, clock=clock)
    return draft_answer(
        process=territory.process,
        subject=theme.record,
        draft=AnswerDraft(Verdict.PART, REASON, territory.official),
        author=territory.agent.person,
        clock=clock,
    )


def sign_another(territory: Territory) -> None:
    """A second answer about the same words, that would be told to her had she not stopped."""
    clock: FixedClock = clock_at(date(2026, 6, 2))
    again = draft_answer(
        process=territory.process,
        subject=Record.objects.get(kind="theme"),
        draft=AnswerDraft(Verdict.KEPT, "Oui, tous les soirs.", territory.official),
        author=territory.agent.person,
        clock=clock,
    )
    sign_answer(answer=again, signer=territory.official, clock=clock)


def read_the_answer(tab: Page, way: Way, seen) -> None:
    assert len(mail.outbox) == 2
    sent = mail.outbox[-1]
    assert sent.to == ["lina@exemple.fr"]
    assert sent.subject == way("Une réponse signée : Rentrer le soir")
    assert REASON in sent.body
    assert "Odile Vasseur-Thiry" in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    tab.goto(re.search(r"http\S+/fil/\S+", sent.body)[0])
    expect(tab.locator("html")).to_have_attribute("lang", way.language)
    expect(tab.get_by_text(way("La réponse est signée")).first).to_be_visible()
    expect(tab.locator(".answer").first).to_contain_text("Non en semaine")
    seen(tab)


def stop(tab: Page, way: Way, seen) -> None:
    """The link that every mail carries: reading it stops nothing, its one button stops all."""
    sent = mail.outbox[-1]
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert address in sent.body
    tab.goto(address)
    expect(tab.locator("html")).to_have_attribute("lang", way.language)
    heading(tab, way("Ne plus rien recevoir ?"))
    seen(tab)
    assert address_of_lina().stopped_at is None
    button(tab, way("Arrêter tous les messages")).click()
    heading(tab, way("C’est noté, plus aucun message."))
    seen(tab)
    assert address_of_lina().stopped_at is not None
