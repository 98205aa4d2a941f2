"""Two moderators in the same second, each on a connection of her own."""

import threading

from django.db import connections

from democratic.kernel.refusals import Conflict
from democratic.stewardship.models import Ruling
from democratic.stewardship.moderation.actions import Finding, answer_appeal, appeal, rule_on, standing_of
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.models import Entry
from moderating import FACTS, open_bench


def at_once(*acts):
    """Run them together; what each answered, or the refusal that it met."""
    start, answers = threading.Barrier(len(acts)), []

    def one(act):
        try:
            start.wait(timeout=30)
            answers.append(act())
        except Conflict as refusal:
            answers.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def finding(outcome):
    return Finding(outcome, "insult_or_hate", FACTS)


def test_two_who_decide_in_the_same_second_make_one_decision(live_territory):
    bench = open_bench(live_territory)
    said = live_territory.say("Voleuse !").idea.record
    bench.signal(said)

    answers = at_once(
        *(
            lambda who=who, outcome=outcome: rule_on(
                record=said, finding=finding(outcome), ruled_by=who.person, clock=live_territory.clock
            )
            for who, outcome in ((bench.first, Outcome.KEPT), (bench.second, Outcome.HIDDEN))
        )
    )

    assert sorted(type(each).__name__ for each in answers) == ["Conflict", "Ruling"]
    assert Entry.objects.filter(kind="content_moderated").count() == 1


def test_one_appeal_is_answered_once(live_territory):
    bench = open_bench(live_territory)
    said = live_territory.say("Voleuse !").idea.record
    ruling = bench.hidden(said)
    appeal(ruling=ruling, standing=standing_of(ruling, said.author), text="Non.", clock=live_territory.clock)

    answers = at_once(
        *(
            lambda: answer_appeal(
                ruling=ruling,
                finding=finding(Outcome.KEPT),
                ruled_by=bench.second.person,
                clock=live_territory.clock,
            )
            for _tap in range(4)
        )
    )

    assert sorted(type(each).__name__ for each in answers) == ["Conflict"] * 3 + ["Ruling"]
    assert Ruling.objects.count() == 2
