"""Two street sessions about the night line: one that was held at a market and is told, one that is announced."""

from collections.abc import Iterator
from datetime import datetime
from itertools import cycle, islice
from typing import Any

from django.db.models import QuerySet

from democratic.demo.calendar import FRI, SAT, SUN, TUE, WED, Next, Week, When
from democratic.demo.night_line import NIGHT_LINE
from democratic.demo.questions import IN_THE_STREET
from democratic.demo.story import Scene, Story
from democratic.demo.wall_picture import wall_picture
from democratic.kernel.clock import Clock
from democratic.kernel.ids import uuid7
from democratic.participation.street.devices import prepare_device
from democratic.participation.street.files import keep_street_file
from democratic.participation.street.models import CaptureKind, StreetCapture, StreetSession, TeamRole
from democratic.participation.street.planning import Outing, plan_session
from democratic.participation.street.receiving import receive
from democratic.participation.street.returning import send_to_the_street
from democratic.participation.street.validating import validate_captures
from democratic.people.models import AgeBand
from democratic.thread.models import Kind, Origin, Record

MARKET, STATION = "Place du Marché, Les Forges", "Gare de Vaubrun, parvis"
HELD, COMES = Week(-1, SAT), Next(FRI)
READ_AGAIN = Week(-1, SUN)
# First name, age, words; the last one is said of a sentence of the site, read aloud.
SAID = (
    ("Moussa", AgeBand.YOUNG, "B : Saint-Maurin n’a aucun car le soir, six minutes de plus ce n’est pas cher."),
    ("Sandrine", AgeBand.ADULT, "J’embauche à la boulangerie à quatre heures. Votre car de nuit, il dort quand je pars."),
    ("René", AgeBand.ADULT, "Écrivez l’heure du dernier départ sur la vitrine du café, pas seulement sur un téléphone."),
    ("Amina", AgeBand.ADULT, "Avec la poussette, la marche du car est trop haute : le soir, je reste chez moi."),
    ("", AgeBand.TEENS, "Le C."),
    ("Jeanne", AgeBand.YOUNG, "Six minutes, je les donne : je monte à Saint-Maurin."),
)  # fmt: skip
TAPPED = (AgeBand.YOUNG, AgeBand.TEENS, AgeBand.ADULT, AgeBand.YOUNG)
TAPS, REFUSALS = 46, 7
WALL = "Huit cartes de couleur accrochées à un fil, sous la halle du marché."


def scenes(story: Story) -> Iterator[Scene]:
    at = story.calendar.at
    yield Scene(at(Week(-2, TUE), 10), lambda clock: _announce(story, clock))
    yield Scene(
        at(Week(-2, WED), 15), lambda clock: _read_there(story, "market", _first_online(story), clock)
    )
    yield Scene(at(HELD, 13), lambda clock: _bring_back(story, clock))
    yield Scene(at(READ_AGAIN, 18), lambda clock: _tell(story, clock))
    yield Scene(at(READ_AGAIN, 19), lambda clock: _go_again(story, clock))


def _announce(story: Story, clock: Clock) -> None:
    question = "Quel tracé pour rentrer le soir, A, B ou C ?"
    outing = _outing(story, question, MARKET, HELD, 9, poll=story.polls["last_bus"])
    story.street["market"] = _plan(story, outing, clock)


def _go_again(story: Story, clock: Clock) -> None:
    """What was said at the market is read at the station: from the street to the net, and back."""
    outing = _outing(
        story,
        "Qu’est-ce qui vous ferait prendre le car de nuit ?",
        STATION,
        COMES,
        17,
        missing="65 ans et plus",
    )
    story.street["station"] = _plan(story, outing, clock)
    _read_there(story, "station", _heard(story, "vitrine"), clock)


def _outing(story: Story, question: str, place: str, day: When, hour: int, **more: Any) -> Outing:
    at, team = story.calendar.at, {story.people["karim"].pk: TeamRole.LEADS}
    return Outing(question, place, at(day, hour), at(day, hour + 3), team, **more)


def _plan(story: Story, outing: Outing, clock: Clock) -> StreetSession:
    process, author = story.processes[NIGHT_LINE], story.people["nathalie"]
    return plan_session(process=process, outing=outing, author=author, clock=clock)


def _read_there(story: Story, session: str, said: Record, clock: Clock) -> None:
    send_to_the_street(session=story.street[session], said=said, clock=clock)


def _ideas(story: Story) -> QuerySet[Record]:
    process = story.processes[NIGHT_LINE].record
    return Record.objects.filter(process=process, kind=Kind.IDEA, visibility="public")


def _first_online(story: Story) -> Record:
    return _ideas(story).filter(origin=Origin.WEB).earliest("happened_at")


def _heard(story: Story, word: str) -> Record:
    return _ideas(story).get(origin=Origin.STREET, wording__text__contains=word)


def _bring_back(story: Story, clock: Clock) -> None:
    session = story.street["market"]
    prepared = prepare_device(session=session, person=story.people["karim"], clock=clock)
    records = list(_records(story, prepared.codes, clock.now()))
    receive(session=session, device=prepared.device, records=records[:-1], clock=clock)
    wall = StreetCapture.objects.get(session=session, kind=CaptureKind.WALL)
    keep_street_file(capture=wall, n=1, content_type="image/jpeg", content=wall_picture(), clock=clock)
    receive(session=session, device=prepared.device, records=records[-1:], clock=clock)


def _records(story: Story, codes: list[str], now: datetime) -> Iterator[dict[str, Any]]:
    """As a phone sends them; the summary last."""
    about = _first_online(story).code
    for number, ((name, band, text), code) in enumerate(zip(SAID, codes, strict=False)):
        told = {"text": text, "first_name": name, "age_band": band, "consent": True, "code": code}
        yield _record("quote", now, **told, about=about if number == len(SAID) - 1 else "")
    for rank, band in islice(zip(cycle(IN_THE_STREET), cycle(TAPPED), strict=False), TAPS):
        yield _record("tap", now, rank=rank, age_band=band)
    for _each in range(REFUSALS):
        yield _record("refusal", now)
    yield _record("wall", now, alternative=WALL, has_photo=1)
    yield _record("summary", now, weather="Soleil et vent", notes="Beaucoup de monde jusqu’à 11 h.")


def _record(kind: str, now: datetime, **said: Any) -> dict[str, Any]:
    return {"uuid": str(uuid7()), "kind": kind, "made_at": now.isoformat(), "code": "", **said}


def _tell(story: Story, clock: Clock) -> None:
    session, by = story.street["market"], story.people["nathalie"]
    validate_captures(session=session, by=by, function="Service jeunesse", clock=clock)
