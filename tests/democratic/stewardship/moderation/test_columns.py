"""What an opposition group or an organisation publishes is reported like anything that people say, and judged in public.

A column is hidden under the law alone, by a decision that the database itself demands; its group is told and contests.
"""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from democratic.communities.editorial.actions import name_opposition_group, publish_column
from democratic.communities.editorial.models import Publication
from democratic.communities.editorial.queries import latest_columns, versions_of
from democratic.communities.models import Membership, Organisation
from democratic.communities.organisations.actions import join, make_join_link, open_organisation
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.notices.effects import NOTICES
from democratic.people.actions import leave_address, prove_address, welcome_guest
from democratic.stewardship.models import Ruling
from democratic.stewardship.moderation.actions import (
    Finding,
    answer_appeal,
    appeal,
    give_notice,
    standing_of,
)
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.actions import Words
from democratic.thread.journal.projections import ensure_cursors
from democratic.thread.journal.running import drain
from democratic.thread.models import Entry, Record, Visibility
from factories import verified_account
from moderating import FACTS

pytestmark = pytest.mark.django_db
LAW = "Loi du 29 juillet 1881, article 29"


@pytest.fixture
def councillor(territory):
    return verified_account("conseillere@val-orbe.example", "Aude")


@pytest.fixture
def column(territory, councillor) -> Publication:
    group = name_opposition_group(
        authority=territory.authority,
        name="Val-d’Orbe en commun",
        act_on=date(2026, 2, 1),
        act_reference="2026-014",
        members=[councillor.person],
        clock=territory.clock,
    )
    words = Words(title="Notre avis", text="Cette élue est une voleuse.")
    return publish_column(group=group, words=words, person_ids=[councillor.person_id], clock=territory.clock)


@pytest.fixture
def club(territory) -> Organisation:
    words = Words(title="Club de l’Orbe", text="Nous détestons nos voisins.")
    return open_organisation(
        authority=territory.authority,
        sort=Organisation.Sort.ASSOCIATION,
        words=words,
        clock=territory.clock,
    )


def kept_by(club: Organisation, account, clock) -> None:
    link = make_join_link(organisation=club, place=Membership.Place.EDITOR, by=None, clock=clock).link
    join(link=link, account=account, clock=clock)


def by_hand(column: Publication, visibility: str) -> None:
    """As somebody would who knows the door."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('democratic.moderates', %s, true)", [str(column.pk)])
    Record.objects.filter(pk=column.pk).update(visibility=visibility)


def hidden(bench, record, **more) -> Ruling:
    return bench.hidden(record, **({"rule": "illegal", "ground": LAW} | more))


@pytest.mark.parametrize("rule", ["off_topic", "coordinated", "impersonation", "other"])
def test_a_column_is_hidden_under_the_law_alone(bench, column, rule):
    bench.signal(column.record)
    with pytest.raises(Refusal) as refusal:
        bench.decide(column.record, rule=rule, ground=LAW)
    assert refusal.value.field == "rule"
    assert not Ruling.objects.exists()


def test_the_article_of_law_is_named_whatever_the_rule(bench, column):
    bench.signal(column.record)
    with pytest.raises(Refusal) as refusal:
        bench.decide(column.record, rule="insult_or_hate")
    assert refusal.value.field == "ground"
    assert Record.objects.get(pk=column.pk).visibility == Visibility.PUBLIC


def test_keeping_it_asks_for_no_law(bench, column):
    bench.signal(column.record, rule="off_topic")
    assert bench.decide(column.record, Outcome.KEPT, rule="off_topic").outcome == Outcome.KEPT


def test_a_decision_hides_it_in_public_and_its_words_are_not_touched(bench, column):
    ruling = hidden(bench, column.record)

    assert latest_columns(bench.territory.authority, 4) == []
    told = Entry.objects.get(kind="content_moderated")
    assert (told.data["of"], told.data["subject"], told.data["change"]) == (
        "column", column.record.code, "hidden",
    )  # fmt: skip
    assert [str(each.text) for each in versions_of(column.record)] == ["Cette élue est une voleuse."]
    gone = Client().get(f"/tribunes/{column.record.code}")
    assert gone.status_code == 410
    assert f"/moderation/{column.record.code}" in gone.text
    page = Client().get(f"/moderation/{ruling.record.code}").text
    assert LAW in page
    assert "tribune" in page


def test_the_door_is_closed_again_behind_the_decision(bench, column):
    hidden(bench, column.record)
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(pk=column.pk).update(visibility="public")


def test_naming_the_column_shows_it_again_only_after_a_decision_that_says_so(bench, column):
    hidden(bench, column.record)
    with pytest.raises(DatabaseError), transaction.atomic():
        by_hand(column, "public")


def test_the_group_is_told_and_contests_and_another_person_gives_it_back(bench, column, councillor):
    clock = bench.territory.clock
    ensure_cursors([NOTICES])
    address = leave_address(
        person=councillor.person, email=councillor.email, purpose="notices", wording="…", language="fr",
        clock=clock,
    )  # fmt: skip
    prove_address(address=address, clock=clock)
    ruling = hidden(bench, column.record)
    drain(clock=clock, named=[NOTICES])
    assert [row.purpose for row in address.messages.exclude(purpose="confirm")] == ["moderated"]

    appeal(ruling=ruling, standing=standing_of(ruling, councillor.person), text="C’est faux.", clock=clock)
    again = Finding(Outcome.KEPT, "illegal", FACTS)
    with pytest.raises(NotAllowed):
        answer_appeal(ruling=ruling, finding=again, ruled_by=bench.first.person, clock=clock)
    answer_appeal(ruling=ruling, finding=again, ruled_by=bench.second.person, clock=clock)

    assert [each.pk for each in latest_columns(bench.territory.authority, 4)] == [column.pk]
    assert Client().get(f"/tribunes/{column.record.code}").status_code == 200


def test_a_stranger_does_not_contest_for_the_group(bench, column):
    assert standing_of(hidden(bench, column.record), welcome_guest()) is None


def test_every_column_and_page_of_an_organisation_carries_the_link(column, club):
    for record, path in ((column.record, "tribunes"), (club.record, "organisations")):
        page = Client().get(f"/{path}/{record.code}").text
        assert f'href="/signaler/{record.code}"' in page
        assert Client().get(f"/signaler/{record.code}").status_code == 200


def test_the_authority_s_own_pages_are_withdrawn_never_signalled(bench):
    with pytest.raises(Conflict):
        bench.signal(bench.territory.mandate.record)


def test_an_organisation_s_page_is_hidden_and_given_back_to_who_keeps_it(bench, club, councillor):
    clock = bench.territory.clock
    kept_by(club, councillor, clock)
    ruling = bench.hidden(club.record)
    assert Client().get(f"/organisations/{club.record.code}").status_code == 410
    assert "Club de l’Orbe" not in Client().get("/organisations").text

    appeal(ruling=ruling, standing=standing_of(ruling, councillor.person), text="Non.", clock=clock)
    answer_appeal(
        ruling=ruling,
        finding=Finding(Outcome.KEPT, "insult_or_hate", FACTS),
        ruled_by=bench.second.person,
        clock=clock,
    )

    assert Client().get(f"/organisations/{club.record.code}").status_code == 200


def test_who_keeps_the_page_does_not_judge_it(bench, club):
    kept_by(club, bench.first, bench.territory.clock)
    give_notice(
        record=club.record,
        rule="insult_or_hate",
        explanation="Haine.",
        notifier=welcome_guest(),
        clock=bench.territory.clock,
    )
    with pytest.raises(NotAllowed):
        bench.decide(club.record)
