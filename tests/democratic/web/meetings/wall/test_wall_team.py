"""Who runs the meeting sorts the wall; who answers approves, promises, owes; the others find nothing there."""

from datetime import date

import pytest

from at_the_wall import AFTER, ELUE, IN_IT, asked, closed, team
from conversations import plain
from democratic.participation.commitments.models import Commitment
from democratic.participation.meetings.models import TeamRole
from democratic.participation.meetings.wall.actions import call_question, read_questions_first
from democratic.participation.meetings.wall.models import SpokenAnswer, WallQuestion
from democratic.participation.obligations.models import Obligation
from democratic.thread.models import Opening
from factories import staff_account


@pytest.fixture
def facilitator(reader, territory, meeting):
    client = reader()
    client.force_login(territory.agent)
    return client


@pytest.fixture
def elue(reader, territory, meeting):
    client = reader()
    client.force_login(territory.elected)
    return client


@pytest.fixture
def sorting(meeting):
    return f"/rencontres/{meeting.record.code}/direct/questions"


@pytest.fixture
def card(meeting):
    return f"/rencontres/{meeting.record.code}/direct/repondre"


def state_of(question):
    return WallQuestion.objects.select_related("record").get(pk=question.pk).record.state


def test_only_the_team_enters_its_screens(client, reader, territory, meeting, sorting, card):
    for path in (sorting, card):
        assert client.get(path).status_code == 302
        stranger = reader()
        stranger.force_login(territory.citizen)
        assert stranger.get(path).status_code == 404


def test_an_aide_who_is_no_agent_writes_and_publishes_by_delegation_and_sorts_nothing(
    reader, meeting, sorting, card
):
    aide = staff_account("aide@val-orbe.example", "Aide")
    team(meeting, aide.person, TeamRole.AIDS, "collaboratrice")
    question = asked(meeting)
    client = reader()
    client.force_login(aide)
    assert client.get(sorting).status_code == 404
    page = plain(client.get(f"{card}?question={question.record.code}"))
    assert "par délégation" in page
    done = client.post(
        f"{card}/{question.record.code}/publier",
        {"text": "Oui.", "function": f"Odile Vasseur-Thiry, {ELUE}"},
        follow=True,
    )
    assert "La réponse est publiée." in plain(done)
    answer = SpokenAnswer.objects.get()
    assert (answer.is_by_delegation, answer.state) == (True, "approved")
    told = plain(client.get(f"/questions-de-rencontre/{question.record.code}"))
    assert "vice-présidente, jeunesse et mobilités, par délégation" in told


def test_the_wall_is_sorted_merged_and_put_to_the_debate(facilitator, meeting, sorting):
    stays, goes = asked(meeting, "Combien coûte un arrêt ?"), asked(meeting, "Quel prix ?")
    page = plain(facilitator.get(sorting))
    assert "Combien coûte un arrêt ?" in page
    codes = [stays.record.code, goes.record.code]
    done = facilitator.post(f"{sorting}/rapprocher", {"choix": codes}, follow=True)
    assert "Rapprochées de « Combien coûte un arrêt ?" in plain(done)
    assert (state_of(stays), state_of(goes)) == ("published", "merged")
    assert "Elles demandent la même chose." in plain(
        facilitator.get(f"/questions-de-rencontre/{goes.record.code}")
    )
    facilitator.post(f"{sorting}/{stays.record.code}/appeler")
    assert state_of(stays) == "current"
    facilitator.post(f"{sorting}/{stays.record.code}/remettre")
    facilitator.post(f"{sorting}/{goes.record.code}/separer")
    assert (state_of(stays), state_of(goes)) == ("published", "published")
    assert facilitator.post(f"{sorting}/{stays.record.code}/autre-chose").status_code == 404


def test_one_question_ticked_merges_nothing_and_says_so(facilitator, meeting, sorting):
    question = asked(meeting)
    done = facilitator.post(f"{sorting}/rapprocher", {"choix": [question.record.code]}, follow=True)
    assert "Cochez au moins deux questions." in plain(done)


def test_what_waits_is_published_from_the_sorting_screen(facilitator, meeting, sorting):
    facilitator.post(f"{sorting}/relire", {"vers": "oui"})
    meeting.refresh_from_db()
    assert meeting.reads_questions_first
    question = asked(meeting, "À relire ?")
    assert "À relire ?" in plain(facilitator.get(sorting))
    facilitator.post(f"{sorting}/{question.record.code}/publier")
    assert state_of(question) == "published"


def test_a_binned_question_is_read_with_its_reason_and_contested(
    facilitator, client, reader, meeting, sorting, wall
):
    client.post(wall, {"title": "Voulez-vous un vélo ?", "text": "", "byline": "", "age_band": "18_25"})
    question = WallQuestion.objects.get()
    path = f"{sorting}/{question.record.code}/ecarter"
    assert facilitator.post(path, {"facts": ""}).status_code == 400
    facilitator.post(path, {"rule": "off_topic", "facts": "Elle vend des vélos."})
    assert state_of(question) == "binned"
    stranger = plain(reader().get(f"{wall}/ecartees"))
    assert "Elle vend des vélos." in stranger
    assert "Voulez-vous un vélo" not in stranger
    page = client.get(f"{wall}/ecartees")
    assert "Voulez-vous un vélo" in plain(page)
    contest = f"/moderation/{question.record.rulings.get().record.code}/contester"
    assert contest in page.content.decode()
    assert "reçu" in plain(client.post(contest, {"text": "C’est le sujet."}, follow=True))


