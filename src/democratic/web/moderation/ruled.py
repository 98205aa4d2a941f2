"""One decision: what was decided, under which rule, for which facts, and how to contest it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from democratic.kernel.clock import local_day
from democratic.stewardship.moderation.charter import MEANS, NOT_READABLE, Rule
from democratic.stewardship.moderation.models import Ruling
from democratic.stewardship.moderation.queries.public import get_ruling_for
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.models import Visibility
from democratic.web.formats import day
from democratic.web.moderation.phrases import (
    became,
    how_found,
    of_what,
    ruling_path,
    shape_of,
    subject_url,
    what_was_decided,
)
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request
from democratic.web.suites.reading import by_code

# Free, and for everyone: see the Digital Services Act, article 17.3.f.
DEFENDER = "https://www.defenseurdesdroits.fr/"


@by_code
def ruling(request: Request, code: str) -> HttpResponse:
    """By the decision's own code; the code of a word leads to the last decision on it."""
    found = get_ruling_for(request.viewer, code)
    if found.record.code != code:
        return redirect(ruling_path(found.record.code))
    title = _("Décision de modération %(code)s") % {"code": code}
    context = {
        "title": title,
        "trail": [(_("La modération"), at("/moderation")), (code, "")],
        "ruling": found,
        "state": shape_of(found.outcome),
        "decided": what_was_decided(found),
        "means": MEANS[Rule(found.rule)],
        "facts": _facts(found),
        "became": became(found),
        "before": ruling_path(found.second_to.record.code) if found.second_to else "",
        "after": ruling_path(found.second.record.code) if hasattr(found, "second") else "",
        "remedy": _remedy(request, found),
        "bin": at("/moderation/corbeille") if _is_in_bin(found) else "",
        "defender": DEFENDER,
        "proof": at(f"/journal/preuve/{code}"),
    }
    return show(request, Main("web/moderation/ruling.html", context, title=title))


def _facts(found: Ruling) -> list[tuple[str, str, str]]:
    facts = [
        (_("Sur"), f"{of_what(found.subject.kind)} {found.subject.code}", ""),
        (_("Décidée le"), day(found.record.happened_at), ""),
        (_("Comment"), how_found(found), _("Aucune décision n’est prise par une machine.")),
    ]
    if found.ground:
        facts.append((_("La loi"), found.ground, ""))
    return facts


def _is_in_bin(found: Ruling) -> bool:
    return found.subject.visibility == Visibility.HIDDEN and found.rule not in NOT_READABLE


def _remedy(request: Request, found: Ruling) -> dict[str, Any] | None:
    """None once a second person decided, or when the six months are over."""
    if found.appeal_until is None or hasattr(found, "second"):
        return None
    today = local_day(request.clock.now(), request.authority.time_zone)
    if today > found.appeal_until:
        return None
    who = (
        _("La personne qui l’avait signalée peut contester jusqu’au %(day)s, sans frais.")
        if found.outcome == Outcome.KEPT
        else _("La personne qui l’avait écrite peut contester jusqu’au %(day)s, sans frais.")
    )
    return {
        "who": who % {"day": day(found.appeal_until)},
        "url": f"{ruling_path(found.record.code)}/contester",
        "subject": subject_url(found),
    }
