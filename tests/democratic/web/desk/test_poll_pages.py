"""A question at the desk: written, opened, changed until someone answers, counted by hand, closed."""

import pytest
from django.test import Client

from asking import answered, asked, at_closing, hidden
from conversations import plain
from democratic.participation.polls.counting import count_polls
from democratic.participation.polls.models import Poll, PollTally
from democratic.participation.processes.models import Step
from democratic.thread.actions import give_role
from democratic.thread.models import Entry, Role
from factories import staff_account

C = "/bureau/concertations/bouger/questions"


@pytest.fixture
def as_account(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)

    def sign_in(account):
        client = Client(headers={"sec-fetch-site": "same-origin"})
        client.force_login(account)
        return client

    return sign_in


@pytest.fixture
def agent(territory, as_account):
    return as_account(territory.agent)


@pytest.fixture
def other_agent(territory, as_account):
    account = staff_account("karim@val-orbe.example", "Karim", password=None)
    give_role(person=account.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock)
    return as_account(account)


def typed(territory, **more):
    stage = territory.process.stages.get(step=Step.LISTENING)
    return {
        "title": "Faut-il un bus après 22 h ?", "text": "", "options": "Oui\r\nNon\r\n", "takes_no_opinion": "on",
        "stage": str(stage.pk), "closes_on": "", "shows": "answered", **more,
    }  # fmt: skip


def test_an_agent_writes_a_question_reads_it_again_and_opens_it(territory, agent):
    assert "Aucune question posée" in plain(agent.get(C))
    kept = agent.post(f"{C}/nouvelle", typed(territory))
    poll = Poll.objects.get()
    assert kept.url == f"/bureau/questions/{poll.record.code}"
    assert Client().get(f"/questions/{poll.record.code}").status_code == 404
    opened = agent.post(f"{kept.url}/ouvrir", follow=True)
    assert "La question est publiée" in plain(opened)
    assert Client().get(f"/questions/{poll.record.code}").status_code == 200
    assert "Ouverte" in plain(agent.get(C))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_question_as_for_three(
    territory, agent, count, django_assert_num_queries
):
    for _each in range(count):
        asked(territory)
    agent.get(C)
    with django_assert_num_queries(9):
        agent.get(C)


def test_a_question_with_one_answer_is_sent_back_with_all_that_was_typed(territory, agent):
    refused = agent.post(f"{C}/nouvelle", typed(territory, options="Oui"))
    assert refused.status_code == 400
    assert "Proposez de deux à huit réponses" in plain(refused)
    assert "Faut-il un bus" in refused.content.decode()


def test_after_an_answer_changing_is_refused_with_409(territory, agent):
    poll = asked(territory)
    answered(poll, territory, 1)
    refused = agent.post(f"/bureau/questions/{poll.record.code}/modifier", typed(territory))
    assert refused.status_code == 409
    assert "ne changent plus" in plain(refused)


def test_before_any_answer_an_open_question_changes_in_public(territory, agent):
    poll = asked(territory)
    agent.post(f"/bureau/questions/{poll.record.code}/modifier", typed(territory, title="Un bus le soir ?"))
    assert Poll.objects.get().record.title == "Un bus le soir ?"
    assert Entry.objects.filter(record=poll.pk, kind="poll_changed").count() == 1


def test_closing_before_its_day_asks_for_a_public_reason(territory, agent):
    poll = asked(territory)
    path = f"/bureau/questions/{poll.record.code}/fermer"
    assert agent.post(path, {"reason": ""}).status_code == 400
    assert agent.post(path, {"reason": "La ligne est votée."}).status_code == 302
    assert Client().post(f"/questions/{poll.record.code}/repondre", {"option": "1"}).status_code in (403, 409)


def test_papers_are_entered_by_one_and_counted_again_by_another(territory, agent, other_agent):
    poll = asked(territory)
    base = f"/bureau/questions/{poll.record.code}"
    counts = {"n1": "12", "n2": "", "n3": "3"}
    agent.post(f"{base}/lots", {"origin": "paper", "batch": "Lot 1", **counts})
    verify = f"{base}/lots/{PollTally.objects.get().pk}/verifier"
    assert agent.post(verify, counts).status_code == 403
    assert "Vous ne trouvez pas les mêmes nombres" in plain(other_agent.post(verify, {**counts, "n3": "4"}))
    assert other_agent.post(verify, counts).status_code == 302
    count_polls(at_closing(poll).now())
    assert Poll.objects.get().counted["total"] == 15
    assert "sur papier, compté à la main" in plain(agent.get(base))


def test_the_desk_knows_no_hidden_total_before_closing(territory, agent, other_agent):
    poll = hidden(territory)
    answered(poll, territory, *[1] * 37)
    base = f"/bureau/questions/{poll.record.code}"
    agent.post(f"{base}/lots", {"origin": "paper", "batch": "Lot 1", "n1": "23"})
    verify = f"{base}/lots/{PollTally.objects.get().pk}/verifier"
    for page in (agent.get(base), agent.get(C), other_agent.get(verify)):
        assert "37" not in plain(page)
    assert "personne ne le connaît" in plain(agent.get(base))
    assert 'value="23"' not in other_agent.get(verify).content.decode()


def test_an_elected_person_and_a_citizen_do_not_ask_questions(territory, as_account):
    assert as_account(territory.elected).get(C).status_code == 403
    assert as_account(territory.citizen).get(C).status_code == 403
    assert Client().get(C).status_code == 302