def test_who_answers_reads_the_draft_and_the_facts_approves_and_promises(
    elue, facilitator, territory, meeting, card
):
    question = asked(meeting)
    call_question(question=question, clock=IN_IT)
    act = f"{card}/{question.record.code}"
    facilitator.post(f"{act}/noter", {"text": "12 000 € par arrêt", "service": territory.service.pk})
    function = f"Odile Vasseur-Thiry, {ELUE}"
    facilitator.post(f"{act}/brouillon", {"text": "Un arrêt coûte 12 000 €.", "function": function})
    page = elue.get(card)
    assert "12 000 € par arrêt Service jeunesse" in plain(page)
    assert "Approuver et publier" in plain(page)
    draft = SpokenAnswer.objects.get()
    elue.post(
        f"{act}/publier", {"text": draft.text, "function": function, "read_at": draft.written_at.isoformat()}
    )
    assert state_of(question) == "answered"
    assert not SpokenAnswer.objects.get().is_by_delegation
    elue.post(
        f"{act}/engager",
        {"title": "Un abri à Saint-Maurin", "due_on": "2026-09-01", "service": territory.service.pk, "function": function},
    )  # fmt: skip
    made = Commitment.objects.get()
    told = plain(elue.get(f"/questions-de-rencontre/{question.record.code}"))
    assert "Engagement : Un abri à Saint-Maurin" in told
    assert function in told
    assert elue.get(f"/engagements/{made.record.code}").status_code == 200


def test_a_written_answer_needs_its_date_and_then_shows_it(elue, territory, meeting, card):
    question = asked(meeting)
    act, function = f"{card}/{question.record.code}/promettre", f"Odile Vasseur-Thiry, {ELUE}"
    common = {"service": territory.service.pk, "function": function}
    assert elue.post(act, {**common, "due_on": ""}).status_code == 400
    assert elue.post(act, {**common, "due_on": "2026-03-01"}).status_code == 400
    elue.post(act, {**common, "due_on": "2026-03-24"})
    assert Obligation.objects.get(record=question.record).due_on == date(2026, 3, 24)
    page = plain(elue.get(f"/questions-de-rencontre/{question.record.code}"))
    assert "Réponse écrite due par Service jeunesse avant le 24 mars" in page


def test_what_an_aide_promises_for_her_says_that_it_is_by_delegation(facilitator, territory, meeting, card):
    question = asked(meeting)
    act, function = f"{card}/{question.record.code}/promettre", f"Odile Vasseur-Thiry, {ELUE}"
    facilitator.post(act, {"service": territory.service.pk, "function": function, "due_on": "2026-03-24"})
    told = Opening.objects.filter(entry__record=question.record, part="function")
    assert list(told.values_list("value", flat=True)) == [f"{function}, par délégation"]


def test_a_text_that_changed_while_she_read_is_not_published(elue, facilitator, meeting, card):
    question = asked(meeting)
    act, function = f"{card}/{question.record.code}", f"Odile Vasseur-Thiry, {ELUE}"
    facilitator.post(f"{act}/brouillon", {"text": "Deux.", "function": function})
    refused = elue.post(f"{act}/publier", {"text": "Un.", "function": function, "read_at": ""})
    assert refused.status_code == 409
    assert "Le texte a changé pendant que vous lisiez" in plain(refused)


def test_after_the_end_someone_says_who_writes_and_the_table_tells_it(
    facilitator, client, elue, territory, meeting, sorting, card, wall, at
):
    for n in range(6):
        asked(meeting, f"Question {n} ?")
    closed(meeting)
    at(AFTER)
    assert "Qui écrit ce qui n’a pas été répondu" in plain(facilitator.get(sorting))
    done = facilitator.post(
        f"{sorting}/clore", {"service": territory.service.pk, "due_on": "2026-03-25"}, follow=True
    )
    assert "6 réponses sont dues par écrit." in plain(done)
    table = plain(client.get(f"{wall}/tableau"))
    assert table.count("Service jeunesse, avant le 25 mars") == 6
    page = plain(elue.get(card))
    assert "0 au mur · 0 répondue · 6 dues par écrit" in page
    assert page.index("À écrire") < page.index("Question 5")


@pytest.mark.parametrize("count", [1, 3])
def test_the_teams_pages_ask_a_fixed_number_of_questions(
    facilitator, elue, meeting, sorting, card, wall, count, django_assert_max_num_queries
):
    for n in range(count):
        asked(meeting, f"Question {n} ?")
    call_question(question=WallQuestion.objects.first(), clock=IN_IT)
    read_questions_first(meeting=meeting, is_on=True, clock=IN_IT)
    meeting.refresh_from_db()
    for n in range(count):
        asked(meeting, f"En attente {n} ?")
    for client, path, most in ((facilitator, sorting, 30), (elue, card, 35), (elue, f"{wall}/tableau", 20)):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
