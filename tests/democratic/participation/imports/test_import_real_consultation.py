"""Real people's words, from their export to what became of them. Nothing of the data is kept here."""

import os
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Q
from django.test import override_settings

from democratic.participation.answers.actions import (
    AnswerDraft,
    draft_answer,
    group_contributions,
    open_theme,
    sign_answer,
)
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.commitments.actions import (
    Work,
    give_evidence,
    make_commitment,
    move_commitment,
    publish_decision,
)
from democratic.participation.commitments.models import Commitment, CommitmentState, Decision
from democratic.participation.imports.decidim import import_decidim
from democratic.participation.imports.decidim_export import Export, read_export
from democratic.participation.imports.report import Report
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import dues_of
from democratic.participation.reports.fil import Tells, fil_of, find_start
from democratic.people.models import Person
from democratic.thread.actions import Words, withdraw_by_authority
from democratic.thread.journal import drain
from democratic.thread.models import Comment, Entry, ImportedTally, Kind, Record, Support, TagOnRecord
from democratic.thread.models.journal import Head
from factories import Territory, build_territory, clock_at

SHARED = Path(os.environ.get("DEMOCRATIC_SHARED", Path(__file__).parents[5] / "shared"))
FOLDER = SHARED / "data" / "decidim"

pytestmark = [
    # Marked, so that a test database is made even when nothing else asks for one.
    pytest.mark.django_db,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason=f"the real consultation is not here ({FOLDER}): set DEMOCRATIC_SHARED"
    ),
]

EACH = 8  # a fil costs some queries: one proposal in so many is told whole
ANSWERED, DECIDED, TODAY = date(2026, 6, 10), date(2026, 7, 3), date(2026, 9, 30)


def take(territory: Territory, export: Export) -> Report:
    return import_decidim(
        process=territory.process, export=export, clock=territory.clock, tell=lambda _line: None
    )


@dataclass
class Taken:
    territory: Territory
    export: Export
    report: Report


@pytest.fixture(scope="module")
def taken(django_db_setup, django_db_blocker, tmp_path_factory):
    """Taken once: each test starts from it, and its own transaction leaves it as it was."""
    with (
        django_db_blocker.unblock(),
        override_settings(VAR=tmp_path_factory.mktemp("var")),
        transaction.atomic(),
    ):
        territory, export = build_territory(), read_export(FOLDER)
        yield Taken(territory, export, take(territory, export))
        transaction.set_rollback(True)


def test_the_whole_consultation_is_taken_and_a_second_run_changes_nothing(taken):
    assert taken.report.created == {
        "Decidim::Proposals::Proposal": 196,
        "Decidim::Debates::Debate": 29,
        "Decidim::Comments::Comment": 693,
    }
    assert Counter(Comment.objects.values_list("alignment", flat=True)) == {0: 574, 1: 93, -1: 26}
    assert Counter(Comment.objects.values_list("depth", flat=True)) == {0: 545, 1: 120, 2: 21, 3: 7}
    assert Person.objects.filter(external_references__isnull=False).count() == 118
    assert sum(ImportedTally.objects.values_list("count", flat=True)) == sum(
        p.votes for p in taken.export.proposals
    )
    assert not Support.objects.exists()
    drain(clock=taken.territory.clock)
    entries, head = Entry.objects.count(), Head.objects.values().get()
    again = take(taken.territory, taken.export)
    drain(clock=taken.territory.clock)
    assert (again.created.total(), again.reworded.total(), again.unchanged.total()) == (0, 0, 889)
    assert (Entry.objects.count(), Head.objects.values().get()) == (entries, head)


def test_each_refused_row_is_from_the_other_site_and_is_named_by_the_line_where_it_stands(taken):
    name = "commentaires_propositions_libres.csv"
    lines = (FOLDER / name).read_bytes().split(b"\n")
    assert len(taken.report.rejected) == 44
    assert {each.file for each in taken.report.rejected} == {name}
    assert all(lines[each.line - 1].split(b";")[0].isdigit() for each in taken.report.rejected)
    assert not Comment.objects.filter(subject__kind=Kind.IDEA).exists()


