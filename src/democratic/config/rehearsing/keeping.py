"""Each scene of the play: its figures, and its pages as visitors would have read them that day."""

from collections.abc import Iterator

from django.core.cache import caches
from django.test import Client
from django.utils import translation

from democratic.config.rehearsing.links import kept_apart
from democratic.kernel.clock import DATABASE_CLOCK, Clock, local_day
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import dues_of
from democratic.participation.processes.models import Process
from democratic.participation.reports.desk import process_figures
from democratic.participation.reports.process_page import figures_of
from democratic.rehearsal.play import Play, Scene
from democratic.rehearsal.script import Script
from democratic.rehearsal.shelf import DONE, PLAYING, Shelf, Told
from democratic.thread.journal import drain, sequence_once
from democratic.thread.models import Support
from democratic.thread.rules import Viewer

PAGES = {"page": "", "paroles": "/idees", "entendu": "/entendu", "reponses": "/reponses", "bilan": "/bilan"}
FEWEST, MOST = 5, 6  # scenes of a play


def play_and_keep(script: Script, shelf: Shelf, *, seed: int) -> None:
    scenes: list[Told] = []
    pages: dict[tuple[str, str], str] = {}
    with translation.override(script.language):
        play = Play(script, seed, _settle)
        for scene in play.scenes():
            shelf.tell(PLAYING, done=len(scenes) + 1, of=MOST, scene=scene.title)
            DATABASE_CLOCK.stands_at = scene.clock.moment
            pages |= {(scene.key, name): html for name, html in _pages(script, scene)}
            scenes.append(_told(play.process, scene))
            DATABASE_CLOCK.stands_at = None
    shelf.keep(scenes, pages)
    shelf.tell(DONE)


def _settle(clock: Clock) -> None:
    """As the sequencer would have: figures are projections of the journal."""
    while sequence_once():
        pass
    drain(clock=clock)
    caches["fragments"].clear()


def _pages(script: Script, scene: Scene) -> Iterator[tuple[str, str]]:
    visitor, base = (
        Client(headers={"host": "localhost", "accept-language": script.language}),
        f"/concertations/{script.slug}",
    )
    prefix = "/en" if script.language == "en" else ""
    known = {prefix + base + path: f"../{scene.key}/{name}" for name, path in PAGES.items()}
    for name, path in PAGES.items():
        answer = visitor.get(prefix + base + path)
        if answer.status_code == 200:  # noqa: PLR2004
            yield name, kept_apart(answer.content.decode(), known)


def _told(process: Process, scene: Scene) -> Told:
    today = local_day(scene.clock.now(), process.authority.time_zone)
    figures = figures_of(Viewer(process.authority), process.pk)
    due = dues_of([process.pk], today)[process.pk, Owed.ANSWER]
    return Told(
        key=scene.key,
        title=scene.title,
        day=today.isoformat(),
        voices=dict(figures.voices),
        supports=Support.objects.filter(record__process=process.record).count(),
        subjects=process_figures(process).themes,
        answered=figures.answered,
        waiting=figures.waiting,
        late=due.days_late,
        pages=tuple(PAGES),
    )
