"""The campaign of five hundred accounts, played for real: its marks all stand on the side of those not verified."""

import pytest

from campaign import campaign, generated
from conversations import plain
from democratic.people.actions import welcome_guest
from democratic.thread.actions import support
from democratic.thread.journal import drain
from democratic.thread.models import RecordFigures, Support
from verifying import verified

pytestmark = pytest.mark.django_db
PEOPLE = 120
ONE_IN = 3  # of the people who really speak, one in three was seen at the desk before


class Debate:
    """Marks as the simulation makes them, on three ideas that people like and three that the campaign pushes."""

    def __init__(self, territory) -> None:
        self.persons = {}
        self.liked = [territory.say(f"Idée {n}").idea.record for n in range(3)]
        self.pushed = [territory.say(f"Poussée {n}").idea.record for n in range(3)]

    def play(self) -> None:
        for act in [*generated(1, people=PEOPLE), *campaign(1)]:
            if act.target is None:
                continue
            records = self.pushed if act.target.startswith("pushed-") else self.liked
            number = int("".join(filter(str.isdecimal, act.target)))
            support(record=records[number % 3], person=self.person(act.author))

    def person(self, author: str):
        """One in three of those who are not of the campaign is verified before she taps."""
        if author not in self.persons:
            is_known = author.startswith("person-") and int(author.removeprefix("person-")) % ONE_IN == 0
            self.persons[author] = verified() if is_known else welcome_guest()
        return self.persons[author]

    def of_campaign(self):
        return [person.pk for author, person in self.persons.items() if author.startswith("campaign-")]

    def known(self):
        return {
            person.pk for author, person in self.persons.items()
            if author.startswith("person-") and int(author.removeprefix("person-")) % ONE_IN == 0
        }  # fmt: skip


@pytest.fixture
def debate(territory):
    played = Debate(territory)
    played.play()
    drain(clock=territory.clock)
    return played


def test_all_marks_of_the_campaign_are_unverified_and_all_of_verified_people_are_seen_as_such(debate):
    theirs = Support.objects.filter(person__in=debate.of_campaign())
    assert theirs.count() > 350
    assert set(theirs.values_list("is_verified", flat=True)) == {False}
    ours = Support.objects.exclude(person__in=debate.of_campaign())
    assert set(ours.filter(is_verified=True).values_list("person", flat=True)) == set(
        ours.filter(person__in=debate.known()).values_list("person", flat=True)
    )


def test_what_is_pushed_has_more_voices_and_shows_fewer_than_five_verified(debate, client):
    figures = {row.record_id: row for row in RecordFigures.objects.all()}
    pushed, liked = ([figures[each.pk] for each in some] for some in (debate.pushed, debate.liked))
    assert min(row.supports for row in pushed) > max(row.supports for row in liked)
    assert {row.verified for row in pushed} == {0}
    for row, record in zip(liked, debate.liked, strict=True):
        assert row.verified == Support.objects.filter(record=record, person__in=debate.known()).count() >= 5
        assert f"dont {row.verified} de personnes vérifiées" in plain(client.get(f"/idees/{record.code}"))
    for record in debate.pushed:
        assert "dont moins de 5 de personnes vérifiées" in plain(client.get(f"/idees/{record.code}"))


def test_nobody_s_voice_is_taken_away_nor_ranked_behind(debate, client):
    """The order by voices counts everyone: what is pushed still stands first."""
    page = plain(client.get("/concertations/bouger/idees"))
    first_liked = min(page.index(f"Idée {n}") for n in range(3))
    assert all(page.index(f"Poussée {n}") < first_liked for n in range(3))
