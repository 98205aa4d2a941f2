"""« Participer », the orders and one order: what is asked, what may change, who answers, when."""

import re
from datetime import date

import pytest

from democratic.participation.mandates.actions import Order, draft_mandate
from democratic.participation.mandates.models import Level
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.participation.processes.actions import Promise, open_process
from democratic.thread.actions import Words, open_authority, withdraw_by_authority
from factories import FIRST_DAY, clock_at
from reading_course import IN_ACTION, IN_LISTENING


def opened(territory, day, title):
    return open_process(
        mandate=territory.mandate,
        words=Words(title=title, text="Que faire ?"),
        promise=Promise("Ce que vous voulez.", "Chaque parole a sa réponse.", "Rien."),
        first_day=day,
        slug=title.lower(),
        clock=clock_at(day),
        author=None,
    )


def titles(page):
    return re.findall(r'<h3><a href="/(?:concertations|commandes)/[^"]+">([^<]+)</a>', page)


def test_where_one_can_speak_today_comes_first_then_what_runs_then_what_is_over(territory, read):
    opened(territory, date(2024, 1, 1), "Finie")
    opened(territory, date(2026, 2, 20), "Commandée")
    assert titles(read("/participer", IN_LISTENING)) == ["Bouger à 15-25 ans", "Commandée", "Finie"]


def test_a_card_says_phase_days_left_voices_and_what_was_promised(territory, read):
    territory.say()
    card = re.search(r'<article class="card">.*?</article>', read("/participer", IN_LISTENING), re.DOTALL)[0]
    for said in ("Écoute en cours", "plus que 28 jours", "<b>1</b> voix", "sur le web", "Dire une idée"):
        assert said in card
    assert "Réponse promise pour le 12 juin" in card


def test_a_late_answer_is_said_on_the_card(territory, read):
    assert "Réponse promise le 12 juin : 38 jours de retard" in read("/participer", IN_ACTION)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_eight_questions_whatever_its_length(territory, read, count, django_assert_num_queries):
    for n in range(count - 1):
        opened(territory, FIRST_DAY, f"P{n}")
    read("/mentions-legales")
    with django_assert_num_queries(8):
        assert len(titles(read("/participer"))) == count


def test_a_long_list_is_paged_and_ends(territory, read):
    for n in range(13):
        opened(territory, date(2025, 1, 1 + n), f"P{n}")
    first, second = read("/participer"), read("/participer?page=2")
    assert (len(titles(first)), len(titles(second))) == (12, 2)
    assert not set(titles(first)) & set(titles(second))
    assert 'rel="next" href="/participer?page=2"' in first
    assert 'rel="prev" href="/participer"' in second
    assert "13 à 14 sur 14" in second
    read("/participer?page=3", status=404)


@pytest.mark.parametrize("page", ["abc", "-1", "0", "", "1e3", "99999", "²", "1%00"])
def test_a_page_number_that_is_none_shows_the_first_page(territory, read, page):
    assert titles(read(f"/participer?page={page}")) == ["Bouger à 15-25 ans"]


def test_a_page_past_all_bounds_does_not_exist(territory, read):
    read("/participer?page=501", status=404)


def test_an_authority_without_anything_says_what_why_and_who(db, read):
    open_authority(slug="neuve", name="Neuve", kind_label="la Commune")
    page = read("/participer")
    assert "Aucune concertation n’est encore ouverte" in page
    assert 'class="btn" href="/commandes"' in page
    assert "Aucune commande n’est encore publiée" in read("/commandes")


def test_an_order_says_what_may_change_who_asked_the_power_promised_and_the_money(territory, read):
    page = read(f"/commandes/{territory.mandate.record.code}")
    for said in (
        "L’assemblée demande un plan.",
        "Les lignes, les horaires, les tarifs.",
        "Le budget voté et les trains.",
        "L’assemblée départementale",
        "le 12 janvier 2026",
        "Les 15-25 ans des quatre cantons",
        "840 000 €",
        "Odile Vasseur-Thiry",
        "Service jeunesse",
    ):
        assert said in page, said
    assert '<li aria-current="true">Concerter</li>' in page
    assert 'href="/concertations/bouger"' in page
    assert f'href="/fil/{territory.mandate.record.code}"' in page


