"""What the public pages of an authority read: one of everything, kept and late and refused, by actions only."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from courses import answered, decided, grouped, promised, shown
from democratic.participation.answers.models import Answer, Theme, Verdict
from democratic.participation.commitments.actions import move_commitment
from democratic.participation.commitments.models import Commitment, CommitmentState
from democratic.participation.meetings.actions import Moment, announce_meeting, report_meeting
from democratic.participation.meetings.models import Meeting
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.thread.actions import Words
from democratic.thread.models import Origin, Record
from factories import Territory, clock_at

IN_ACTION = date(2026, 7, 20)
IN_LISTENING = date(2026, 3, 1)


@dataclass
class SetClock:
    """A clock that is set, and yet asks the database as the real one does: query counts stay true."""

    day: date

    def now(self) -> datetime:
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=UTC)


@dataclass
class Reading:
    ideas: list[Record]
    theme: Theme
    answers: list[Answer]
    late: list[Commitment]
    kept: Commitment
    unkept: Commitment
    met: Meeting
    next: list[Meeting]


def meeting_on(territory: Territory, day: date, title: str, place: str = "Salle des fêtes") -> Meeting:
    starts = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
    return announce_meeting(
        process=territory.process,
        words=Words(title=title, text="Trois places, une seule file."),
        moment=Moment(
            starts,
            starts + timedelta(minutes=90),
            place,
            access="Boucle magnétique",
            seats=(Origin.ROOM, Origin.REMOTE, Origin.LATER),
        ),
        author=None,
        clock=clock_at(date(2026, 4, 1)),
    )


def _moved(commitment: Commitment, to: CommitmentState, note: str, day: date) -> Commitment:
    move_commitment(commitment=commitment, to=to, note=note, function="Service jeunesse", clock=clock_at(day))
    return commitment


def reading_course(territory: Territory, *, each: int = 1) -> Reading:
    """``each``: how many of what lists repeat (ideas of the theme, late commitments, meetings to come)."""
    territory.say("La navette du dimanche.", origin=Origin.SMS, byline="Sam")
    ideas = [
        territory.say(
            f"Le dernier bus part trop tôt ({n}).", origin=Origin.STREET, byline="Lina, 17 ans"
        ).idea.record
        for n in range(each + 1)
    ]
    refused = territory.say("Des cars gratuits pour tous.").idea.record
    theme = grouped(territory, ideas)
    answers = [answered(territory, theme.record), answered(territory, refused, verdict=Verdict.UNKEPT)]
    decision = decided(territory, *answers)
    late = [
        promised(territory, decision, title=f"Douze abris éclairés {n}", due=date(2026, 7, 10))
        for n in range(each)
    ]
    for commitment in late:
        owed = obligation_of(commitment.record, Owed.COMMITMENT)
        postpone(
            obligation=owed, new_on=date(2026, 8, 30), reason="Mâts livrés en août.",
            function="Direction des routes", clock=clock_at(date(2026, 7, 8)),
        )  # fmt: skip
    kept = promised(territory, decision, title="Le bus de nuit N1", due=date(2026, 7, 18))
    shown(kept.record)
    unkept = promised(territory, decision, title="La navette des étangs", due=date(2026, 7, 12))
    _moved(kept, CommitmentState.KEPT, "Il roule.", date(2026, 7, 15))
    _moved(unkept, CommitmentState.UNKEPT, "Aucun transporteur n’a répondu.", date(2026, 7, 13))
    met = meeting_on(territory, date(2026, 4, 16), "Cyber-débat de Vaubrun")
    report_meeting(
        meeting=met,
        account="Deux questions restent ouvertes.",
        present={Origin.ROOM: 64, Origin.REMOTE: 188},
        clock=clock_at(date(2026, 4, 17)),
    )
    ahead = [
        meeting_on(territory, date(2026, 7, 25) + timedelta(days=n), f"Quel tracé ? ({n})")
        for n in range(each)
    ]
    return Reading(ideas, theme, answers, late, kept, unkept, met, ahead)