def test_it_is_carried_to_its_end_and_each_proposal_knows_what_became_of_it(taken):
    territory = taken.territory
    decision = answer_all(territory)
    late, taken_back = promise_two(territory, decision)
    ideas = Record.objects.filter(kind=Kind.IDEA).order_by("pk")
    answered = Answer.objects.filter(is_current=True, signed_at__isnull=False)
    subjects = answered.values("subject")
    assert ideas.filter(Q(theme__in=subjects) | Q(pk__in=subjects)).count() == 196
    own = list(ideas.filter(pk__in=subjects).values_list("code", flat=True))
    assert len(own) == 2
    told = Counter()
    for code in [*own, *list(ideas.values_list("code", flat=True))[::EACH]]:
        knots = fil_of(territory.viewer(), find_start(territory.viewer(), code), TODAY).knots
        tells = {knot.tells for knot in knots}
        assert Tells.ANSWER in tells, code
        told.update(tells)
    assert {Tells.THEME, Tells.DECISION, Tells.EVIDENCE} <= set(told)
    assert dues_of([late.pk], TODAY)[late.pk, Owed.COMMITMENT].days_late == 33
    assert taken_back.record.withdrawal.reason
    states = Counter(Record.objects.filter(kind=Kind.IDEA).values_list("state", flat=True))
    assert set(states) <= set(Verdict.values)
    assert states.total() == 196


def answer_all(territory: Territory) -> Decision:
    """One theme a category, as people chose them there; what has none is a theme too. Two answers apart."""
    clock, verdicts = clock_at(ANSWERED), list(Verdict)
    by_tag: dict[str, list[Record]] = {}
    names = dict(TagOnRecord.objects.values_list("record", "tag__name"))
    for idea in Record.objects.filter(kind=Kind.IDEA):
        by_tag.setdefault(names.get(idea.pk, "Autre"), []).append(idea)
    assert len(by_tag) == 6
    answers = []
    for number, (name, ideas) in enumerate(sorted(by_tag.items())):
        theme = open_theme(process=territory.process, words=Words(title=name), author=None, clock=clock)
        assert group_contributions(contributions=ideas, theme=theme, clock=clock) == len(ideas)
        answers.append(sign(territory, theme.record, verdicts[number % len(verdicts)]))
        if number < 2:
            sign(territory, ideas[0], Verdict.UNKEPT)
    return publish_decision(
        process=territory.process,
        words=Words(title="Deux engagements pour commencer"),
        decided_on=DECIDED,
        reference="2026-131",
        body="Assemblée départementale",
        answers=[answer.record for answer in answers],
        author=None,
        clock=clock_at(DECIDED),
    )


def sign(territory: Territory, subject: Record, verdict: Verdict) -> Answer:
    draft = AnswerDraft(
        verdict,
        "Voici pourquoi.",
        territory.official,
        passed_to="l’État" if verdict == Verdict.PASSED else "",
    )
    clock = clock_at(ANSWERED)
    answer = draft_answer(
        process=territory.process, subject=subject, draft=draft, author=territory.agent.person, clock=clock
    )
    return sign_answer(answer=answer, signer=territory.official, clock=clock)


def promise_two(territory: Territory, decision: Decision) -> tuple[Commitment, Commitment]:
    """One that runs late, with what shows how far it is; one that the authority takes back in public."""
    late, taken_back = (
        make_commitment(
            decision=decision,
            words=Words(title=title),
            work=Work(territory.service, date(2026, 8, 28)),
            author=None,
            clock=clock_at(DECIDED),
        )
        for title in ("Ouvrir un lieu d’accueil", "Publier les comptes")
    )
    later = clock_at(date(2026, 7, 20))
    move_commitment(
        commitment=late, to=CommitmentState.DOING, note="Le lieu est loué.", function="S", clock=later
    )
    give_evidence(
        subject=late.record,
        words=Words(title="Le bail"),
        url="https://exemple.fr/bail",
        author=None,
        clock=later,
    )
    withdraw_by_authority(
        record=taken_back.record, reason="Déjà fait par la Région.", function="Présidence", clock=later
    )
    return late, taken_back
