"""A word is signalled by a stranger, judged by one person, contested by its author and judged again by another.

Nothing happens in silence: each of them is told, and everybody reads both decisions.
"""

import csv
import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from walking import Way, button, by_password, heading, told

from democratic.people.actions import leave_address, prove_address
from democratic.people.models import Account
from democratic.stewardship.models import Appeal, Notice, Ruling
from democratic.thread.models import Record
from moderating import Bench, open_bench

pytestmark = [pytest.mark.browser]

WORDS = "Cette élue est une voleuse !"
WHY = {"fr": "C’est une accusation sans preuve.", "en": "An accusation without a proof."}
CONTESTS = {"fr": "Je reprenais le titre du journal.", "en": "I was quoting the headline."}
FACTS = {
    "fr": "Le texte accuse une personne, sans fait à l’appui.",
    "en": "It accuses someone, without a fact.",
}
AGAIN = {"fr": "Le texte reprend un titre de presse.", "en": "It repeats a headline."}
WITNESS = "temoin@example.org"


@pytest.fixture
def bench(live_territory) -> Bench:
    return open_bench(live_territory)


@pytest.fixture
def author(live_territory) -> Account:
    """She reads her messages: she is told like anybody."""
    account, clock = live_territory.citizen, live_territory.clock
    address = leave_address(
        person=account.person, email=account.email, purpose="notices", wording="…", language="fr", clock=clock
    )
    prove_address(address=address, clock=clock)
    return account


def test_a_word_is_signalled_judged_contested_and_judged_again_by_another_person(
    bench, author, live_clock, open_phone, open_tab, catch_up, seen, way
):
    said = bench.territory.say(WORDS, author=author.person).idea.record

    def reader(account: Account) -> Page:
        tab = open_tab(javascript=way.javascript)
        by_password(tab, account.email)
        return tab

    stranger = open_phone()
    secret = signal(stranger, way, seen, said, catch_up)
    first, second, writer = reader(bench.first), reader(bench.second), reader(author)

    decide(first, way, seen, said)
    catch_up()
    both_are_told_apart(author.email)
    learn_what_was_decided(stranger, way, seen, secret)

    contest(writer, way, seen, said)
    the_first_person_may_not_answer(first, way, seen)
    answer(second, way, seen)
    catch_up()
    assert {sent.to[0] for sent in mail.outbox[-2:]} == {author.email, WITNESS}

    everyone_reads_both(open_phone(), way, seen, said)


def press(tab: Page, way: Way, words: str) -> None:
    button(tab, way(words)).click()


def signal(tab: Page, way: Way, seen, said: Record, catch_up) -> str:
    """On her phone, without an account; the key is shown once, and her address confirmed by the message."""
    tab.goto(way.at(f"/idees/{said.code}"))
    tab.get_by_role("link", name=way("Signaler cette parole")).click()
    seen(tab)
    press(tab, way, "Envoyer le signalement")
    expect(tab.get_by_role("alert").first).to_be_visible()
    seen(tab)
    tab.locator("[name=rule][value=insult_or_hate]").check()
    tab.locator("[name=explanation]").fill(WHY[way.language])
    tab.locator("[name=email]").fill(WITNESS)
    tab.locator("[name=is_15]").check()
    press(tab, way, "Envoyer le signalement")
    heading(tab, way("Votre signalement est reçu"))
    seen(tab)
    secret = tab.locator("#secret").inner_text().strip()
    catch_up()
    tab.goto(re.search(r"https?://\S+", mail.outbox[-1].body)[0])
    press(tab, way, "Oui, c’est la mienne")
    heading(tab, way("Adresse confirmée"))
    follow(tab, way, seen, secret, way("Une personne doit encore le lire."))
    return secret


def follow(tab: Page, way: Way, seen, secret: str, state: str) -> None:
    tab.goto(way.at("/signalement"))
    tab.locator("[name=secret]").fill(secret)
    press(tab, way, "Voir ce qu’il devient")
    expect(tab.locator("main")).to_contain_text(state)
    seen(tab)


