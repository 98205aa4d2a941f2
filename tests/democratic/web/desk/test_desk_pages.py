"""What the desk shows to an agent and to an official: what waits, what is late, what comes; and nothing more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.utils.html import strip_tags

from courses import answered, decided, grouped, planned, promised, said, shown
from democratic.participation.answers.actions import AnswerDraft, declare_inadmissible, draft_answer
from democratic.participation.answers.models import Verdict
from democratic.participation.mandates.actions import Order, draft_mandate
from democratic.participation.mandates.models import Level
from democratic.participation.meetings.actions import Moment, announce_meeting
from democratic.participation.processes.models import Step
from democratic.thread.actions import Words, withdraw_by_authority
from democratic.web.desk.forms.meetings import MeetingForm, MeetingReportForm
from democratic.web.desk.forms.orders import MandateForm, StageForm
from democratic.web.desk.forms.preparing import (
    CopyForm,
    DatesForm,
    NewProcessForm,
    PrivacyForm,
    PromiseForm,
    ScheduleForm,
)
from democratic.web.desk.forms.preparing import (
    WorkForm as ExpectedForm,
)
from democratic.web.desk.forms.works import DecisionForm, EvidenceForm, WorkForm
from democratic.web.desk.groups import grouped as groups_of
from democratic.web.desk.todo import greeting
from factories import clock_at
from reading_course import SetClock, meeting_on

SUMMER = date(2026, 7, 20)


@pytest.fixture
def desk(territory, client, monkeypatch):
    """Read a page of the desk as an agent, or as an élue, on a day; blanks folded, unbreakable ones made ordinary."""

    def read(path, account=None, day=SUMMER, status=200):
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", SetClock(day))
        client.force_login(account or territory.agent)
        page = client.get(path)
        assert page.status_code == status, (path, page.status_code)
        html = page.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").replace("&#x27;", "'")
        return " ".join(html[html.index("<main") : html.index("</main>")].split())

    return read


def drafted(territory, subject):
    return draft_answer(
        process=territory.process,
        subject=subject,
        draft=AnswerDraft(Verdict.PART, "Oui le week-end.", territory.official),
        author=None,
        clock=territory.clock,
    )


def drafted_order(territory, title="Se nourrir bien"):
    return draft_mandate(
        authority=territory.authority,
        words=Words(title=title, text="Un plan pour les cantines."),
        order=Order(
            ordered_by="Le conseil", ordered_on=date(2026, 2, 1), decidable="Les menus.", not_decidable="Le prix.",
            level=Level.CONSULT, aimed_at="Les élèves", answer_due_on=date(2026, 9, 1),
            answerer=territory.official, service=territory.service,
        ),
        author=territory.agent.person,
        clock=territory.clock,
    )  # fmt: skip


# --- the first page


def test_what_waits_for_an_agent_is_numbered_the_nearest_to_the_public_first(territory, desk):
    drafted(territory, grouped(territory, said(territory, 2)).record)
    grouped(territory, said(territory, 1, text="Les vélos ?"), title="Vélos")
    territory.say("Sans sujet.")
    drafted_order(territory)
    meeting_on(territory, date(2026, 7, 1), "Cyber-débat")
    page = desk("/bureau")
    waiting = [
        "Faire signer la réponse : Rentrer le soir", "Publier la commande : Se nourrir bien",
        "Publier le compte rendu : Cyber-débat", "Répondre à un sujet", "Rapprocher une parole d’un sujet",
    ]  # fmt: skip
    places = [page.index(f"<h3>{line}") for line in waiting]
    assert places == sorted(places)
    assert "Bonjour Nathalie. Cinq choses à faire." in page


@pytest.mark.parametrize(
    ("count", "words"), [(0, "Rien ne presse."), (1, "Une chose"), (6, "Six choses"), (12, "12 choses")]
)
def test_the_greeting_counts_in_words_what_can_be_counted_on_the_fingers(count, words):
    assert words in greeting("Nathalie", count)


def test_nothing_to_do_is_said_and_says_what_would_come(territory, desk):
    page = desk("/bureau")
    assert ("Rien ne presse." in page, "Ce qui arrive se posera ici." in page) == (True, True)


def test_an_official_sees_her_own_signatures_and_no_act_of_the_agents(territory, desk):
    drafted(territory, grouped(territory, said(territory, 2)).record)
    territory.say("Sans sujet.")
    page = desk("/bureau", territory.elected)
    assert ("Signer la réponse : Rentrer le soir" in page, "Une chose à faire." in page) == (True, True)
    for act in ("Nouvelle commande", "Reporter", "Mettre à jour", "Rapprocher"):
        assert act not in page


def test_what_is_late_counts_from_its_first_date_and_says_that_everyone_sees_it(territory, desk):
    promised(territory, decided(territory, answered(territory, said(territory, 1)[0])), due=date(2026, 7, 10))
    page = desk("/bureau")
    assert ("10 jours de retard" in page, "Un retard est visible de tous" in page) == (True, True)
    assert "10 jours de retard" not in desk("/bureau", day=date(2026, 7, 10))


def test_what_was_withdrawn_in_public_is_no_longer_owed(territory, desk):
    commitment = promised(territory, decided(territory, answered(territory, said(territory, 1)[0])))
    planned(territory, commitment)
    assert "Recruter deux conducteurs" in desk("/bureau")
    withdraw_by_authority(
        record=commitment.record, reason="Annulé.", function="Service", clock=territory.clock
    )
    page = desk("/bureau")
    assert (commitment.record.title in page, "Recruter deux conducteurs" in page) == (False, False)


def test_what_comes_in_two_weeks_is_on_the_line(territory, desk):
    meeting_on(territory, SUMMER + timedelta(days=5), "Quel tracé ?")
    meeting_on(territory, SUMMER + timedelta(days=50), "Bien plus tard")
    page = strip_tags(desk("/bureau").replace("<", " <"))
    assert ("samedi 25 juillet, 19 h" in page, "Bien plus tard" in page) == (True, False)


def test_what_was_said_with_hostile_words_is_shown_as_words(territory, desk):
    territory.say("<script>alert(1)</script> & « oui »")
    for path in ("/bureau", "/bureau/concertations/bouger/sujets", "/bureau/concertations/bouger/reponses"):
        page = desk(path)
        assert ("&lt;script&gt;" in page, "<script>alert" in page) == (True, False)


def test_a_neighbour_s_agent_is_nobody_here(territory, desk):
    from factories import build_territory  # noqa: PLC0415 - a second authority, for this test alone

    desk("/bureau", build_territory(slug="voisin", host="voisin.example").agent, status=403)


# --- the same number of questions for one and for three


@pytest.fixture
def filled(territory):
    def fill(count):
        ideas = said(territory, count)
        theme = grouped(territory, ideas)
        decision = decided(territory, answered(territory, theme.record))
        for n in range(count):
            commitment = promised(territory, decision, title=f"Le bus N{n}")
            planned(territory, commitment, title=f"Recruter {n}")
            shown(commitment.record, title=f"Comptage {n}")
            meeting_on(territory, SUMMER + timedelta(days=n + 1), f"Rencontre {n}")
            territory.say(f"Sans sujet {n}.")
            grouped(territory, [], title=f"Vide {n}")
            drafted_order(territory, f"Commande {n}")
        return commitment.record.code, territory.mandate.record.code

    return fill


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), sorted({
    "/bureau": 11,
    "/bureau/concertations/bouger": 12,
    "/bureau/concertations/bouger/sujets": 10,
    "/bureau/concertations/bouger/reponses": 12,
    "/bureau/engagements/{commitment}": 11,
    "/bureau/commandes/{mandate}": 9,
}.items()))  # fmt: skip
def test_pages_of_the_desk_ask_a_fixed_number_of_questions(
    territory, filled, desk, client, page, queries, count, django_assert_num_queries
):
    commitment, mandate = filled(count)
    path = page.format(commitment=commitment, mandate=mandate)
    desk(path)
    with django_assert_num_queries(queries):
        client.get(path)


# --- forms


def every_form(territory):
    authority = territory.authority
    return (
        MandateForm(authority), NewProcessForm(), PromiseForm(), DatesForm([Step.LISTENING]), ExpectedForm(),
        PrivacyForm(), ScheduleForm(), CopyForm([]), StageForm(), DecisionForm([]), WorkForm(authority), EvidenceForm(),
        MeetingForm(), MeetingReportForm(),
    )  # fmt: skip


def test_every_field_of_a_form_is_asked_once(territory):
    for form in every_form(territory):
        asked = [field.name for _group, fields in groups_of(form) for field in fields]
        assert sorted(asked) == sorted(form.fields), type(form).__name__


def test_a_form_without_groups_is_one(territory):
    class Plain(forms.Form):
        reason = forms.CharField()

    ((group, fields),) = groups_of(Plain())
    assert (group.title, [field.name for field in fields]) == ("", ["reason"])


def test_a_form_says_before_it_is_sent_whether_it_will_be_public(territory, desk):
    assert "rien n’est public encore" in desk("/bureau/commandes/nouvelle")
    assert "Public dès que vous publiez" in desk("/bureau/concertations/bouger/decisions/nouvelle")


def test_a_form_says_where_it_stands_between_the_order_and_the_evidence(territory, desk):
    page = desk("/bureau/concertations/bouger/sujets/nouveau")
    assert '<li aria-current="step"><b>Sujet</b>' in page


# --- one process


def test_words_out_of_the_field_are_no_longer_offered_to_be_grouped(territory, desk):
    outside = territory.say("Le nucléaire ?").idea.record
    territory.say("Un bus le soir.")
    declare_inadmissible(contribution=outside, reason="Pas ici.", function="Service", clock=territory.clock)
    page = desk("/bureau/concertations/bouger/sujets")
    assert ("Un bus le soir." in page, "nucléaire" in page) == (True, False)
    page = desk("/bureau/concertations/bouger/sujets?sujet=hors-champ")
    assert ("Un bus le soir." in page, "nucléaire" in page) == (False, True)
    back = f"/bureau/paroles/{outside.code}/dans-le-champ"
    assert f'href="{back}"' in page
    assert 'type="checkbox"' not in page
    assert "une réponse lui est due" in desk(back)


def test_words_are_found_and_turned_page_by_page_within_a_theme(territory, desk):
    theme = grouped(territory, said(territory, 31, text="Un bus le soir"))
    territory.say("Un bus ailleurs.")
    first = desk(f"/bureau/concertations/bouger/sujets?sujet={theme.record.code}&q=bus")
    after = first.split("?apres=")[1].split('"')[0].replace("&amp;", "&")
    second = desk(f"/bureau/concertations/bouger/sujets?apres={after}")
    assert (first.count('type="checkbox"'), second.count('type="checkbox"')) == (30, 1)
    assert "ailleurs" not in first + second


def test_the_promised_answer_can_be_put_off_as_long_as_it_is_owed(territory, desk):
    assert "Reporter cette date" in desk("/bureau/concertations/bouger")
    answered(territory, said(territory, 1)[0])
    assert "Reporter cette date" not in desk("/bureau/concertations/bouger")


def test_a_meeting_that_was_held_asks_for_its_report_until_it_is_given(territory, desk):
    meeting = announce_meeting(
        process=territory.process,
        words=Words(title="Rencontre de Vaubrun"),
        moment=Moment(
            datetime(2026, 4, 1, 17, tzinfo=UTC), datetime(2026, 4, 1, 19, tzinfo=UTC), "Vaubrun", seats=()
        ),
        author=None,
        clock=clock_at(date(2026, 3, 1)),
    )
    path = f"/bureau/rencontres/{meeting.record.code}/compte-rendu"
    assert path in desk("/bureau/concertations/bouger")
    assert path not in desk("/bureau/concertations/bouger", day=date(2026, 3, 30))
    assert path not in desk("/bureau/concertations/bouger", territory.elected)


def test_an_official_reads_the_work_and_is_offered_none_of_its_acts(territory, desk):
    commitment = promised(territory, decided(territory, answered(territory, said(territory, 1)[0])))
    code = commitment.record.code
    for path in (
        "/bureau/concertations/bouger",
        "/bureau/concertations/bouger/reponses",
        f"/bureau/engagements/{code}",
    ):
        page = desk(path, territory.elected)
        for act in (
            "Déplacer",
            "Publier une décision",
            "Prendre un engagement",
            "Mettre à jour",
            "Reporter",
            "Remplacer",
        ):
            assert act not in page, (path, act)


def test_a_withdrawn_commitment_says_so_and_offers_nothing_more(territory, desk):
    commitment = promised(territory, decided(territory, answered(territory, said(territory, 1)[0])))
    planned(territory, commitment)
    withdraw_by_authority(
        record=commitment.record, reason="Le marché est annulé.", function="Service", clock=territory.clock
    )
    page = desk(f"/bureau/engagements/{commitment.record.code}")
    assert ("Le marché est annulé." in page, "Mettre à jour" in page, "Prévoir une action" in page) == (
        True,
        False,
        False,
    )


def test_a_decision_can_be_withdrawn_from_its_consultation_and_is_then_listed_no_more(territory, desk):
    decision = decided(territory, answered(territory, said(territory, 1)[0]))
    way = f"/bureau/retirer/{decision.record.code}"
    assert (way in desk("/bureau/concertations/bouger"), "Publier le retrait" in desk(way)) == (True, True)
    withdraw_by_authority(
        record=decision.record, reason="Annulée.", function="Service", clock=territory.clock
    )
    assert way not in desk("/bureau/concertations/bouger")


def test_a_signed_answer_can_be_replaced_or_withdrawn_in_public_alone(territory, desk):
    answer = answered(territory, said(territory, 1)[0])
    page = desk(f"/bureau/reponses/{answer.record.code}")
    assert ("stamp--seal" in page, "Modifier le brouillon" in page) == (True, False)
    assert ("Écrire une réponse qui la remplace" in page, "Retirer en public" in page) == (True, True)


def test_the_board_proposes_what_looks_alike_and_one_tap_groups_it(territory, desk, client):
    ideas = [territory.say(f"Le dernier bus du samedi soir part trop tôt {n}").idea.record for n in ("", "!")]
    theme = grouped(territory, [])
    page = desk("/bureau/concertations/bouger/sujets")
    assert "Se ressemblent (proposé automatiquement)" in page
    codes = [idea.code for idea in ideas]
    client.post(
        "/bureau/concertations/bouger/sujets", {"code": codes, "theme": theme.record.code},
        headers={"sec-fetch-site": "same-origin"},
    )  # fmt: skip
    assert set(theme.record.grouped.values_list("code", flat=True)) == set(codes)
    assert "Se ressemblent" not in desk("/bureau/concertations/bouger/sujets")