def test_an_order_says_each_postponement_of_its_answer_with_its_reason(territory, read):
    postpone(
        obligation=obligation_of(territory.process.record, Owed.ANSWER),
        new_on=date(2026, 7, 1),
        reason="Paroles de rue arrivées tard.",
        function="Service jeunesse",
        clock=territory.clock,
    )
    page = read(f"/commandes/{territory.mandate.record.code}", date(2026, 6, 22))
    assert "Réponse promise le 12 juin : 10 jours de retard" in page
    assert "repoussée du 12 juin au 1er juillet. Motif : Paroles de rue arrivées tard." in page


def test_an_order_that_was_withdrawn_stays_under_its_line(territory, read):
    withdraw_by_authority(
        record=territory.mandate.record, reason="Vote annulé.", function="Présidence", clock=territory.clock
    )
    page = read(f"/commandes/{territory.mandate.record.code}")
    assert "par Présidence. Motif : Vote annulé." in page
    assert "L’assemblée demande un plan." in page
    assert "state--withdrawn" in read("/commandes")


@pytest.mark.parametrize("page", ["/concertations/bouger", "/concertations/bouger/dire"])
def test_a_process_says_that_its_order_was_withdrawn_and_what_is_still_owed(territory, read, page):
    listening = date(2026, 3, 1)
    assert "a été retirée" not in read(page, listening)
    withdraw_by_authority(
        record=territory.mandate.record,
        reason="Vote <b>annulé.",
        function="Présidence",
        clock=territory.clock,
    )
    shown = read(page, listening)
    assert "par Présidence. Motif : Vote &lt;b&gt;annulé." in shown
    assert "chaque parole attend sa réponse" in shown
    territory.say("Un bus de plus.")  # an order that is withdrawn silences nobody


def test_an_order_without_a_process_says_who_will_answer_and_then_that_nobody_was_asked(territory, read):
    alone = drafted(territory, "Commande sans suite")
    type(alone.record).objects.filter(pk=alone.pk).update(visibility="public")
    path = f"/commandes/{alone.record.code}"
    assert "la donnera le 1er mai" in read(path, IN_LISTENING)
    assert "rien n’a encore été demandé à personne" in read(path, IN_ACTION)


def drafted(territory, title):
    return draft_mandate(
        authority=territory.authority,
        words=Words(title=title, text="Texte."),
        order=Order(
            ordered_by="La commission", ordered_on=date(2026, 1, 5), decidable="Oui.", not_decidable="Non.",
            level=Level.CONSULT, aimed_at="Tout le monde", answer_due_on=date(2026, 5, 1),
            answerer=territory.official, service=territory.service,
        ),
        author=territory.agent.person,
        clock=clock_at(FIRST_DAY),
    )  # fmt: skip


def test_a_draft_is_nowhere_not_even_by_its_code(territory, read):
    draft = drafted(territory, "Commande secrète")
    read(f"/commandes/{draft.record.code}", status=404)
    assert "Commande secrète" not in read("/commandes")


def test_the_latest_order_comes_first(territory, read):
    other = drafted(territory, "Une commande plus ancienne")
    type(other.record).objects.filter(pk=other.pk).update(visibility="public")
    assert titles(read("/commandes")) == ["Améliorer la mobilité des 15-25 ans", "Une commande plus ancienne"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_orders_asks_four_questions(territory, read, count, django_assert_num_queries):
    for n in range(count - 1):
        other = drafted(territory, f"Commande {n}")
        type(other.record).objects.filter(pk=other.pk).update(visibility="public")
    read("/mentions-legales")
    with django_assert_num_queries(4):
        assert len(titles(read("/commandes"))) == count


def test_a_code_typed_loosely_leads_to_the_right_address(territory, client, on_day):
    on_day()
    code = territory.mandate.record.code
    moved = client.get(f"/commandes/{code.lower().replace('-', '')}")
    assert (moved.status_code, moved.headers["Location"]) == (302, f"/commandes/{code}")


@pytest.mark.parametrize("code", ["K7P-4RM", "zzz", "1" * 300, "%F0%9F%92%A9", "..%2f..%2f"])
def test_a_code_of_nothing_is_not_found(territory, read, code):
    read(f"/commandes/{code}", status=404)


def test_an_idea_is_not_an_order(territory, read):
    read(f"/commandes/{territory.say().idea.record.code}", status=404)
