"""Where each Record is shown. Paths are the same in both languages, under ``/en`` in English."""

from uuid import UUID

from django.urls import get_script_prefix
from django.utils.translation import get_language

from democratic.thread.addresses import public_address
from democratic.thread.models import Authority, Kind

FOLDER = {
    Kind.MANDATE: "commandes",
    Kind.PROCESS: "concertations-par-code",
    Kind.IDEA: "idees",
    Kind.DEBATE: "debats",
    Kind.COMMENT: "commentaires",
    Kind.MEETING: "rencontres",
    Kind.THEME: "sujets",
    Kind.ANSWER: "reponses",
    Kind.DECISION: "decisions",
    Kind.COMMITMENT: "engagements",
    Kind.ACTION: "actions",
    Kind.EVIDENCE: "preuves",
    Kind.ORGANISATION: "organisations",
    Kind.OBSERVATORY: "observatoires",
    Kind.HEARING: "auditions",
    Kind.VERDICT: "avis",
    Kind.POLL: "questions",
    Kind.RULING: "moderation",
    Kind.PAGE: "pages",
    Kind.NEWS: "actualites",
    Kind.COLUMN: "tribunes",
    Kind.STREET_SESSION: "rendez-vous-de-rue",
    Kind.WALL_QUESTION: "questions-de-rencontre",
    Kind.SOUNDING: "votes-de-rencontre",
    Kind.OPINION: "avis-des-conseils",
    Kind.REFERRAL: "saisines",
}


def root() -> str:
    """What comes before the paths of this authority, language aside: empty, or ``/c/<slug>``."""
    return get_script_prefix().rstrip("/")


def at(path: str) -> str:
    """A path of ours, at this authority and in the language of the page."""
    return f"{root()}/en{path}" if get_language() == "en" else f"{root()}{path}"


def elsewhere(authority: Authority, path: str) -> str:
    """The whole address of what ``at`` gave, as it stands at another authority."""
    return public_address(authority) + path.removeprefix(root())


def record_path(kind: str, code: str) -> str:
    return at(f"/{FOLDER[Kind(kind)]}/{code}")


def process_path(slug: str, page: str = "") -> str:
    return at(f"/concertations/{slug}" + (f"/{page}" if page else ""))


def page_path(slug: str) -> str:
    """A page of the authority, which it writes."""
    return at(f"/pages/{slug}")


def official_path(official: UUID) -> str:
    return at(f"/elus/{official}")


def fil_path(code: str) -> str:
    return at(f"/fil/{code}")
