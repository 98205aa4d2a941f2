"""A sports club and the youth council: who keeps each page, who speaks for it, and who did before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from democratic.communities.models import Membership, Organisation
from democratic.communities.organisations.actions import (
    accept_to_speak,
    end_mandate_to_speak,
    join,
    make_join_link,
    open_organisation,
    propose_to_speak,
)
from democratic.demo.calendar import FRI, THU, TUE, WED, Week
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.thread.actions import Words

CLUB, YOUTH, CAPTAIN = "club", "youth", "captain"
Act = Callable[[Clock], object]
EDITOR, MEMBER = Membership.Place.EDITOR, Membership.Place.MEMBER


@dataclass(frozen=True, slots=True)
class Body:
    key: str
    sort: Organisation.Sort
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """``key``: the name by which voices say in whose name they were said."""

    key: str
    body: str
    who: str
    place: Membership.Place
    function: str


BODIES = (
    Body(
        CLUB,
        Organisation.Sort.ASSOCIATION,
        "Club d’athlétisme de Haute-Combe",
        "Cent dix licenciés, dont soixante ont moins de vingt ans. Trois entraînements par semaine, le soir, "
        "au stade intercommunal.",
    ),
    Body(
        YOUTH,
        Organisation.Sort.BODY,
        "Conseil départemental des jeunes",
        "Vingt-quatre jeunes de 14 à 20 ans, tirés au sort dans les collèges et lycées pour deux ans. Ils "
        "donnent un avis sur ce qui les concerne, et le disent en public.",
    ),
)
SPEAKERS = (
    Speaker(CLUB, CLUB, "gabriel", EDITOR, "secrétaire"),
    Speaker(CAPTAIN, CLUB, "ines", MEMBER, "capitaine des juniors"),
    Speaker(YOUTH, YOUTH, "ines", EDITOR, "porte-parole"),
)


def scenes(story: Story) -> Iterator[Scene]:
    at = story.calendar.at
    for number, body in enumerate(BODIES):
        yield Scene(at(Week(-21, TUE), 9, 10 * number), _open(story, body))
    for number, speaker in enumerate(SPEAKERS):
        yield Scene(at(Week(-21, WED), 18, 10 * number), _join(story, speaker))
        yield Scene(at(Week(-21, THU), 19, 10 * number), _accept(story, speaker))
    yield Scene(at(Week(-9, FRI), 18), lambda clock: _end(story, CAPTAIN, clock))


def _open(story: Story, body: Body) -> Act:
    def act(clock: Clock) -> None:
        words = Words(title=body.name, text=body.text)
        story.organisations[body.key] = open_organisation(
            authority=story.authority, sort=body.sort, words=words, clock=clock
        )

    return act


def _join(story: Story, speaker: Speaker) -> Act:
    def act(clock: Clock) -> None:
        person, organisation = story.people[speaker.who], story.organisations[speaker.body]
        link = make_join_link(organisation=organisation, place=speaker.place, by=None, clock=clock).link
        member = join(link=link, account=person.account, clock=clock)
        story.mandates_to_speak[speaker.key] = propose_to_speak(
            membership=member, name=person.name, function=speaker.function, clock=clock
        )

    return act


def _accept(story: Story, speaker: Speaker) -> Act:
    def act(clock: Clock) -> None:
        proposed, person = story.mandates_to_speak[speaker.key], story.people[speaker.who]
        story.mandates_to_speak[speaker.key] = accept_to_speak(
            mandate=proposed, person_ids=[person.pk], clock=clock
        )

    return act


def _end(story: Story, key: str, clock: Clock) -> None:
    end_mandate_to_speak(mandate=story.mandates_to_speak[key], clock=clock)
