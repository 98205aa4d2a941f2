"""A guarded read answers as its queryset would, for whoever looks, and can't be written without its guard."""

import pytest

from democratic.thread.models import Audience, AudienceMember, Authority, Record, Visibility
from democratic.thread.queries.prepared import GuardedRead
from democratic.thread.rules import Viewer, visible_records


def by_code(viewer, code):
    return visible_records(viewer).filter(code=code).values_list("code", "pk")


@pytest.fixture
def idea(territory):
    return territory.say("Le bus du soir").idea.record


def test_anyone_reads_what_is_public(territory, idea):
    assert GuardedRead(by_code).first(Viewer(territory.authority), idea.code) == (idea.code, idea.pk)


def test_missing_hidden_and_of_another_authority_look_alike(territory, idea):
    read, anyone = GuardedRead(by_code), Viewer(territory.authority)
    elsewhere = Viewer(Authority.objects.create(slug="ailleurs", name="Ailleurs", host="ailleurs.example"))
    assert read.first(anyone, "XXX-XXX") is None
    assert read.first(elsewhere, idea.code) is None
    Record.objects.filter(pk=idea.pk).update(visibility=Visibility.HIDDEN)
    assert read.first(anyone, idea.code) is None


def test_only_members_of_an_audience_read_what_is_for_it(territory, idea):
    few = Audience.objects.create(authority=territory.authority, name="Le comité", is_public=False)
    Record.objects.filter(pk=idea.pk).update(audience=few)
    member, neighbour = territory.agent.person, territory.elected.person
    AudienceMember.objects.create(audience=few, person=member, since=territory.clock.now())
    read = GuardedRead(by_code)
    assert read.first(Viewer(territory.authority), idea.code) is None
    assert read.first(Viewer(territory.authority, neighbour, is_signed_in=True), idea.code) is None
    assert read.first(Viewer(territory.authority, member, is_signed_in=True), idea.code) is not None
    assert read.first(Viewer(territory.authority, member), idea.code) is None


def test_a_read_that_forgets_the_viewer_is_refused(territory):
    unguarded = GuardedRead(lambda _viewer, code: Record.objects.filter(code=code).values_list("pk"))
    with pytest.raises(TypeError, match="authority"):
        unguarded.first(Viewer(territory.authority), "XXX-XXX")
