"""Where each Record is shown. Paths are the same in both languages, under ``/en`` in English."""

from django.utils.translation import get_language

from democratic.thread.models import Kind

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
}


def at(path: str) -> str:
    """A path of ours in the language of the page."""
    return f"/en{path}" if get_language() == "en" else path


def record_path(kind: str, code: str) -> str:
    return at(f"/{FOLDER[Kind(kind)]}/{code}")


def process_path(slug: str, page: str = "") -> str:
    return at(f"/concertations/{slug}" + (f"/{page}" if page else ""))


def fil_path(code: str) -> str:
    return at(f"/fil/{code}")
