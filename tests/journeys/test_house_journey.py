"""A forum's first mandate, on the phone of a 16-year-old: from the code on the board to the next members.

Inès comes in by a code, writes the charter, holds a role, proposes a point of a meeting, has an opinion adopted, sends it,
reads the answer point by point, says what it is worth, and hands over. The others act beside her, on the day that it is.
"""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from walking import button, by_password, heading, link, told

from at_home import YES, at_home
from democratic.communities.houses.actions import join_by_code, make_code, say_on
from democratic.communities.houses.models import Charter, House, HouseMember
from democratic.participation.houses.actions import (
    PointAnswer,
    add_minority_view,
    answer_referral,
    rate_answer,
)
from democratic.participation.houses.models import Opinion, Power, Referral, ReferralRating
from democratic.people.models import AgeBand, Person
from factories import verified_account

pytestmark = [pytest.mark.browser]

FIRST = date(2026, 3, 1)


@pytest.fixture
def forum(live_territory):
    """The house is open, an adult helps, and a code for the group is on the board. Nobody came in yet."""
    return at_home(live_territory, ())


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_first_mandate_from_charter_to_hand_over(forum, live_clock, open_tab, seen, javascript):
    territory = forum.territory
    code = make_code(
        house=forum.house, uses=6, days=7, label="Le forum", by=territory.agent.person, clock=live_clock
    )
    ines = verified_account("ines@val-orbe.example", "Inès Roy")
    Person.objects.filter(pk=ines.person_id).update(age_band=AgeBand.TEENS)
    phone = open_tab(javascript=javascript, width=360)
    by_password(phone, ines.email)

    come_in(phone, seen, code.secret)
    others = the_others_come_in(code.code, live_clock)
    write_the_charter(phone, seen, others, live_clock)
    take_roles(phone, seen)
    talk(phone, seen)
    hugo = open_tab(javascript=javascript, width=360)
    by_password(hugo, "hugo@val-orbe.example")
    prepare_a_meeting(hugo, f"/conseils/{forum.house.organisation.record.code}/maison", seen)
    opinion = adopt_an_opinion(phone, seen, others, live_clock)
    send_it(phone, seen, opinion)

    live_clock.turn_to(FIRST + timedelta(days=64))
    read_that_it_is_late(phone, seen)
    the_vice_president_answers(territory, live_clock)
    say_what_it_is_worth(phone, seen, others)
    hand_the_house_over(phone, hugo, seen)

    lou = verified_account("lou@val-orbe.example", "Lou")
    next_one = open_tab(javascript=javascript, width=360)
    by_password(next_one, lou.email)
    after = make_code(house=forum.house, uses=2, days=7, label="", by=None, clock=live_clock)
    the_next_one_reads(next_one, seen, after.secret)


def fill(phone: Page, label: str, words: str) -> None:
    phone.get_by_label(label).fill(words)


def come_in(phone: Page, seen, secret: str) -> None:
    phone.goto("/conseils/rejoindre")
    seen(phone)
    fill(phone, "Le code", secret.lower())
    fill(phone, "Le nom que les autres liront", "Inès")
    button(phone, "Entrer").click()
    heading(phone, "Chez nous")
    seen(phone)
    expect(phone.locator("main")).to_contain_text("On a besoin de toi")


def the_others_come_in(code, clock) -> list[HouseMember]:
    accounts = [
        verified_account(f"{name.lower()}@val-orbe.example", "") for name in ("Hugo", "Sacha", "Noor", "Lila")
    ]
    return [
        join_by_code(code=code, account=account, name=name, clock=clock)
        for account, name in zip(accounts, ("Hugo", "Sacha", "Noor", "Lila"), strict=True)
    ]


def all_say_yes(others, adoption, clock) -> None:
    for member in others:
        say_on(adoption=adoption, member=member, position=YES, clock=clock)


def vote_and_count(phone: Page, seen, others, adoption, clock) -> None:
    seen(phone)
    button(phone, "Pour").click()
    told(phone, "C’est noté. Personne d’autre ne le voit.")
    all_say_yes(others, adoption(), clock)
    button(phone, "Compter les voix").click()


