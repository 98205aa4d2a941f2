"""Who moderates in these tests, and the shortest way to a decision."""

from dataclasses import dataclass
from datetime import UTC, datetime

from democratic.kernel.clock import FixedClock
from democratic.people.actions import welcome_guest
from democratic.people.models import Account, Person
from democratic.stewardship.models import Ruling
from democratic.stewardship.moderation.actions import Finding, give_notice, rule_on
from democratic.stewardship.moderation.actions.noticing import Received
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.actions import give_role
from democratic.thread.models import Record, Role
from factories import Territory, staff_account

FACTS = "Le texte traite une personne de « voleuse », sans fait à l’appui."


@dataclass
class Bench:
    """Two moderators of the territory, and its clock."""

    territory: Territory
    first: Account
    second: Account

    def signal(self, record: Record, rule: str = "insult_or_hate", by: Person | None = None) -> Received:
        return give_notice(
            record=record,
            rule=rule,
            explanation="C’est une insulte.",
            notifier=by or welcome_guest(),
            clock=self.territory.clock,
        )

    def decide(self, record: Record, outcome: Outcome = Outcome.HIDDEN, **more: object) -> Ruling:
        rule = str(more.pop("rule", "insult_or_hate"))
        ground = str(more.pop("ground", ""))
        more.setdefault("ruled_by", self.first.person)
        more.setdefault("clock", self.territory.clock)
        return rule_on(record=record, finding=Finding(outcome, rule, FACTS, ground), **more)

    def hidden(self, record: Record, **more: object) -> Ruling:
        self.signal(record, rule=str(more.get("rule", "insult_or_hate")))
        return self.decide(record, **more)


def open_bench(territory: Territory) -> Bench:
    people = [staff_account(f"{name}@mod.example", name.title()) for name in ("ines", "malik")]
    for each in people:
        give_role(
            person=each.person,
            role=Role.MODERATOR,
            authority=territory.authority,
            clock=territory.clock,
        )
    return Bench(territory, *people)


def at(year: int, month: int, day: int) -> FixedClock:
    return FixedClock(datetime(year, month, day, 10, tzinfo=UTC))
