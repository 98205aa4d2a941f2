"""A sentence sent to the wall of a meeting by its six digits, through a channel."""

import pytest

from at_the_wall import IN_IT, fresh, live
from chatting import Chatter, open_channel
from democratic.participation.inbox.models import Conversation
from democratic.participation.meetings.wall.actions import read_questions_first
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.people.models import AgeBand, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lina(territory):
    open_channel(territory.authority, kind="sms")
    return Chatter(territory, kind="sms", address="+33600000001", clock=IN_IT)


@pytest.mark.parametrize("typed", ["482016 Combien coûte un arrêt ?", "482 016 : Combien coûte un arrêt ?"])
def test_her_question_is_at_the_wall_with_its_origin_and_she_has_its_number(lina, territory, typed):
    meeting = live(territory)
    lina.says(typed)
    question = WallQuestion.objects.get()
    assert (question.meeting_id, question.record.origin, question.record.title) == (
        meeting.pk, "sms", "Combien coûte un arrêt ?",
    )  # fmt: skip
    assert question.record.byline == ""
    assert f"Votre question est au mur. Numéro de suivi : {question.record.code}." in lina.last
    assert not Conversation.objects.exists()


def test_of_who_said_no_age_the_words_are_tied_to_nobody_known(lina, territory):
    live(territory)
    lina.says("482016 Et le dimanche ?")
    assert WallQuestion.objects.get().record.author != lina.her.person
    Person.objects.filter(pk=lina.her.person.pk).update(age_band=AgeBand.YOUNG)
    lina.says("482016 Et le samedi ?")
    assert WallQuestion.objects.filter(record__author=lina.her.person).count() == 1


def test_digits_of_no_meeting_and_digits_alone_are_no_question(lina, territory):
    lina.says("482016 Combien coûte un arrêt ?")
    live(territory)
    lina.says("482016")
    lina.says("482017 Combien ?")
    assert not WallQuestion.objects.exists()


def test_one_that_is_read_first_says_so(lina, territory):
    meeting = live(territory)
    read_questions_first(meeting=meeting, is_on=True, clock=IN_IT)
    lina.says("482016 Combien ?")
    assert fresh(meeting).reads_questions_first
    assert "Elle est relue, puis elle paraît au mur." in lina.last


def test_a_long_message_is_its_first_words_and_the_whole_under_them(lina, territory):
    live(territory)
    lina.says("482016 " + "Pourquoi le car ne passe-t-il pas devant l’internat ? " * 6)
    record = WallQuestion.objects.get().record
    assert len(record.title) <= 200
    assert record.title.endswith("…")
    assert record.text.startswith("Pourquoi le car")


def test_one_who_sends_too_many_is_told_so(lina, territory):
    live(territory)
    for n in range(8):
        lina.says(f"482016 Question {n} ?")
    assert WallQuestion.objects.count() == 6
    assert "Trop d’essais" in lina.last