def write_the_charter(phone: Page, seen, others, clock) -> None:
    link(phone, "Écrire la charte").first.click()
    link(phone, "Écrire la charte").first.click()
    heading(phone, "Écrire la charte")
    seen(phone)
    fill(
        phone,
        "Les articles",
        "Se parler\nOn s’écoute, on ne se coupe pas.\n\nDécider\nOn vote, et chacun a une voix.",
    )
    fill(phone, "« Publier »", (FIRST + timedelta(days=30)).isoformat())
    button(phone, "Garder le projet").click()
    heading(phone, "Notre charte")
    link(phone, "Proposer à tous").click()
    seen(phone)
    button(phone, "Proposer").click()
    vote_and_count(phone, seen, others, lambda: Charter.objects.get().adoption, clock)
    expect(phone.locator("main")).to_contain_text("La version 1 est en vigueur")
    seen(phone)


def take_roles(phone: Page, seen) -> None:
    link(phone, "Rôles").first.click()
    seen(phone)
    for role, who in (("Publication", "Inès"), ("Animation", "Hugo")):
        button(phone, f"{role} : à qui est-ce le tour ?").click()
        expect(phone.locator("main")).to_contain_text(f"{role} : {who}")
    seen(phone)


def talk(phone: Page, seen) -> None:
    link(phone, "Discussions").first.click()
    link(phone, "Ouvrir une discussion").click()
    fill(phone, "De quoi on parle", "Les bus du soir")
    button(phone, "Ouvrir").click()
    fill(phone, "Mon message", "Le dernier passe à 21 h.")
    button(phone, "Envoyer").click()
    expect(phone.locator(".comments")).to_contain_text("Le dernier passe à 21 h.")
    seen(phone)
    link(phone, "Rencontres").first.click()
    link(phone, "Proposer un point").click()
    fill(phone, "De quoi parler", "Un avis sur les bus")
    button(phone, "Proposer").click()


def prepare_a_meeting(phone: Page, home: str, seen) -> None:
    """By who holds the role this time."""
    phone.goto(home)
    link(phone, "Rencontres").first.click()
    link(phone, "Fixer une rencontre").click()
    seen(phone)
    fill(phone, "Son nom", "Réunion de mars")
    fill(phone, "Le jour", (FIRST + timedelta(days=6)).isoformat())
    phone.get_by_label("De", exact=True).fill("18:00")
    phone.get_by_label("À", exact=True).fill("19:30")
    fill(phone, "Le lieu", "Salle du forum")
    button(phone, "Fixer").click()
    link(phone, "Inscrire · Un avis sur les bus").click()
    phone.get_by_label("Réunion de mars").check()
    button(phone, "Inscrire").click()
    expect(phone.locator(".house-agenda")).to_contain_text("Un avis sur les bus")
    seen(phone)


def adopt_an_opinion(phone: Page, seen, others, clock) -> Opinion:
    link(phone, "Avis").first.click()
    link(phone, "Écrire un avis").click()
    seen(phone)
    fill(phone, "L’avis, en une ligne", "Rentrer le soir sans voiture")
    fill(phone, "Ce que nous voyons", "Le dernier bus passe à 21 h, les cours du soir finissent à 22 h.")
    fill(phone, "Ce que nous demandons", "Un bus à 22 h 30.\nUn abri éclairé à la gare.\nUn train à 23 h.")
    button(phone, "Garder le brouillon").click()
    opinion = Opinion.objects.get()
    add_minority_view(opinion=opinion, member=others[0], text="Des vélos avant des bus.", clock=clock)
    link(phone, "Reprendre").click()
    fill(phone, "L’avis, en une ligne", "Rentrer le soir, sans voiture")
    button(phone, "Garder cette version").click()
    expect(phone.locator("main")).to_contain_text("version 2")
    expect(phone.locator("main")).to_contain_text("Des vélos avant des bus.")
    link(phone, "Proposer à tous").click()
    button(phone, "Proposer").click()
    vote_and_count(phone, seen, others, lambda: Opinion.objects.get().adoption, clock)
    expect(phone.locator("main")).to_contain_text("5 pour, 0 contre")
    seen(phone)
    return Opinion.objects.get()