def decide(tab: Page, way: Way, seen, said: Record) -> None:
    """From the queue: the word, what is said of it, then one decision with its rule and its facts."""
    tab.goto(way.at("/bureau/moderation"))
    heading(tab, way("La modération"))
    seen(tab)
    tab.get_by_role("link", name=re.compile(way("Lire et décider"))).click()
    expect(tab.locator("main")).to_contain_text(WHY[way.language])
    expect(tab.locator("main")).not_to_contain_text(WITNESS)
    seen(tab)
    tab.locator("[name=outcome][value=hidden]").check()
    press(tab, way, "Publier la décision")
    expect(tab.get_by_role("alert").first).to_be_visible()
    tab.locator("[name=facts]").fill(FACTS[way.language])
    press(tab, way, "Publier la décision")
    told(tab, way("C’est décidé, et public. Les personnes concernées le sauront."))
    expect(tab.locator("main")).to_contain_text(FACTS[way.language])
    seen(tab)
    assert Notice.objects.get().state == "followed"
    assert Record.objects.get(pk=said.pk).visibility == "hidden"


def both_are_told_apart(email: str) -> None:
    """The author reads why and how to contest; the other what became of it; neither learns who the other is."""
    sent = {message.to[0]: message.body for message in mail.outbox[-2:]}
    code = Ruling.objects.get().record.code
    assert set(sent) == {email, WITNESS}
    assert all(f"/moderation/{code}" in body for body in sent.values())
    assert not any(why in sent[email] for why in WHY.values())
    assert WORDS not in sent[WITNESS]


def learn_what_was_decided(tab: Page, way: Way, seen, secret: str) -> None:
    follow(tab, way, seen, secret, FACTS[way.language])


def contest(tab: Page, way: Way, seen, said: Record) -> None:
    """Where her words stood, a line leads to the decision, and the decision to its remedy."""
    tab.goto(way.at(f"/idees/{said.code}"))
    heading(tab, way("Cette parole n’est plus publiée"))
    expect(tab.locator("main")).not_to_contain_text(WORDS)
    seen(tab)
    tab.get_by_role("link", name=way("La décision, ses raisons, la contester")).click()
    tab.get_by_role("link", name=way("Contester cette décision")).click()
    seen(tab)
    tab.locator("[name=text]").fill(CONTESTS[way.language])
    press(tab, way, "Envoyer le recours")
    told(tab, way("Votre recours est reçu. Une autre personne va l’examiner."))
    seen(tab)
    assert Appeal.objects.get().state == "open"


def the_first_person_may_not_answer(tab: Page, way: Way, seen) -> None:
    code = Ruling.objects.get().record.code
    tab.goto(way.at(f"/bureau/moderation/recours/{code}"))
    expect(tab.locator("main")).to_contain_text(way("une autre personne examine le recours"))
    expect(button(tab, way("Publier la réponse"))).to_have_count(0)
    seen(tab)


def answer(tab: Page, way: Way, seen) -> None:
    tab.goto(way.at("/bureau/moderation?quoi=recours"))
    seen(tab)
    tab.get_by_role("link", name=re.compile(way("Examiner"))).click()
    expect(tab.locator("main")).to_contain_text(CONTESTS[way.language])
    seen(tab)
    tab.locator("[name=outcome][value=kept]").check()
    tab.locator("[name=facts]").fill(AGAIN[way.language])
    press(tab, way, "Publier la réponse")
    told(tab, way("Le recours a sa réponse, et elle est publique."))
    seen(tab)
    first, second = Ruling.objects.order_by("record__happened_at", "pk")
    assert second.ruled_by != first.ruled_by
    assert Appeal.objects.get().state == "overturned"


def everyone_reads_both(tab: Page, way: Way, seen, said: Record) -> None:
    tab.goto(way.at(f"/idees/{said.code}"))
    expect(tab.locator("main")).to_contain_text(WORDS.removesuffix(" !"))
    tab.goto(way.at("/moderation?annee=2026"))
    seen(tab)
    for words in ("Annulée après recours", "Remise en ligne"):
        expect(tab.locator("main")).to_contain_text(way(words))
    got = tab.request.get(way.at("/moderation/2026.csv"))
    lines = list(csv.DictReader(got.body().decode("utf-8-sig").splitlines()))
    assert [(line["outcome"], line["after_appeal"], line["decided_automatically"]) for line in lines] == [
        ("hidden", "overturned", "no"), ("kept", "", "no"),
    ]  # fmt: skip
    assert (lines[0]["facts"], lines[1]["second_to"]) == (FACTS[way.language], lines[0]["code"])
    assert WORDS not in got.text()
