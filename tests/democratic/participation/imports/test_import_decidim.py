"""A consultation held elsewhere, taken over: each clause on a small export of our own."""

from datetime import UTC, datetime

import pytest
from decidim_exports import ELSEWHERE, HERE, comment, on_debate, proposal, record_of, reply
from django.db import connection

from democratic.kernel.refusals import Conflict
from democratic.participation.debates.models import Debate
from democratic.participation.imports.decidim import IMPORT_LOCK
from democratic.participation.processes.actions import Promise, open_process
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import (
    ClaimSecret,
    Comment,
    ExternalReference,
    ImportedTally,
    Kind,
    Origin,
    Record,
    Support,
)
from factories import FIRST_DAY, Territory


def second_process(territory: Territory) -> Process:
    return open_process(
        mandate=territory.mandate,
        words=Words(title="Une autre concertation"),
        promise=Promise("Dites.", "Nous répondons.", "Rien."),
        first_day=FIRST_DAY,
        clock=territory.clock,
    )


def comment_of(number, host=HERE) -> Comment:
    return record_of(number, "Comments::Comment", host).comment


def test_a_proposal_becomes_an_idea_that_says_when_and_from_where_it_came(source):
    source.write(proposals=[proposal()]).run()
    idea = record_of(7)
    assert (idea.kind, idea.origin, idea.place, idea.state) == (
        Kind.IDEA,
        Origin.IMPORT,
        "Les Forges",
        "received",
    )
    assert idea.happened_at == datetime(2019, 1, 24, 21, 29, 15, tzinfo=UTC)
    assert (idea.wording.title, idea.wording.text) == (
        "Un abri à l’arrêt du pont",
        "On attend sous la pluie.",
    )
    assert idea.entries.get().origin == Origin.IMPORT


def test_a_listening_that_is_over_does_not_stop_an_import(source):
    source.territory.process.stages.update(allows=[])
    assert source.write(proposals=[proposal()]).run().rejected == []


def test_its_category_becomes_a_tag(source):
    source.write(proposals=[proposal()]).run()
    assert [use.tag.name for use in record_of(7).tags.all()] == ["Déplacements"]


def test_a_proposal_without_an_author_belongs_to_nobody_and_no_secret_opens_it(source):
    people = Person.objects.count()
    source.write(proposals=[proposal()]).run()
    assert record_of(7).author is None
    assert Person.objects.count() == people
    assert not ClaimSecret.objects.filter(record=record_of(7)).exists()


def test_votes_without_voters_are_a_tally_with_its_source_and_never_supports(source):
    source.write(proposals=[proposal(votes="4")]).run()
    tally = ImportedTally.objects.get(record=record_of(7))
    assert (tally.name, tally.source, tally.count) == ("votes", HERE, 4)
    assert not Support.objects.exists()


def test_a_proposal_that_is_all_in_its_title_says_what_its_title_says(source):
    source.write(proposals=[proposal(body="")]).run()
    assert record_of(7).wording.text == "Un abri à l’arrêt du pont"


def test_a_comment_keeps_its_side_its_date_and_its_author_s_name(source):
    source.write(proposals=[proposal()], comments=[comment(alignment="-1")]).run()
    made = comment_of(31)
    assert (made.subject, made.alignment, made.depth) == (record_of(7), -1, 0)
    assert (made.record.byline, made.record.author.name) == ("Participant 900",) * 2
    assert made.record.origin == Origin.IMPORT
    assert made.record.happened_at == datetime(2019, 1, 25, 8, 1, 46, tzinfo=UTC)


def test_two_comments_of_one_number_are_by_one_person(source):
    source.write(proposals=[proposal()], comments=[comment(31), comment(32)]).run()
    assert comment_of(31).record.author == comment_of(32).record.author


def test_a_comment_whose_author_is_gone_has_none(source):
    gone = {"author/id": "", "author/name": ""}
    source.write(proposals=[proposal()], comments=[comment(**gone)]).run()
    assert comment_of(31).record.author is None


def test_a_comment_from_another_site_is_never_matched_by_its_number(source):
    source.write(
        proposals=[proposal(7, body="Deux\nlignes")], comments=[comment(31), comment(32, host=ELSEWHERE)]
    )
    assert source.reasons() == [
        (
            "commentaires.csv",
            3,
            f"commente la proposition 7 de {ELSEWHERE}, absent de ce qui a été lu de ce site",
        )
    ]
    assert Comment.objects.count() == 1


def test_the_same_numbers_on_two_sites_are_two_ideas_and_two_persons(source):
    source.write(
        proposals=[proposal(7), proposal(7, host=ELSEWHERE)],
        comments=[comment(31), comment(31, host=ELSEWHERE)],
    ).run()
    assert record_of(7) != record_of(7, host=ELSEWHERE)
    assert comment_of(31, ELSEWHERE).subject == record_of(7, host=ELSEWHERE)
    assert comment_of(31).record.author != comment_of(31, ELSEWHERE).record.author


def test_replies_keep_their_thread_even_when_they_stand_before_what_they_reply_to(source):
    rows = [reply(33, to=32), reply(32, to=31, alignment="-1"), comment(31)]
    assert source.write(proposals=[proposal()], comments=rows).run().rejected == []
    first, second, third = (comment_of(number) for number in (31, 32, 33))
    assert (second.parent, third.parent) == (first, second)
    assert [each.depth for each in (first, second, third)] == [0, 1, 2]
    assert {each.thread_start for each in (first, second, third)} == {first.pk}
    assert {each.subject_id for each in (first, second, third)} == {record_of(7).pk}


