"""The pages of one process, under its title."""

from django.utils.translation import gettext as _

from democratic.participation.processes.models import Process
from democratic.web.places import at, process_path
from democratic.web.suites.fil.phrases import title_of

Tab = tuple[str, str, bool]


def process_tabs(slug: str, current: str) -> list[Tab]:
    """``current``: the last part of the page's path."""
    return [
        (_("Où nous en sommes"), process_path(slug), False),
        (_("Idées"), process_path(slug, "idees"), False),
        (_("Ce qu’on a entendu"), process_path(slug, "entendu"), current == "entendu"),
        (_("Réponses"), process_path(slug, "reponses"), current == "reponses"),
        (_("Engagements"), f"{at('/engagements')}?concertation={slug}", False),
        (_("Rencontres"), f"{at('/agenda')}?concertation={slug}", False),
        (_("Bilan"), process_path(slug, "bilan"), current == "bilan"),
    ]


def head_of(process: Process, page: str, name: str) -> dict[str, object]:
    """What suites/parts/process_head.html shows."""
    title = title_of(process.record)
    return {
        "prefix": at(""),
        "trail": [(title, process_path(process.slug)), (name, "")],
        "process_title": title,
        "page_title": name,
        "tabs": process_tabs(process.slug, page),
        "tabs_label": _("Dans cette concertation"),
    }
