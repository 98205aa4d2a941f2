"""Pages and news: drafted, revised by whole versions, public at their hour, and found again at their old address."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from democratic.communities import jobs
from democratic.communities.editorial.actions import draft_publication, publish, publish_what_is_due, revise
from democratic.communities.editorial.actions.drafting import Overtaken
from democratic.communities.editorial.actions.publishing import withhold
from democratic.communities.editorial.models import PageAddress, Publication
from democratic.communities.editorial.queries import list_shown, page_at, versions_of
from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.thread.actions import Words, withdraw_by_authority
from democratic.thread.models import Entry, Kind, Visibility
from factories import build_territory

WHO = "Service communication"


def drafted(territory, kind=Kind.PAGE, title="Nos locaux", text="Ouverts à tous.", slug="nos-locaux"):
    return draft_publication(
        authority=territory.authority, kind=kind, words=Words(title=title, text=text),
        slug=slug if kind == Kind.PAGE else "", function=WHO, clock=territory.clock,
    )  # fmt: skip


def revised(territory, page, text, seen, **more):
    said = {"words": Words(title="Nos locaux", text=text), "seen": seen, "slug": page.slug} | more
    return revise(publication=page, function=WHO, clock=territory.clock, **said)


def later(territory, **time):
    return FixedClock(territory.clock.moment + timedelta(**time))


def test_a_draft_is_read_by_nobody_and_says_nothing_to_the_journal(territory):
    before = Entry.objects.count()
    page = drafted(territory)
    revised(territory, page, "Ouverts le matin.", 1)
    assert page_at(territory.authority, "nos-locaux", territory.clock.now()) is None
    assert Entry.objects.count() == before


def test_published_it_is_one_entry_and_its_history_begins_there(territory):
    page = drafted(territory)
    revised(territory, page, "Ouverts le matin.", 1)
    publish(publication=page, clock=territory.clock)
    shown = page_at(territory.authority, "nos-locaux", territory.clock.now())
    assert (shown.record.text, shown.record.visibility) == ("Ouverts le matin.", Visibility.PUBLIC)
    told = Entry.objects.get(kind="page_published")
    assert sorted(told.commitments) == ["function", "text", "title"]
    assert [each.version for each in versions_of(shown.record)] == [2]
    with pytest.raises(Conflict):
        publish(publication=page, clock=territory.clock)


def test_each_version_says_which_function_wrote_it_and_the_earlier_ones_stay(territory):
    page = publish(publication=drafted(territory), clock=territory.clock)
    revised(territory, page, "Fermés en août.", 1)
    versions = versions_of(page.record)
    assert [(each.version, str(each.text), each.revision.function) for each in versions] == [
        (2, "Fermés en août.", WHO), (1, "Ouverts à tous.", WHO),
    ]  # fmt: skip
    assert Entry.objects.filter(kind="record_reworded").count() == 1


def test_who_comes_second_is_told_and_nothing_is_written_over(territory):
    page = drafted(territory)
    revised(territory, page, "Le texte d’Ada.", 1)
    with pytest.raises(Overtaken) as met:
        revised(territory, page, "Le texte de Max.", 1)
    assert met.value.last.text == "Le texte d’Ada."
    revised(territory, page, "Les deux.", met.value.last.version)
    assert [each.version for each in versions_of(page.record)] == [3, 2, 1]


def test_an_old_address_leads_to_the_new_one_and_nothing_else_may_take_it(territory):
    page = publish(publication=drafted(territory), clock=territory.clock)
    revised(territory, page, "Ouverts à tous.", 1, slug="venir")
    now = territory.clock.now()
    assert page_at(territory.authority, "nos-locaux", now).slug == "venir"
    with pytest.raises(Conflict) as refusal:
        drafted(territory, title="Autre", slug="nos-locaux")
    assert refusal.value.field == "slug"
    revised(territory, page, "Ouverts à tous.", 1, slug="nos-locaux")  # its own: it may go back there
    assert page_at(territory.authority, "venir", now).slug == "nos-locaux"
    assert Entry.objects.filter(kind="page_moved").count() == 2
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        PageAddress.objects.filter(slug="venir").delete()


def test_the_neighbour_may_have_the_same_address(territory):
    drafted(territory)
    neighbour = build_territory(slug="voisin", host="voisin.example")
    assert drafted(neighbour).slug == "nos-locaux"


def test_news_said_for_an_hour_is_there_from_that_hour_without_a_job(territory):
    piece = drafted(territory, Kind.NEWS, "La ligne de nuit")
    at = territory.clock.moment + timedelta(hours=2)
    publish(publication=piece, appears_at=at, clock=territory.clock)

    def shown(moment):
        return [each.pk for each in list_shown(territory.authority, Kind.NEWS, moment, offset=0, limit=9)[0]]

    assert shown(at - timedelta(seconds=1)) == []
    assert shown(at) == [piece.pk]
    assert not Entry.objects.filter(kind="news_published").exists()


def test_the_worker_tells_the_journal_once_the_hour_has_come(territory):
    piece = drafted(territory, Kind.NEWS)
    publish(publication=piece, appears_at=territory.clock.moment + timedelta(hours=2), clock=territory.clock)
    assert publish_what_is_due(clock=later(territory, hours=1)) == 0
    assert publish_what_is_due(clock=later(territory, hours=3)) == 1
    assert publish_what_is_due(clock=later(territory, hours=3)) == 0
    piece.record.refresh_from_db()
    assert (piece.record.visibility, piece.record.happened_at) == (
        Visibility.PUBLIC,
        territory.clock.moment + timedelta(hours=2),
    )
    assert Entry.objects.filter(kind="news_published").count() == 1


def test_the_worker_knows_the_jobs_of_communities():
    assert {jobs.publish_due.name, jobs.let_those_who_are_15_decide.name} <= set(
        jobs.publish_due.blueprint.tasks
    )


@pytest.mark.parametrize(
    ("wait", "field"),
    [
        (timedelta(minutes=-15), "time"),
        (timedelta(minutes=7), "time"),
        (timedelta(days=500), "day"),
    ],
)
def test_an_hour_that_cannot_be_held_is_refused(territory, wait, field):
    page = drafted(territory)
    with pytest.raises(Refusal) as refusal:
        publish(publication=page, appears_at=territory.clock.moment + wait, clock=territory.clock)
    assert refusal.value.field == field


def test_what_was_to_appear_may_be_held_back_until_its_hour_and_not_after(territory):
    piece = drafted(territory, Kind.NEWS)
    at = territory.clock.moment + timedelta(hours=1)
    publish(publication=piece, appears_at=at, clock=territory.clock)
    withhold(publication=piece, clock=territory.clock)
    assert Publication.objects.get(pk=piece.pk).appears_at is None
    publish(publication=piece, appears_at=at, clock=territory.clock)
    with pytest.raises(Conflict):
        withhold(publication=piece, clock=later(territory, hours=2))


def test_withdrawn_in_public_nothing_changes_there_any_more(territory):
    page = publish(publication=drafted(territory), clock=territory.clock)
    withdraw_by_authority(record=page.record, reason="Périmée.", function=WHO, clock=territory.clock)
    with pytest.raises(Conflict):
        revised(territory, page, "Encore.", 1)
    assert page_at(territory.authority, "nos-locaux", territory.clock.now()).pk == page.pk


@pytest.mark.parametrize(
    ("words", "field"), [(Words(title=" ", text="a"), "title"), (Words(title="a", text="\u200e"), "text")]
)
def test_a_page_without_words_is_refused(territory, words, field):
    with pytest.raises(Refusal) as refusal:
        draft_publication(
            authority=territory.authority, kind=Kind.PAGE, words=words, slug="vide", function=WHO,
            clock=territory.clock,
        )  # fmt: skip
    assert refusal.value.field == field
    assert not Publication.objects.exists()
