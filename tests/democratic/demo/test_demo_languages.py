"""Whoever reads in one language hears the words said in another in their own: WCAG 3.1.2."""

import re
from html.parser import HTMLParser

import pytest
from django.core.cache import caches
from django.test import Client

from democratic.kernel.clock import FixedClock
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.processes.models import Process
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words, post_comment
from democratic.thread.models import Kind, Opening, Record, Visibility, Wording
from democratic.web.places import FOLDER

pytestmark = pytest.mark.django_db

ENGLISH = "A night bus that goes on after the last train."
ENOUGH = 25  # signs: shorter words are names and labels
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BESIDE = ("reason", "note", "account", "asks", "use_of_input", "not_negotiable", "decidable", "not_decidable")
UNTOLD = {"title", "script", "style", "textarea", "option"}  # where no element can say a language
SPACES = re.compile(r"\s+")


class Announced(HTMLParser):
    """Each text of a page with the language that it is announced in."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.attributes: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.attributes += [value for value in given.values() if value]
        if tag not in VOID:
            self.open.append((tag, given.get("lang") or (self.open[-1][1] if self.open else "")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        text = bare(data)
        if text and self.open and self.open[-1][0] not in UNTOLD:
            self.texts.append((self.open[-1][1], text))


def bare(text: str) -> str:
    return SPACES.sub(" ", text).strip()


def sentences_of(texts) -> set[str]:
    """Long enough to be heard as a language, line by line, as pages cut them."""
    lines = (bare(line) for text in texts for line in re.split(r"\n|(?<=[.!?…])\s", text or ""))
    return {line for line in lines if len(line) >= ENOUGH}


@pytest.fixture
def reader(demo, monkeypatch) -> Client:
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(demo.now))
    caches["fragments"].clear()
    return Client()


def pages(each: int = 3) -> list[str]:
    """The public pages, with a few Records of every kind, both ways along their fil."""
    found = ["/", "/participer", "/commandes", "/agenda", "/engagements", "/journal"]
    found += ["/recherche?q=bus", "/comment-ca-marche", "/methodes"]
    for slug in Process.objects.values_list("slug", flat=True):
        inside = ("", "/idees", "/idees?tri=recent", "/entendu", "/reponses", "/bilan", "/dire")
        found += [f"/concertations/{slug}{page}" for page in inside]
        found.append(f"/engagements?concertation={slug}")
    public = Record.objects.filter(visibility=Visibility.PUBLIC, audience=None)
    for kind, folder in FOLDER.items():
        codes = public.filter(kind=kind).order_by("state", "-pk").values_list("code", "state")
        for code in [code for code, _ in codes][:: max(1, len(codes) // each)][:each]:
            found += [f"/{folder}/{code}", f"/fil/{code}", f"/fil/{code}/retour", f"/journal/preuve/{code}"]
    return found


def words_in(language: str) -> list[str]:
    """All that was said in it, reasons, notes and promises included: each goes with a Record's words."""
    said = Wording.objects.filter(language=language)
    beside = Opening.objects.filter(entry__record__wording__language=language, part__in=BESIDE)
    # The name of an organisation is a proper name, which WCAG 3.1.2 leaves in its own language unsaid.
    titles = said.exclude(record__kind=Kind.ORGANISATION).values_list("title", flat=True)
    return [*titles, *said.values_list("text", flat=True), *beside.values_list("value", flat=True)]


def read(reader: Client, path: str) -> str:
    answer = reader.get(path, follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


def wrongly_told(reader, paths, *, prefix: str, page_language: str, said_in: str) -> dict[str, list[str]]:
    """By page: the texts that begin one of the sentences said in a language, announced in another."""
    heads = {sentence[:ENOUGH] for sentence in sentences_of(words_in(said_in))}
    found = {}
    for path in paths:
        spoken = Announced(read(reader, prefix + path))
        assert not [value for value in spoken.attributes if "<bdi" in value], path
        wrong = [
            text
            for language, text in spoken.texts
            if language == page_language
            and any(text[at : at + ENOUGH] in heads for at in range(len(text) - ENOUGH + 1))
        ]
        if wrong:
            found[path] = wrong
    return found


def test_french_words_on_english_pages_say_that_they_are_french(demo, reader):
    wrong = wrongly_told(reader, pages(), prefix="/en", page_language="en", said_in="fr")
    assert wrong == {}


def test_english_words_on_french_pages_say_that_they_are_english(demo, reader):
    clock = FixedClock(demo.now)
    said = Words(text=f"{ENGLISH} Nobody waits for it alone.", language="en", byline="A visitor")
    idea = submit_idea(
        process=demo.process("ligne-de-nuit-n2"), author=welcome_guest(), words=said, clock=clock
    ).idea.record
    reply = Words(text="And let it stop at the hospital, where shifts end late.", language="en")
    post_comment(subject=idea, author=welcome_guest(), words=reply, alignment=1, clock=clock)
    places = [
        *(f"/idees/{idea.code}", f"/fil/{idea.code}", f"/fil/{idea.code}/retour"),
        *("/concertations/ligne-de-nuit-n2/idees?tri=recentes", "/recherche?q=nobody"),
    ]
    for path in places:
        assert any(ENGLISH in text for _, text in Announced(read(reader, path)).texts), path
    assert wrongly_told(reader, places, prefix="", page_language="fr", said_in="en") == {}
