"""A whole course, from sentences said in the street to evidence, made by actions only: what a fil tells."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from democratic.participation.answers.actions import (
    AnswerDraft,
    draft_answer,
    group_contributions,
    open_theme,
    sign_answer,
)
from democratic.participation.answers.models import Answer, Theme, Verdict
from democratic.participation.commitments.actions import (
    Vote,
    Work,
    give_evidence,
    make_commitment,
    plan_action,
    publish_decision,
)
from democratic.participation.commitments.models import Action, Commitment, Decision, Evidence
from democratic.participation.meetings.actions import Moment, announce_meeting, report_meeting
from democratic.participation.meetings.models import Meeting
from democratic.thread.actions import Words, link
from democratic.thread.models import LinkKind, Origin, Record
from factories import Territory, clock_at

SAID = "Le dernier bus part à 18 h 50. Après, c’est ma mère ou rien."
GROUPED = date(2026, 4, 3)
MET = date(2026, 4, 16)
SIGNED = date(2026, 6, 12)
DECIDED = date(2026, 7, 3)
DUE = date(2026, 8, 28)
SHOWN = date(2026, 9, 5)
ORIGINS = (Origin.STREET, Origin.CHAT, Origin.WEB, Origin.ROOM)


def said(
    territory: Territory, n: int = 3, *, text: str = SAID, day: date = date(2026, 2, 14)
) -> list[Record]:
    """``n`` contributions on successive days, each by another origin than the last."""
    return [
        territory.say(
            text if at == 0 else f"{text} ({at})",
            byline="Lina, 17 ans" if at == 0 else "",
            origin=ORIGINS[at % len(ORIGINS)],
            place="Vaubrun",
            happened_at=datetime(day.year, day.month, day.day, 16, tzinfo=UTC) + timedelta(days=at % 20),
        ).idea.record
        for at in range(n)
    ]


def grouped(territory: Territory, ideas: list[Record], title: str = "Rentrer le soir") -> Theme:
    clock = clock_at(GROUPED)
    theme = open_theme(process=territory.process, words=Words(title=title), author=None, clock=clock)
    group_contributions(contributions=ideas, theme=theme, clock=clock)
    return theme


def discussed(territory: Territory, theme: Theme, *, title: str = "Cyber-débat de Vaubrun") -> Meeting:
    starts = datetime(MET.year, MET.month, MET.day, 17, tzinfo=UTC)
    meeting = announce_meeting(
        process=territory.process,
        words=Words(title=title),
        moment=Moment(starts, starts + timedelta(hours=2), "Vaubrun", seats=(Origin.ROOM, Origin.REMOTE)),
        author=None,
        clock=clock_at(date(2026, 4, 1)),
    )
    report_meeting(
        meeting=meeting,
        account="La question est posée.",
        present={Origin.ROOM: 64, Origin.REMOTE: 188},
        clock=clock_at(MET, 20),
    )
    entry = meeting.record.entries.get(kind="meeting_held")
    link(source=theme.record, kind=LinkKind.DISCUSSED_IN, target=meeting.record, entry=entry)
    meeting.refresh_from_db()
    return meeting


def answered(
    territory: Territory,
    subject: Record,
    *,
    verdict: Verdict = Verdict.PART,
    day: date = SIGNED,
    passed_to: str = "",
) -> Answer:
    answer = draft_answer(
        process=territory.process,
        subject=subject,
        draft=AnswerDraft(
            verdict, "Oui le week-end, non en semaine : trop peu de voyageurs.", territory.official,
            passed_to=passed_to,
        ),
        author=None,
        clock=clock_at(day),
    )  # fmt: skip
    return sign_answer(answer=answer, signer=territory.official, clock=clock_at(day))


def decided(territory: Territory, *answers: Answer, title: str = "Une ligne de nuit à l’essai") -> Decision:
    return publish_decision(
        process=territory.process,
        words=Words(title=title),
        decided_on=DECIDED,
        reference="2026-118",
        body="Assemblée départementale",
        answers=[answer.record for answer in answers],
        author=None,
        clock=clock_at(DECIDED),
        vote=Vote(31, 4, 6),
    )


def promised(
    territory: Territory, decision: Decision, *, title: str = "Le bus de nuit N1", due: date = DUE
) -> Commitment:
    return make_commitment(
        decision=decision,
        words=Words(title=title, text="Deux allers et retours, les vendredis et samedis."),
        work=Work(territory.service, due, 14_600_000),
        author=None,
        clock=clock_at(DECIDED),
    )


def planned(
    territory: Territory, commitment: Commitment, *, title: str = "Recruter deux conducteurs"
) -> Action:
    return plan_action(
        commitment=commitment,
        words=Words(title=title),
        work=Work(territory.service, date(2026, 8, 20)),
        author=None,
        clock=clock_at(DECIDED),
    )


def shown(subject: Record, *, title: str = "492 montées en six semaines", **more: object) -> Evidence:
    more.setdefault("url", "https://exemple.fr/n1")
    return give_evidence(
        subject=subject, words=Words(title=title), author=None, clock=clock_at(SHOWN), **more
    )


@dataclass
class Course:
    ideas: list[Record]
    theme: Theme
    meeting: Meeting
    answer: Answer
    decision: Decision
    commitments: list[Commitment]
    actions: list[Action]
    evidence: list[Evidence]


def whole_course(territory: Territory, *, voices: int = 3, commitments: int = 1) -> Course:
    ideas = said(territory, voices)
    theme = grouped(territory, ideas)
    meeting = discussed(territory, theme)
    answer = answered(territory, theme.record)
    decision = decided(territory, answer)
    made = [promised(territory, decision, title=f"Le bus de nuit N{at + 1}") for at in range(commitments)]
    actions = [planned(territory, commitment) for commitment in made]
    evidence = [shown(commitment.record) for commitment in made]
    return Course(ideas, theme, meeting, answer, decision, made, actions, evidence)
