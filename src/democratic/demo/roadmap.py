"""What the assembly decided, and what became of each promise since: kept, late, or not kept."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from democratic.demo.calendar import FRI, Week, read_when
from democratic.demo.mobility import DECIDED, MOBILITY
from democratic.demo.picture import boardings_picture
from democratic.demo.said import read_file
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.kernel.files import store_file
from democratic.participation.commitments.actions import (
    Vote,
    Work,
    give_evidence,
    make_commitment,
    move_action,
    move_commitment,
    plan_action,
    publish_decision,
)
from democratic.participation.commitments.models import ActionState, CommitmentState
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.thread.actions import NewAttachment, Words, follow
from democratic.thread.models import Origin, Record

Row = Mapping[str, Any]
Act = Callable[[Clock], object]


def scenes(story: Story) -> Iterator[Scene]:
    roadmap, at = read_file("roadmap"), story.calendar.at
    for number, row in enumerate(roadmap["decisions"]):
        yield Scene(at(DECIDED, 15, 10 * number), _decide(story, row))
    for number, row in enumerate(roadmap["commitments"]):
        yield Scene(at(DECIDED, 16, 4 * number), _promise(story, row))
        for step in row["steps"]:
            yield Scene(_moment(story, step), _commitment_step(story, row["key"], step))
        for action in row.get("actions", ()):
            for step in action["steps"]:
                yield Scene(_moment(story, step), _action_step(story, action["key"], step))
    yield Scene(at(Week(-10, FRI), 20), lambda _clock: _follow(story))


def _moment(story: Story, step: Row) -> Any:
    return story.calendar.at(read_when(step["on"]), step.get("hour", 10), step.get("minute", 0))


def _decide(story: Story, row: Row) -> Act:
    def act(clock: Clock) -> None:
        day = story.calendar.day(DECIDED)
        story.decisions[row["key"]] = publish_decision(
            process=story.processes[MOBILITY],
            words=Words(title=row["title"], text=row["text"]),
            decided_on=day,
            reference=f"{day.year}-{row['number']}",
            body="Assemblée départementale",
            answers=[story.answers[key].record for key in row["answers"]],
            url=f"https://www.valdorbe.example/deliberations/{day.year}-{row['number']}",
            vote=Vote(*row["votes"]),
            author=story.people["nathalie"],
            clock=clock,
        )

    return act


def _promise(story: Story, row: Row) -> Act:
    def act(clock: Clock) -> None:
        commitment = make_commitment(
            decision=story.decisions[row["decision"]],
            words=Words(title=row["title"], text=row["text"]),
            work=_work(story, row),
            author=story.people["nathalie"],
            clock=clock,
        )
        story.commitments[row["key"]] = commitment
        for action in row.get("actions", ()):
            story.actions[action["key"]] = plan_action(
                commitment=commitment,
                words=Words(title=action["title"], text=action.get("text", "")),
                work=_work(story, action),
                author=story.people["nathalie"],
                clock=clock,
            )

    return act


def _work(story: Story, row: Row) -> Work:
    cost = row["cost"] * 100 if "cost" in row else None
    return Work(story.services[row["service"]], story.calendar.day(read_when(row["due"])), cost)


def _commitment_step(story: Story, key: str, step: Row) -> Act:
    def act(clock: Clock) -> None:
        commitment = story.commitments[key]
        if "proof" in step:
            _prove(story, commitment.record, step, clock)
        elif "put_off_to" in step:
            _put_off(story, commitment.record, Owed.COMMITMENT, step, clock)
        else:
            move_commitment(
                commitment=commitment,
                to=CommitmentState(step["to"]),
                note=step["note"],
                function=step["by"],
                clock=clock,
            )

    return act


def _action_step(story: Story, key: str, step: Row) -> Act:
    def act(clock: Clock) -> None:
        action = story.actions[key]
        if "put_off_to" in step:
            _put_off(story, action.record, Owed.ACTION, step, clock)
        else:
            to = ActionState(step["to"])
            move_action(action=action, to=to, note=step["note"], function=step["by"], clock=clock)

    return act


def _put_off(story: Story, record: Record, owed: Owed, step: Row, clock: Clock) -> None:
    new = read_when(step["put_off_to"])
    obligation = obligation_of(record, owed)
    if obligation is None:
        raise LookupError(f"nothing is owed about {record.code}")
    postpone(
        obligation=obligation,
        new_on=story.calendar.day(new),
        reason=step["note"].format(day=story.calendar.in_words(new)),
        function=step["by"],
        clock=clock,
    )


def _prove(story: Story, subject: Record, step: Row, clock: Clock) -> None:
    day = story.calendar.in_words(read_when(step["names_day"])) if "names_day" in step else ""
    give_evidence(
        subject=subject,
        words=Words(title=step["proof"], text=step["text"].format(day=day)),
        author=story.people[step["said_by"]],
        url=step["url"],
        file=_picture(step, clock),
        origin=Origin(step.get("origin", Origin.WEB)),
        clock=clock,
    )


def _picture(step: Row, clock: Clock) -> NewAttachment | None:
    if step.get("picture") != "boardings":
        return None
    return NewAttachment(store_file([boardings_picture()], clock=clock), step["alt"])


def _follow(story: Story) -> None:
    for key, follower in (("n1", "ines"), ("bridge", "gabriel"), ("carpool", "gabriel")):
        follow(record=story.commitments[key].record, person=story.people[follower])
