"""The first settings: states read from what is there, and left for later by someone, once."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from democratic.communities.actions import create_service
from democratic.communities.describing import Declaration, choose_appearance, describe_controller
from democratic.communities.models import Controller, MailTrial, SetAside
from democratic.communities.settling.actions import set_step_aside, take_step_up
from democratic.communities.settling.facts import Facts, MailFacts
from democratic.communities.settling.queries import facts_of, steps_of
from democratic.communities.settling.states import StepState, are_settled, judge
from democratic.communities.steps import Step
from democratic.kernel.refusals import Conflict
from democratic.thread.actions import open_authority
from democratic.thread.models import Entry
from factories import NOW
from outlines import draw

HERE, OTHER = "mail.example:587", "old.example:25"
SENT = MailTrial(server=HERE, outcome=MailTrial.Outcome.ACCEPTED)
SAID = Controller(
    legal_name="Val-d’Orbe", siret="73282932000074", postal_address="1 place", email="a@example.org",
    publication_director="Odile", hosting="La régie", officer="Ada", officer_email="dpd@example.org",
)  # fmt: skip
ALL = Facts(
    controller=SAID, has_colour=True, has_logo=True, has_outline=True, communes=2, services=1, officials=1,
    mail=MailFacts(HERE, SENT, is_confirmed=True), orders=1, published_orders=1,
)  # fmt: skip


def state_of(facts, step):
    return next(each.state for each in judge(facts) if each.step == step)


def lacks_of(facts, step):
    return [str(said) for said in next(each.lacks for each in judge(facts) if each.step == step)]


def test_of_an_authority_that_was_just_opened_nothing_is_started():
    assert {each.state for each in judge(Facts())} == {StepState.NOT_STARTED}
    assert len(judge(Facts())) <= 7


def test_when_all_is_there_all_is_done():
    assert {each.state for each in judge(ALL)} == {StepState.DONE}
    assert are_settled(judge(ALL))


@pytest.mark.parametrize(
    ("step", "changed"),
    [
        (Step.IDENTITY, {"controller": Controller(legal_name="X")}),
        (Step.LOOK, {"has_logo": False}),
        (Step.LOOK, {"has_colour": False}),
        (Step.TERRITORY, {"communes": 0}),
        (Step.TERRITORY, {"has_outline": False}),
        (Step.TEAM, {"officials": 0}),
        (Step.TEAM, {"without_titular": 1}),
        (Step.TEAM, {"services": 0}),
        (Step.MAIL, {"mail": MailFacts(HERE, SENT)}),
        (Step.MAIL, {"mail": MailFacts("", SENT, is_confirmed=True)}),
        (Step.LEGAL, {"controller": Controller(hosting="La régie")}),
        (Step.ORDER, {"published_orders": 0}),
    ],
)
def test_a_step_that_lacks_something_is_to_complete_and_says_what(step, changed):
    facts = replace(ALL, **changed)
    assert state_of(facts, step) == StepState.TO_COMPLETE
    assert lacks_of(facts, step)
    assert not are_settled(judge(facts))


def test_a_service_without_deputy_holds_nothing_up_and_is_said():
    team = next(each for each in judge(replace(ALL, without_deputy=2, invited=1)) if each.step == Step.TEAM)
    assert team.state == StepState.DONE
    assert [str(note) for note in team.notes] == [
        "2 services n’ont personne pour suppléer.",
        "1 invitation attend sa réponse.",
    ]


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        (MailFacts(), "l’hébergeur"),
        (MailFacts(HERE), "un message d’essai"),
        (MailFacts(HERE, SENT), "à ouvrir dans votre boîte"),
        (MailFacts(HERE, MailTrial(server=HERE, outcome="refused")), "un essai qui arrive"),
        (MailFacts(HERE, MailTrial(server=OTHER, outcome="accepted")), "le serveur a changé"),
    ],
)
def test_mail_says_what_it_waits_for(mail, said):
    assert said in lacks_of(replace(ALL, mail=mail), Step.MAIL)[0]


def test_the_states_are_read_from_the_database_as_it_is(territory):
    def now():
        return {each.step: each.state for each in steps_of(territory.authority, NOW)}

    assert (now()[Step.TEAM], now()[Step.ORDER]) == (StepState.DONE, StepState.DONE)
    assert (now()[Step.IDENTITY], now()[Step.TERRITORY]) == (StepState.NOT_STARTED, StepState.NOT_STARTED)
    describe_controller(
        authority=territory.authority, declared=Declaration("Val-d’Orbe"), clock=territory.clock
    )
    choose_appearance(authority=territory.authority, identity="", accent="#0b3d41", clock=territory.clock)
    draw(territory)
    assert (now()[Step.IDENTITY], now()[Step.LOOK]) == (StepState.TO_COMPLETE, StepState.TO_COMPLETE)
    assert now()[Step.TERRITORY] == StepState.DONE


def test_each_authority_has_its_own_steps(territory):
    neighbour = open_authority(slug="vaubrun", name="Vaubrun", kind_label="Commune", host="vaubrun.example")
    set_step_aside(
        authority=territory.authority, step=Step.LOOK, by=territory.agent.person, clock=territory.clock
    )
    assert {each.state for each in steps_of(neighbour, NOW)} == {StepState.NOT_STARTED}
    assert facts_of(neighbour, NOW).services == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_states_ask_a_fixed_number_of_questions(territory, count, django_assert_num_queries):
    for n in range(count):
        create_service(authority=territory.authority, name=f"Service {n}")
        set_step_aside(
            authority=territory.authority,
            step=list(Step)[n],
            by=territory.agent.person,
            clock=territory.clock,
        )
    with django_assert_num_queries(4):
        assert len(steps_of(territory.authority, NOW)) == 7


def test_who_set_a_step_aside_and_when_is_kept_from_the_first_time(territory):
    for who in (territory.agent, territory.elected):
        set_step_aside(authority=territory.authority, step=Step.LOOK, by=who.person, clock=territory.clock)
    aside = SetAside.objects.get()
    assert (aside.by, aside.at) == (territory.agent.person, NOW)
    look = next(each for each in steps_of(territory.authority, NOW) if each.step == Step.LOOK)
    assert (look.state, look.aside) == (StepState.SET_ASIDE, aside)
    take_step_up(authority=territory.authority, step=Step.LOOK)
    assert state_of(facts_of(territory.authority, NOW), Step.LOOK) == StepState.NOT_STARTED


def test_what_is_done_is_not_set_aside(territory):
    with pytest.raises(Conflict):
        set_step_aside(
            authority=territory.authority, step=Step.ORDER, by=territory.agent.person, clock=territory.clock
        )


def test_what_was_set_aside_and_is_done_since_is_done(territory):
    set_step_aside(
        authority=territory.authority, step=Step.TERRITORY, by=territory.agent.person, clock=territory.clock
    )
    draw(territory)
    assert state_of(facts_of(territory.authority, NOW), Step.TERRITORY) == StepState.DONE


def test_nothing_of_it_is_in_the_journal(territory):
    before = Entry.objects.count()
    set_step_aside(
        authority=territory.authority, step=Step.LOOK, by=territory.agent.person, clock=territory.clock
    )
    take_step_up(authority=territory.authority, step=Step.LOOK)
    assert Entry.objects.count() == before


def test_the_database_keeps_one_row_a_step(territory):
    SetAside.objects.create(authority=territory.authority, step=Step.LOOK, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SetAside.objects.create(authority=territory.authority, step=Step.LOOK, at=NOW)