def send_it(phone: Page, seen, opinion: Opinion) -> None:
    link(phone, "Saisir la collectivité").click()
    seen(phone)
    button(phone, "Envoyer la saisine").click()
    heading(phone, "Rentrer le soir, sans voiture")
    expect(phone.locator("main")).to_contain_text("Réponse due le 30 avril 2026")
    expect(phone.locator("main")).to_contain_text("vice-présidente, jeunesse et mobilités")
    seen(phone)
    phone.goto(f"/avis-des-conseils/{opinion.record.code}")
    expect(phone.locator("main")).to_contain_text("moins de cinq voix")
    seen(phone)


def read_that_it_is_late(phone: Page, seen) -> None:
    phone.goto(f"/saisines/{Referral.objects.get().record.code}")
    expect(phone.locator("main")).to_contain_text("4 jours de retard")
    seen(phone)


def the_vice_president_answers(territory, clock) -> None:
    answers = {
        1: PointAnswer(Power.OWN, "Un bus partira à 22 h 30 dès septembre."),
        2: PointAnswer(Power.REFUSED, "La gare n’est pas à nous, et la ligne est neuve."),
        3: PointAnswer(Power.PASSED, "Les trains sont à elle.", "La Région"),
    }
    answer_referral(
        referral=Referral.objects.get(),
        answers=answers,
        signer=territory.official,
        is_by_delegation=False,
        clock=clock,
    )


def say_what_it_is_worth(phone: Page, seen, others) -> None:
    referral = Referral.objects.get()
    phone.reload()
    expect(phone.locator("main")).to_contain_text("Transmis à La Région")
    expect(phone.locator("main")).to_contain_text("Un bus partira à 22 h 30")
    seen(phone)
    link(phone, "Les membres le disent ici").click()
    seen(phone)
    phone.get_by_role("group", name="Est-ce que cela répond").get_by_label("En partie").check()
    phone.get_by_role("group", name="À part cela").get_by_label("Oui").check()
    button(phone, "Donner ma voix").click()
    heading(phone, "Saisines")
    for member in others:
        rate_answer(
            referral=referral,
            member=member,
            answered=ReferralRating.Answered.YES,
            agrees=ReferralRating.Agrees.NO,
        )
    seen(phone)
    button(phone, "Publier ces voix · Rentrer le soir, sans voiture").click()
    expect(phone.locator("main")).to_contain_text("Oui 4, En partie 1, Non 0")
    phone.goto(f"/fil/{Opinion.objects.get().record.code}")
    expect(phone.locator("main")).to_contain_text("La collectivité a répondu, point par point")
    seen(phone)


def hand_the_house_over(phone: Page, facilitator: Page, seen) -> None:
    """One writes for the next ones, and who facilitates passes on."""
    page = f"/conseils/{House.objects.get().organisation.record.code}/passation"
    phone.goto(page)
    expect(phone.locator(".steps")).to_contain_text("fini depuis le 31 mars 2026")
    seen(phone)
    link(phone, "Écrire pour la suite").click()
    fill(phone, "Ce que les suivants doivent savoir", "Relancez la Région pour le train.")
    fill(phone, "Où sont les choses", "La clé de la salle est à l’accueil.")
    button(phone, "Garder").click()
    facilitator.goto(page)
    link(facilitator, "Passer le relais").click()
    seen(facilitator)
    button(facilitator, "Passer le relais").click()
    expect(facilitator.locator("main")).to_contain_text("Mandat 2")
    seen(facilitator)


def the_next_one_reads(phone: Page, seen, secret: str) -> None:
    phone.goto("/conseils/rejoindre")
    fill(phone, "Le code", secret)
    button(phone, "Entrer").click()
    link(phone, "ce que les membres d’avant ont laissé").click()
    heading(phone, "Passation")
    expect(phone.locator("main")).to_contain_text("Relancez la Région pour le train.")
    expect(phone.locator("main")).to_contain_text("La clé de la salle est à l’accueil.")
    expect(phone.locator("main")).to_contain_text("Les rôles sont libres.")
    expect(phone.locator("main")).to_contain_text("Publier")
    seen(phone)
    assert HouseMember.objects.filter(membership__until=None).count() == 6
