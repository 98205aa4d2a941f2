"""Grouping what was said, answering it, and one answer that had to be taken back in public."""

from collections.abc import Callable, Iterator, Sequence

from democratic.demo.calendar import FRI, MON, THU, TUE, WED, Week
from democratic.demo.mobility import ANALYSIS_DONE, ANSWERED, MOBILITY
from democratic.demo.said import Reply, Subject, Voice, read_file, read_reply, read_voices
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.participation.answers.actions import (
    AnswerDraft,
    declare_inadmissible,
    draft_answer,
    group_contributions,
    open_theme,
    sign_answer,
)
from democratic.participation.answers.models import Verdict
from democratic.thread.actions import Words, withdraw_by_authority, withdraw_own
from democratic.thread.models import Record

APART = read_file("apart")
ALONE = read_voices(APART["alone"], "alone")
INADMISSIBLE = read_voices(APART["inadmissible"], "inadmissible")
TAKEN_BACK = read_voices(APART["taken_back"], "taken-back")

TOO_EARLY = "half-too-early"
RETRACTION = (
    "La réponse publiée lundi s’appuyait sur le budget d’avant la commande : l’aide au permis y "
    "a été ajoutée depuis. Elle est retirée, et remplacée par une réponse signée."
)
STADIUM = Reply(
    Verdict.PART,
    "Oui les soirs d’entraînement, dès le mois prochain. Non les soirs de match : le car ne peut pas faire "
    "demi-tour quand le parking est plein.",
)


def voices_apart() -> tuple[Voice, ...]:
    return (*ALONE, *INADMISSIBLE, *TAKEN_BACK)


def scenes(story: Story, subjects: Sequence[Subject]) -> Iterator[Scene]:
    at = story.calendar.at
    yield Scene(at(Week(-16, FRI), 21), lambda clock: _take_back(story, clock))
    for row in APART["inadmissible"]:
        yield Scene(at(Week(-15, TUE), 11), _refuse(story, row["key"], row["reason"]))
    for number, subject in enumerate(subjects):
        yield Scene(at(ANALYSIS_DONE, 9, 6 * number), _group(story, subject))
    yield from _answers(story, subjects)
    yield from _correction(story)
    yield Scene(at(Week(-1, WED), 15), lambda clock: _wait_for_signature(story, clock))


def _take_back(story: Story, clock: Clock) -> None:
    withdraw_own(record=story.ideas[TAKEN_BACK[0].key], clock=clock)


def _refuse(story: Story, key: str, reason: str) -> Callable[[Clock], object]:
    return lambda clock: declare_inadmissible(
        contribution=story.ideas[key], reason=reason, function="Service jeunesse", clock=clock
    )


def _group(story: Story, subject: Subject) -> Callable[[Clock], object]:
    def act(clock: Clock) -> None:
        theme = open_theme(
            process=story.processes[MOBILITY],
            words=Words(title=subject.title, text=subject.text),
            author=story.people["nathalie"],
            clock=clock,
        )
        story.themes[subject.key] = theme
        grouped = [story.ideas[voice.key] for voice in subject.voices]
        group_contributions(contributions=grouped, theme=theme, clock=clock)

    return act


def _answers(story: Story, subjects: Sequence[Subject]) -> Iterator[Scene]:
    """Written by the service during the fortnight before, signed on the promised day."""
    replies = {subject.key: subject.reply for subject in subjects}
    replies |= {row["key"]: read_reply(row["reply"]) for row in APART["alone"]}
    replies |= {row["key"]: read_reply(row["reply"]) for row in APART["overrides"] if row["key"] != "half"}
    replies[TOO_EARLY] = read_reply(APART["too_early"]["reply"])
    at = story.calendar.at
    for number, (key, reply) in enumerate(replies.items()):
        signed = Week(-12, MON) if key == TOO_EARLY else ANSWERED
        yield Scene(at(Week(-13, TUE), 9 + number // 4, 11 * (number % 4)), _draft(story, key, reply))
        yield Scene(at(signed, 18, 3 * number), _sign(story, key))


def _correction(story: Story) -> Iterator[Scene]:
    at = story.calendar.at
    half = next(row for row in APART["overrides"] if row["key"] == "half")
    yield Scene(at(Week(-12, THU), 9), lambda clock: _retract(story, clock))
    yield Scene(at(Week(-12, THU), 10), _draft(story, "half", read_reply(half["reply"])))
    yield Scene(at(Week(-12, THU), 11), _sign(story, "half"))


def _subject_of(story: Story, key: str) -> Record:
    if key in story.themes:
        return story.themes[key].record
    return story.ideas["half" if key == TOO_EARLY else key]


def _draft(story: Story, key: str, reply: Reply) -> Callable[[Clock], object]:
    def act(clock: Clock) -> None:
        subject = _subject_of(story, key)
        story.answers[key] = draft_answer(
            process=story.processes[MOBILITY],
            subject=subject,
            draft=AnswerDraft(
                reply.verdict,
                reply.reason,
                story.elected,
                title=subject.wording.title if subject.wording else "",
                passed_to=reply.passed_to,
            ),
            author=story.people["nathalie"],
            clock=clock,
        )

    return act


def _sign(story: Story, key: str) -> Callable[[Clock], object]:
    return lambda clock: sign_answer(answer=story.answers[key], signer=story.elected, clock=clock)


def _retract(story: Story, clock: Clock) -> None:
    withdraw_by_authority(
        record=story.answers[TOO_EARLY].record,
        reason=RETRACTION,
        function="Odile Vasseur-Thiry, vice-présidente, jeunesse et mobilités",
        clock=clock,
    )


def _wait_for_signature(story: Story, clock: Clock) -> None:
    """Written for Gabriel, not yet signed: what the élue finds on her desk today."""
    _draft(story, "stadium", STADIUM)(clock)
