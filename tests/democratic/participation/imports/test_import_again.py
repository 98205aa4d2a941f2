"""The same export again: unchanged, changed at the source, after a kill, after an erasure."""

from collections.abc import Callable

import pytest
from decidim_exports import comment, on_debate, proposal, record_of, reply
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from democratic.participation.imports import comments, decidim
from democratic.thread.actions import erase_words
from democratic.thread.journal import drain
from democratic.thread.models import Entry, ImportedTally, Position, RecordSearch, Visibility
from democratic.thread.models.journal import Head

OURS = ("thread", "participation", "people", "kernel")


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path_factory):
    settings.VAR = tmp_path_factory.mktemp("var")


def everything() -> dict[str, int]:
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: model.objects.count() for model in models}


def filled(source):
    return source.write(
        proposals=[proposal(7), proposal(8, title="Sans  blanc   double", body="a\r\nb")],
        comments=[comment(31), reply(32, to=31), on_debate(33, debate=23), comment(34, on=99)],
    )


def test_a_second_run_changes_nothing_the_journal_s_head_included(source):
    filled(source).run()
    drain(clock=source.territory.clock)
    before, head = everything(), Head.objects.values().get()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        report = source.run()
    writes = [q["sql"] for q in asked if q["sql"].lstrip().lower().startswith(("insert", "update", "delete"))]
    assert writes == []
    drain(clock=source.territory.clock)
    assert everything() == before
    assert Head.objects.values().get() == head
    assert report.created.total() == report.reworded.total() == 0
    assert report.unchanged.total() == 5
    assert len(report.rejected) == 1


class Killed(BaseException):
    pass


def killing_at(nth: int, act: Callable) -> Callable:
    calls = iter(range(1, 1_000))

    def or_die(*args, **named):
        if next(calls) == nth:
            raise Killed
        return act(*args, **named)

    return or_die


@pytest.mark.parametrize("nth", [1, 3, 4, 8])
def test_an_import_that_is_killed_and_run_again_completes_without_duplicates(source, monkeypatch, nth):
    monkeypatch.setattr(decidim, "BATCH", 2)
    rows = [on_debate(number, debate=23 + number % 2) for number in range(1, 9)]
    source.write(proposals=[proposal(7)], comments=rows)
    with monkeypatch.context() as patch:
        patch.setattr(comments, "post_comment", killing_at(nth, comments.post_comment))
        with pytest.raises(Killed):
            source.run()
    posted = Entry.objects.filter(kind="comment_posted").count()
    assert posted == (nth - 1) // 2 * 2  # whole batches only
    report = source.run()
    assert report.rejected == []
    assert Entry.objects.filter(kind="comment_posted").count() == 8
    assert Entry.objects.filter(kind="debate_opened").count() == 2
    assert Entry.objects.filter(kind="idea_submitted").count() == 1


def test_a_row_that_changed_at_the_source_gets_a_new_wording_and_keeps_its_code(source):
    source.write(proposals=[proposal()], comments=[comment()]).run()
    idea, code = record_of(7), record_of(7).code
    source.write(proposals=[proposal(body="On attend sous la neige.")], comments=[comment(body="Oui.")])
    report = source.run()
    assert report.reworded.total() == 2
    idea.refresh_from_db()
    assert (idea.code, idea.wording.text) == (code, "On attend sous la neige.")
    assert list(idea.wordings.order_by("version").values_list("text", flat=True)) == [
        "On attend sous la pluie.",
        "On attend sous la neige.",
    ]
    assert list(idea.entries.order_by("pk").values_list("kind", flat=True)) == [
        "idea_submitted",
        "record_reworded",
    ]
    assert source.run().reworded.total() == 0


def test_a_title_that_the_source_does_not_give_is_not_a_change(source):
    source.write(proposals=[proposal(title="")]).run()
    assert record_of(7).wording.title == "On attend sous la pluie."
    assert source.run().reworded.total() == 0


def test_votes_that_changed_at_the_source_are_recounted_without_an_entry(source):
    source.write(proposals=[proposal(votes="4")]).run()
    entries = Entry.objects.count()
    report = source.write(proposals=[proposal(votes="9")]).run()
    assert ImportedTally.objects.get().count == 9
    assert (report.recounted, Entry.objects.count()) == (1, entries)
    assert "Votes recomptés : 1." in report.lines()


def test_a_tag_that_came_later_is_added(source):
    without = {"category/name/fr": ""}
    source.write(proposals=[proposal(**without)]).run()
    source.write(proposals=[proposal()]).run()
    assert [use.tag.name for use in record_of(7).tags.all()] == ["Déplacements"]


def test_words_that_were_erased_here_never_come_back(source):
    source.write(proposals=[proposal()]).run()
    erase_words(record=record_of(7), clock=source.territory.clock)
    report = source.write(proposals=[proposal(body="Je le redis.")], comments=[comment()]).run()
    idea = record_of(7)
    assert (idea.visibility, idea.wording.text) == (Visibility.WITHDRAWN, "")
    assert not RecordSearch.objects.filter(record=idea).exists()
    assert report.rejected[0].reason == f"commente {idea.code}, qui n’est plus publié ici"


def test_comments_that_come_in_a_later_export_find_their_proposal(source):
    source.write(proposals=[proposal()]).run()
    (source.folder / "propositions.csv").unlink()
    assert source.write(comments=[comment(), reply(32, to=31)]).run().rejected == []
    (source.folder / "commentaires.csv").unlink()
    assert source.write(comments=[reply(33, to=32)]).run().rejected == []
    assert record_of(7).comments.count() == 3


def test_an_imported_journal_is_numbered_to_its_end(source):
    filled(source).run()
    drain(clock=source.territory.clock)
    assert Position.objects.count() == Entry.objects.count()
    assert record_of(7).figures.comments == 2
