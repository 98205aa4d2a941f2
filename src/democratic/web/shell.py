"""What the shell around every page needs to know: cheap, and the same for all pages."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from democratic.thread.models import Role
from democratic.thread.queries.journal import JournalState, journal_state
from democratic.web.formats import day, hour
from democratic.web.kept import Kept
from democratic.web.requests import Request

JOURNAL: Kept[JournalState] = Kept(lambda _: journal_state(), seconds=10)


def _journal() -> dict[str, Any]:
    """The journal's length in the footer: not a promise."""
    state = JOURNAL.of()
    return {
        "size": state.size,
        "signed_at": f"{day(state.signed_at)}, {hour(state.signed_at)}" if state.signed_at else "",
    }


def mails_stay_here(request: Request) -> bool:
    """On a demonstration where no real server is set, mails end in the development mailbox."""
    return bool(request.authority.is_demo and not settings.EMAIL_URL)


def shell_context(
    request: Request, title: str, description: str, section: str, main: SafeString, read_only: str | None
) -> dict[str, Any]:
    viewer, language = request.viewer, get_language() or "fr"
    path = request.get_full_path()
    bare = path[3:] or "/" if path == "/en" or path.startswith(("/en/", "/en?")) else path
    has_flashes = "messages" in request.COOKIES or request.method == "POST"
    return {
        "main": main,
        "read_only": read_only is not None,
        "read_only_why": read_only,
        "title": title,
        "description": description,
        "section": section,
        "authority": viewer.authority,
        "path": (bare if language == "en" else path).partition("?")[0],
        "journal": _journal(),
        "prefix": "/en" if language == "en" else "",
        "language": language,
        "other_language": "fr" if language == "en" else "en",
        "other_language_url": bare if language == "en" else f"/en{bare}",
        "signed_in": viewer.is_signed_in,
        "person_name": viewer.person.name if viewer.is_signed_in and viewer.person else "",
        "can_work": viewer.is_signed_in
        and viewer.has_role(Role.AGENT, Role.OFFICIAL, Role.ADMINISTRATOR, Role.MODERATOR),
        "flashes": [(m.level_tag, str(m)) for m in get_messages(request)] if has_flashes else [],
        "demo": viewer.authority.is_demo,
    }
