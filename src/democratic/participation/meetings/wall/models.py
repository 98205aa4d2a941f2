"""The wall: questions put to a meeting, before it and in it, by every way in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Service
from democratic.kernel.data_classes import MARKS
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person
from democratic.thread.models import Record


class WallQuestion(models.Model):
    """A question of the public. Its words, state, author, origin and supports are its Record's."""

    personal_data = NoPersonalData("its words and its author are its Record's")

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.PROTECT, related_name="wall_question"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="questions", db_index=False)
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.SET_NULL, related_name="questions")
    # A sounding by consent: the objection that someone put in words.
    objects_to = models.ForeignKey(
        "participation.Sounding", null=True, on_delete=models.PROTECT, related_name="objections"
    )
    seat = models.CharField(max_length=6, choices=Seat, blank=True)
    # Asked before the meeting opened.
    is_ahead = models.BooleanField(default=False)
    put_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # How many people want to know, with those of what was merged into it, and how many others it stands for. Kept by
    # ``count_voices``: a room looks at the wall every second, and nobody's taps are counted anew each time.
    supports = models.PositiveIntegerField(default=0, db_default=0)
    merged = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        indexes = [models.Index(fields=["meeting", "record"], name="wall_of_a_meeting")]


class AnsweredMark(Row):
    """« On a répondu » or not: whether the question was answered, whatever one thinks of the answer."""

    personal_data = PersonalData(MARKS, of=("person",))

    question = models.ForeignKey(
        WallQuestion, on_delete=models.CASCADE, related_name="answered_marks", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="answered_marks")
    is_answered = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "person"], name="one_answered_mark_per_person")
        ]


class SpokenAnswer(Row):
    """What was answered, in writing: typed or dictated by an aide, shown once who answers has approved it."""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("À approuver")
        APPROVED = "approved", _("Approuvée")

    personal_data = NoPersonalData("said in an official capacity, under a function")

    question = models.ForeignKey(
        WallQuestion, on_delete=models.PROTECT, related_name="spoken_answers", db_index=False
    )
    text = models.TextField()
    function = models.CharField(max_length=120)
    is_by_delegation = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFTED)
    written_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["question", "written_at"], name="answers_of_a_question")]


class SuggestedFact(Row):
    """A figure, a date, a document, that a service types for whoever is about to answer. Her screen alone shows it."""

    personal_data = NoPersonalData("words of a service, for who answers")

    question = models.ForeignKey(
        WallQuestion, on_delete=models.CASCADE, related_name="suggested_facts", db_index=False
    )
    service = models.ForeignKey(Service, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=400)
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["question", "written_at"], name="facts_of_a_question")]
