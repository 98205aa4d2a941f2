"""The author and each notifier are told of a decision, apart: neither learns who the other is."""

import pytest

from democratic.messaging.models import OutgoingMessage
from democratic.notices.effects import NOTICES
from democratic.participation.ideas.holding import hold_first_words
from democratic.people.actions import leave_address, prove_address, welcome_guest
from democratic.stewardship.moderation.actions import (
    Finding,
    answer_appeal,
    appeal,
    release_held,
    standing_of,
)
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.journal.projections import ensure_cursors
from democratic.thread.journal.running import drain
from moderating import FACTS, open_bench

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench(territory):
    ensure_cursors([NOTICES])
    return open_bench(territory)


def reachable(email, clock):
    person = welcome_guest()
    address = leave_address(
        person=person, email=email, purpose="notices", wording="…", language="fr", clock=clock
    )
    prove_address(address=address, clock=clock)
    return person


def told(purpose=""):
    rows = OutgoingMessage.objects.exclude(purpose="confirm").order_by("pk")
    return {(row.address.email, row.purpose): row for row in rows if not purpose or row.purpose == purpose}


def test_the_author_reads_the_rule_the_facts_and_the_remedy_and_the_notifier_what_became_of_it(bench):
    clock = bench.territory.clock
    author, notifier = reachable("autrice@example.org", clock), reachable("temoin@example.org", clock)
    said = bench.territory.say("Voleuse !", author=author).idea.record
    bench.signal(said, by=notifier)

    ruling = bench.decide(said)
    drain(clock=clock, named=[NOTICES])
    drain(clock=clock, named=[NOTICES])

    messages = told()
    assert set(messages) == {("autrice@example.org", "moderated"), ("temoin@example.org", "notice_answered")}
    hers = messages["autrice@example.org", "moderated"].body
    assert FACTS in hers
    assert "Insulte, menace ou haine" in hers
    assert f"/moderation/{ruling.record.code}" in hers
    theirs = messages["temoin@example.org", "notice_answered"].body
    assert said.code in theirs
    assert "Voleuse" not in theirs


def test_what_is_kept_is_told_to_who_signalled_and_does_not_worry_its_author(bench):
    clock = bench.territory.clock
    author, notifier = reachable("autrice@example.org", clock), reachable("temoin@example.org", clock)
    said = bench.territory.say(author=author).idea.record
    bench.signal(said, by=notifier)

    bench.decide(said, Outcome.KEPT)
    drain(clock=clock, named=[NOTICES])

    assert set(told()) == {("temoin@example.org", "notice_answered")}


def test_the_answer_to_an_appeal_goes_to_both_sides(bench):
    clock = bench.territory.clock
    author, notifier = reachable("autrice@example.org", clock), reachable("temoin@example.org", clock)
    said = bench.territory.say("Voleuse !", author=author).idea.record
    bench.signal(said, by=notifier)
    ruling = bench.decide(said)
    appeal(ruling=ruling, standing=standing_of(ruling, author), text="Non.", clock=clock)

    answer_appeal(
        ruling=ruling,
        finding=Finding(Outcome.KEPT, "insult_or_hate", FACTS),
        ruled_by=bench.second.person,
        clock=clock,
    )
    drain(clock=clock, named=[NOTICES])

    subjects = [row.subject for row in OutgoingMessage.objects.filter(purpose="moderated").order_by("pk")]
    assert [each.split(":")[0].strip() for each in subjects] == [
        "Votre parole n’est plus montrée", "Votre parole est remise en ligne",
    ]  # fmt: skip
    assert OutgoingMessage.objects.filter(purpose="notice_answered").count() == 2


def test_who_waited_is_told_that_her_word_is_published(bench):
    clock = bench.territory.clock
    hold_first_words(process=bench.territory.process, is_on=True, clock=clock)
    bench.territory.process.refresh_from_db()
    said = bench.territory.say(author=reachable("autrice@example.org", clock)).idea.record

    release_held(record=said, released_by=bench.first.person, clock=clock)
    drain(clock=clock, named=[NOTICES])

    assert set(told()) == {("autrice@example.org", "published")}
