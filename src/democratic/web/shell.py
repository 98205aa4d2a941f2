"""What the shell around every page needs to know: cheap, and the same for all pages."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.messages import get_messages
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from democratic.communities.editorial.queries import foot_of
from democratic.communities.models import Logo
from democratic.communities.queries import conformity_of
from democratic.kernel.outages import Part
from democratic.kernel.pages import Stamp
from democratic.kernel.spoken import Spoken
from democratic.kernel.switches import KNOWN_WITHIN, read_only
from democratic.thread.models import Authority, Role
from democratic.thread.queries.journal import JournalState, journal_state
from democratic.web.flashes import FlashStorage
from democratic.web.formats import day, hour, typo
from democratic.web.kept import Kept
from democratic.web.places import at, page_path, root
from democratic.web.requests import Request

# Of pages that are not stored: those know it with their version.
READ_ONLY: Kept[str | None] = Kept(lambda _name: read_only(), seconds=KNOWN_WITHIN)
JOURNAL: Kept[JournalState] = Kept(lambda _: journal_state(), seconds=5)

RECORDED = _("Votre parole est bien enregistrée.")
DOWN = {
    Part.MAIL: _("Les messages partent avec retard."),
    Part.STORAGE: _("Les photos et les fichiers ne s’affichent pas pour le moment."),
    Part.IDENTITY: _(
        "La connexion par un service d’identité ne répond pas. Un code par e-mail marche toujours."
    ),
    Part.CACHE: _(
        "La connexion par un code ne marche pas pour le moment. Le mot de passe marche. Vous pouvez participer sans compte."
    ),
    Part.SMS: _("Les SMS partent avec retard."),
    Part.ANTIVIRUS: _("Les photos et les documents ne peuvent pas être joints pour le moment."),
}


# The pages that the foot names: a title and a slug, by authority. Not a promise either: seconds behind at most.
FOOT: Kept[list[tuple[Spoken, str]]] = Kept(lambda pk: foot_of(UUID(pk)), seconds=5)


def _foot(authority: UUID) -> SafeString:
    links = ((page_path(slug), typo(title)) for title, slug in FOOT.of(str(authority)))
    return format_html_join("", '<a href="{}">{}</a>', links)


def _journal() -> dict[str, Any]:
    """The journal's length in the footer: not a promise."""
    state = JOURNAL.of()
    return {
        "size": state.size,
        "signed_at": f"{day(state.signed_at)}, {hour(state.signed_at)}" if state.signed_at else "",
    }


def banner(down: Iterable[str]) -> str:
    """What doesn't work for now, calmly, and that taking part does; nothing when all is well."""
    said = [str(DOWN[Part(part)]) for part in down]
    return " ".join([*said, str(RECORDED)]) if said else ""


def mails_stay_here(request: Request) -> bool:
    """On a demonstration where no real server is set, mails end in the development mailbox."""
    return bool(request.authority.is_demo and not settings.EMAIL_URL)


def look_of(accent: str, identity: str) -> dict[str, Any]:
    """The colour of one's own wins over the product's identities."""
    if accent:
        return {"identity": "", "theme_css": f"{root()}/apparence/{accent[1:]}.css"}
    return {"identity": identity, "theme_css": ""}


def logo_of(authority: Authority) -> dict[str, str] | None:
    """Of the authority that the request already holds with its logo: no query."""
    held: Logo | None = getattr(authority, "logo", None)
    return {"url": f"{root()}/logo/{held.file_id}", "alt": held.alternative} if held else None


def shell_context(
    request: Request,
    title: str,
    description: str,
    section: str,
    main: SafeString,
    stamp: Stamp | None = None,
) -> dict[str, Any]:
    viewer, language = request.viewer, get_language() or "fr"
    why = stamp.read_only if stamp else READ_ONLY.of()
    path = request.get_full_path()
    bare = path.removeprefix(root())
    bare = bare[3:] or "/" if bare == "/en" or bare.startswith(("/en/", "/en?")) else bare
    other = bare if language == "en" else f"/en{bare}"
    has_flashes = FlashStorage.cookie_name in request.COOKIES or request.method == "POST"
    said = list(get_messages(request)) if has_flashes else []
    return {
        "main": main,
        "read_only": why is not None,
        "read_only_why": why,
        "title": title,
        "description": description,
        "section": section,
        "authority": viewer.authority,
        "path": bare.partition("?")[0],
        "journal": _journal(),
        "foot": _foot(viewer.authority.pk),
        "prefix": at(""),
        "logo": logo_of(viewer.authority),
        **look_of(viewer.authority.accent, viewer.authority.identity),
        "language": language,
        "other_language": "fr" if language == "en" else "en",
        "conformity": conformity_of(viewer.authority),
        "other_language_url": root() + other if viewer.authority.speaks("en") else "",
        "signed_in": viewer.is_signed_in,
        "person_name": (viewer.person.name if viewer.is_signed_in and viewer.person else "")
        or _("Mon compte"),
        "can_work": viewer.is_signed_in
        and viewer.has_role(Role.AGENT, Role.OFFICIAL, Role.ADMINISTRATOR, Role.MODERATOR),
        "flashes": [(each.level_tag, str(each)) for each in said],
        "acknowledged": next((each.extra_tags for each in said if each.extra_tags), ""),
        "demo": viewer.authority.is_demo,
        "helped": request.helped and (request.helped.person.name or request.helped.email),
        "banner": banner(stamp.down if stamp else JOURNAL.of().down),
    }
