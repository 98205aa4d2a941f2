"""What people say: their sentences, the comments under them and the supports that they get."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from democratic.demo.calendar import SAT, THU, WED, When
from democratic.demo.said import Remark, Voice
from democratic.demo.story import Scene, Story
from democratic.demo.territory import point_of
from democratic.kernel.clock import Clock
from democratic.participation.ideas.actions import submit_idea
from democratic.people.actions import welcome_guest
from democratic.people.models import AgeBand, Person
from democratic.thread.actions import Words, post_comment, support, tag
from democratic.thread.models import Comment, Origin, Record

# Street and room have their days and hours; the other origins come at any time.
MEETING_DAYS = {Origin.STREET: (WED, SAT), Origin.ROOM: (THU,)}
STEP = 37  # shares no factor with the number of voices: neighbours in a file are spread over the stage


def say_all(
    story: Story,
    process: str,
    voices: Sequence[Voice],
    first: When,
    last: When,
    until: datetime | None = None,
) -> Iterator[Scene]:
    """One scene a voice, spread over the days from ``first`` to ``last``, and one a comment after it.

    Nothing is said after ``until``.
    """
    for index, voice in enumerate(voices):
        share = index * STEP % len(voices) / len(voices)
        moment = _moment(story, voice, share, first, last)
        if until:
            moment = min(moment, until)
        yield Scene(moment, _say(story, process, voice, index))
        yield from _remarks(story, voice.key, voice.remarks, moment, until)


def _moment(story: Story, voice: Voice, share: float, first: When, last: When) -> datetime:
    calendar = story.calendar
    opens, closes = calendar.day(first), calendar.day(last)
    if voice.on:
        return calendar.at(voice.on, 16, 12)
    days = int(share * (closes - opens).days)
    day = opens + timedelta(days=days)
    minute = int(share * 7919) % 60
    if voice.origin not in MEETING_DAYS:
        return calendar.at(day, 8 + int(share * 1009) % 14, minute)
    wanted = MEETING_DAYS[voice.origin]
    while day.weekday() not in wanted:
        day += timedelta(days=1 if day < closes else -8)
    hour = 18 + minute % 2 if voice.origin == Origin.ROOM else 9 + int(share * 1009) % 3
    return calendar.at(day, hour, minute)


def _say(story: Story, process: str, voice: Voice, index: int) -> Callable[[Clock], object]:
    def act(clock: Clock) -> None:
        receipt = submit_idea(
            process=story.processes[process],
            author=_speaker(story, voice.said_by, voice.by, voice.age_band),
            words=Words(title=voice.title, text=voice.text, byline=voice.by),
            origin=voice.origin,
            place=voice.place,
            point=point_of(voice.place, voice.origin, index) if may_point(voice) else None,
            age_band=voice.age_band,
            speaks_for=story.mandates_to_speak[voice.speaks_for] if voice.speaks_for else None,
            clock=clock,
        )
        record = story.ideas[voice.key] = receipt.idea.record
        for name in voice.tags:
            tag(record=record, name=name)
        _support(story, record, voice.supports, index)

    return act


def may_point(voice: Voice) -> bool:
    """As for anyone: no point from who is under 15, or did not say."""
    return voice.age_band not in (AgeBand.UNSAID, AgeBand.UNDER_15)


def _support(story: Story, record: Record, supports: int, index: int) -> None:
    """Each time another part of the crowd, so that nobody supports everything."""
    for number in range(supports):
        support(record=record, person=story.crowd[(index * STEP + number) % len(story.crowd)])


def _remarks(
    story: Story,
    subject: str,
    remarks: Sequence[Remark],
    said_at: datetime,
    until: datetime | None,
    parent: str = "",
) -> Iterator[Scene]:
    for number, remark in enumerate(remarks):
        moment = said_at + timedelta(hours=5 + 19 * number, minutes=7 * number + 3)
        if until:
            moment = min(moment, until)
        key = f"{parent or subject}/{number}"
        yield Scene(moment, _comment(story, subject, remark, key, parent))
        yield from _remarks(story, subject, remark.replies, moment, until, key)


def _comment(story: Story, subject: str, remark: Remark, key: str, parent: str) -> Callable[[Clock], object]:
    def act(clock: Clock) -> None:
        byline = remark.by or (story.people[remark.said_by].name if remark.said_by else "")
        story.comments[key] = post_comment(
            subject=story.ideas[subject],
            author=_speaker(story, remark.said_by, remark.by),
            words=Words(text=remark.text, byline=byline),
            alignment=remark.alignment,
            parent=_parent(story, parent),
            clock=clock,
        )

    return act


def _parent(story: Story, parent: str) -> Comment | None:
    return story.comments[parent] if parent else None


def _speaker(story: Story, account: str, byline: str, age_band: str = "unsaid") -> Person:
    if account:
        return story.people[account]
    return welcome_guest(name=byline.partition(",")[0], age_band=age_band)
