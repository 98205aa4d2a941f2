"""Which pages one may watch, and what the entry is told of one who does."""

from dataclasses import dataclass

from democratic.web.places import at
from democratic.web.requests import Request

# Public pages, stored by version. Each decides by itself who sees it; a name here adds no right. Those that tell of
# a whole consultation (what was heard, the answers, the report) are not here: they cost too much to be made anew.
WATCHED = frozenset(
    (
        "fil", "fil_back", "idea", "debate", "process", "mandate",
        "meeting", "poll", "theme", "answer", "decision", "commitment", "action", "evidence",
    )
)  # fmt: skip
SEEN = "vu"  # the imprint that the reader's page carries
# In the environ of the request, which is the process's own: a header might leave it.
FOR_THE_ENTRY = "democratic.watching"


@dataclass(frozen=True, slots=True)
class Watching:
    """Someone whom a page was just shown to. ``session`` names the row of who is signed in, else it is empty.

    ``seen``: what her page said when she read it, when that is known.
    """

    scope: str
    version: str
    imprint: str
    seen: str
    session: str


def live_address(request: Request) -> str:
    """Where one is told of changes of this page; empty for a page that is not watched."""
    if request.resolver_match is None or request.resolver_match.url_name not in WATCHED:
        return ""
    prefix = at("")
    return f"{prefix}/live{request.get_full_path().removeprefix(prefix)}"