def test_a_reply_to_a_refused_comment_is_refused_and_names_its_row(source):
    rows = [comment(31, host=ELSEWHERE), reply(32, to=31, host=ELSEWHERE)]
    reasons = source.write(proposals=[proposal()], comments=rows).reasons()
    assert reasons[1] == (
        "commentaires.csv",
        3,
        f"répond au commentaire 31 de {ELSEWHERE}, lui-même refusé (commentaires.csv, ligne 2)",
    )


def test_a_reply_to_the_same_number_on_another_site_is_refused(source):
    rows = [comment(31), reply(32, to=31, host=ELSEWHERE)]
    assert [
        line for _file, line, _reason in source.write(proposals=[proposal()], comments=rows).reasons()
    ] == [3]


def test_comments_that_reply_to_one_another_in_a_circle_are_refused(source):
    rows = [reply(31, to=32), reply(32, to=31), reply(33, to=33)]
    assert len(source.write(proposals=[proposal()], comments=rows).reasons()) == 3
    assert not Comment.objects.exists()


def test_a_debate_that_was_not_exported_is_a_stub_without_a_title(source):
    later = {"created_at": "2019-02-01 10:00:00 +0100"}
    rows = [on_debate(31, debate=23, **later), on_debate(32, debate=23), on_debate(33, debate=24)]
    report = source.write(comments=rows).run()
    debate = record_of(23, "Debates::Debate")
    assert (debate.wording.title, debate.wording.text, debate.debate.is_stub) == ("", "", True)
    assert debate.happened_at == datetime(2019, 1, 25, 8, 1, 46, tzinfo=UTC)
    assert debate.comments.count() == 2
    assert Debate.objects.count() == 2
    assert "2 débats sans titre" in report.lines()[0]


def test_a_comment_that_can_t_be_taken_makes_no_stub_and_no_person(source):
    people = Person.objects.count()
    source.write(
        comments=[on_debate(31, debate=23, body="a" * 10_001), on_debate(32, debate=24, body="\x07")]
    )
    reasons = source.reasons()
    assert "10001 signes" in reasons[0][2]
    assert reasons[1][2] == "commentaire sans texte lisible"
    assert not Debate.objects.exists()
    assert Person.objects.count() == people


def test_a_title_that_is_too_long_is_refused_and_the_others_are_taken(source):
    rows = [proposal(7, title="a" * 201), proposal(8)]
    reasons = source.write(proposals=rows).reasons()
    assert [line for _file, line, _reason in reasons] == [2]
    assert list(Record.objects.filter(kind=Kind.IDEA)) == [record_of(8)]


def test_the_report_counts_and_names_every_refused_row_in_the_order_of_the_files(source):
    source.write(
        proposals=[proposal(7), proposal(8, votes="beaucoup")],
        comments=[comment(31), comment(32, on=99), comment(33, body="")],
    )
    assert source.run().lines() == [
        "Créés : 1 propositions, 1 commentaires.",
        "Changés à la source, nouvelle version : rien.",
        "Inchangés : rien.",
        "Refusés : 3.",
        f"  commentaires.csv, ligne 3 : commente la proposition 99 de {HERE}, absent de ce qui a été lu de ce site",
        "  commentaires.csv, ligne 4 : commentaire vide",
        "  propositions.csv, ligne 3 : votes « beaucoup » n’est pas un nombre",
    ]


def test_progress_is_told_batch_by_batch(source):
    source.write(proposals=[proposal(n) for n in range(1, 53)], comments=[comment(31, on=1)]).run()
    assert source.told == ["Propositions : 50/52", "Propositions : 52/52", "Commentaires : 1/1"]


def test_what_is_already_in_another_process_is_refused_there(source):
    source.write(proposals=[proposal()], comments=[comment()]).run()
    other = second_process(source.territory)
    reasons = [each.reason for each in source.run(other).rejected]
    assert reasons == [
        f"déjà importé dans une autre concertation, sous le code {record.code}"
        for record in (record_of(7), comment_of(31).record)
    ]
    assert not Record.objects.filter(process=other.record).exists()


def test_two_imports_at_once_are_refused(source):
    source.write(proposals=[proposal()])
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [IMPORT_LOCK])
        with pytest.raises(Conflict, match="Un autre import"):
            source.run()
        # Given back by word: the server notices a closed connection in its own time.
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [IMPORT_LOCK])
    finally:
        other.close()
    assert source.run().created.total() == 1


def test_the_lock_is_given_back_when_an_import_fails(source, monkeypatch):
    source.write(proposals=[proposal()])
    with monkeypatch.context() as patch:
        patch.setattr("democratic.participation.imports.decidim.load_known", lambda _hosts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            source.run()
    assert source.run().created.total() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_known_is_loaded_in_a_fixed_number_of_queries(source, count, django_assert_num_queries):
    rows = [proposal(n) for n in range(1, count + 1)]
    source.write(proposals=rows, comments=[comment(n, on=n) for n in range(1, count + 1)]).run()
    # Lock, four loads, two batches in their savepoints, unlock.
    with django_assert_num_queries(10):
        source.run()
    assert ExternalReference.objects.count() == 2 * count + 1
