"""Members of a group write; nobody who works for the authority touches it, by our programs or by hand in the database."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from democratic.communities.editorial.actions import (
    change_members,
    name_opposition_group,
    publish_column,
    revise,
    revise_column,
)
from democratic.communities.editorial.actions.drafting import Overtaken
from democratic.communities.editorial.models import OppositionGroup, OppositionMember, Publication
from democratic.communities.editorial.queries import get_publication, latest_columns, versions_of
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.thread.actions import Words, withdraw_by_authority
from democratic.thread.models import Entry, Record, Withdrawal, Wording
from factories import verified_account

ACT = {"act_on": date(2026, 2, 1), "act_reference": "2026-014"}


@pytest.fixture
def councillor(territory):
    return verified_account("conseillere@val-orbe.example", "Aude").person


def named(territory, *members, name="Val-d’Orbe en commun", **more):
    return name_opposition_group(
        authority=territory.authority, name=name, members=members, clock=territory.clock, **(ACT | more)
    )


def written(territory, group, person, text="Nous aurions fait autrement.", title="Notre avis"):
    return publish_column(
        group=group, words=Words(title=title, text=text), person_ids=[person.pk], clock=territory.clock
    )


def test_a_group_is_named_by_a_dated_act_and_its_members_are_in_no_journal(territory, councillor):
    named(territory, councillor)
    told = Entry.objects.get(kind="opposition_group_named")
    assert (told.data["act_on"], told.data["members"], sorted(told.commitments)) == (
        "2026-02-01", 1, ["name", "reference"],
    )  # fmt: skip
    assert str(councillor.pk) not in str(told.data)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"act_reference": ""}, "act_reference"),
        ({"act_on": date(2027, 1, 1)}, "act_on"),
    ],
)
def test_an_act_that_does_not_stand_is_refused(territory, more, field):
    with pytest.raises(Refusal) as refusal:
        named(territory, **more)
    assert refusal.value.field == field


def test_two_groups_do_not_share_a_name(territory):
    named(territory)
    with pytest.raises(Conflict):
        named(territory)


def test_who_works_for_the_authority_is_no_member(territory):
    with pytest.raises(Refusal):
        named(territory, territory.agent.person)
    assert not OppositionGroup.objects.exists()


def test_a_member_publishes_at_once_under_the_group_s_name(territory, councillor):
    column = written(territory, named(territory, councillor), councillor)
    assert (column.record.byline, column.record.author, column.record.visibility) == (
        "Val-d’Orbe en commun", None, "public",
    )  # fmt: skip
    assert Entry.objects.filter(kind="column_published").count() == 1


def test_nobody_else_writes_there(territory, councillor):
    group = named(territory, councillor)
    column = written(territory, group, councillor)
    for stranger in (territory.agent.person, territory.elected.person, territory.citizen.person):
        with pytest.raises(NotAllowed):
            written(territory, group, stranger)
        with pytest.raises(NotAllowed):
            revise_column(
                column=column, words=Words(title="x", text="y"), seen=1, person_ids=[stranger.pk],
                clock=territory.clock,
            )  # fmt: skip


def test_a_member_who_left_writes_no_more_and_what_was_written_stays(territory, councillor):
    group = named(territory, councillor)
    column = written(territory, group, councillor)
    other = verified_account("autre@val-orbe.example", "Bo").person
    change_members(group=group, members=[other], clock=territory.clock)
    with pytest.raises(NotAllowed):
        written(territory, group, councillor)
    written(territory, group, other)
    assert Publication.objects.filter(pk=column.pk).exists()
    assert OppositionMember.objects.filter(until=None).count() == 1


def test_the_group_rewrites_its_own_by_versions(territory, councillor):
    column = written(territory, named(territory, councillor), councillor)
    again = {"column": column, "person_ids": [councillor.pk], "clock": territory.clock}
    revise_column(words=Words(title="Notre avis", text="Mieux dit."), seen=1, **again)
    assert [str(each.text) for each in versions_of(column.record)] == [
        "Mieux dit.", "Nous aurions fait autrement.",
    ]  # fmt: skip
    with pytest.raises(Overtaken):
        revise_column(words=Words(title="Notre avis", text="Trop tard."), seen=1, **again)


def test_the_desk_never_finds_a_column(territory, councillor):
    column = written(territory, named(territory, councillor), councillor)
    assert get_publication(territory.authority, column.record.code) is None


def test_our_own_actions_cannot_withdraw_or_revise_it(territory, councillor):
    column = written(territory, named(territory, councillor), councillor)
    with pytest.raises(DatabaseError), transaction.atomic():
        withdraw_by_authority(record=column.record, reason="Non.", function="x", clock=territory.clock)
    with pytest.raises(DatabaseError), transaction.atomic():
        revise(
            publication=column, words=Words(title="x", text="y"), seen=1, function="x", clock=territory.clock
        )
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda pk: Record.objects.filter(pk=pk).update(visibility="hidden"),
        lambda pk: Record.objects.filter(pk=pk).update(visibility="draft"),
        lambda pk: Record.objects.filter(pk=pk).update(byline="Personne"),
        lambda pk: Record.objects.filter(pk=pk).update(happened_at="2020-01-01T00:00Z"),
        lambda pk: Record.objects.filter(pk=pk).update(kind="news"),
        lambda pk: Wording.objects.filter(record=pk).update(text="Autre."),
        lambda pk: Publication.objects.filter(pk=pk).update(appears_at="2020-01-01T00:00Z"),
        lambda pk: Publication.objects.filter(pk=pk).delete(),
        lambda _pk: OppositionGroup.objects.update(name="Autre"),
    ],
)
def test_a_hand_in_the_database_cannot_hide_move_or_rewrite_it(territory, councillor, change):
    column = written(territory, named(territory, councillor), councillor)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(column.pk)


def test_naming_it_without_a_decision_that_all_can_read_does_not_hide_it(territory, councillor):
    """See tests/democratic/stewardship/moderation/test_columns.py for the decision itself."""
    column = written(territory, named(territory, councillor), councillor)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('democratic.moderates', %s, true)", [str(column.pk)])
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(pk=column.pk).update(visibility="hidden")
    assert [each.pk for each in latest_columns(territory.authority, 4)] == [column.pk]


def test_each_group_has_its_last_column_beside_the_others(territory, councillor):
    first, second = named(territory, councillor), named(territory, councillor, name="Les Indépendants")
    for n in range(3):
        written(territory, first, councillor, title=f"Un {n}")
    written(territory, second, councillor, title="Deux")
    assert {each.group_id for each in latest_columns(territory.authority, 4)} == {first.pk, second.pk}
