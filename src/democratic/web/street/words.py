"""How a session and what it brought back are said."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.street.models import CaptureKind, StreetCapture
from democratic.people.models import AgeBand
from democratic.web.formats import day, number


def summary_of(capture: StreetCapture, options: Mapping[str, str], officials: Mapping[str, str]) -> str:
    """What an agent reads of it; empty once its words stand elsewhere."""
    said = capture.payload
    if capture.kind == CaptureKind.TALLY:
        return " · ".join(
            f"{options.get(rank, rank)}\u00a0: {n}" for rank, n in said.get("counts", {}).items()
        )
    if capture.kind == CaptureKind.ENGAGEMENT and said:
        due = day(date.fromisoformat(said["due_on"]))
        told = {"who": officials.get(said["official"], ""), "day": due, "text": said["text"]}
        line = _("%(who)s, pour le %(day)s : %(text)s") % told
        signed = said.get("signature", "")
        return line + " " + _("Signé sur place « %(name)s ».") % {"name": signed} if signed else line
    return " · ".join(
        str(said[name]) for name in ("text", "alternative", "weather", "notes") if said.get(name)
    )


def who_of(capture: StreetCapture) -> str:
    said = capture.payload
    band = str(AgeBand(said["age_band"]).label) if said.get("age_band") in AgeBand.values else ""
    return ", ".join(part for part in (said.get("first_name", ""), band) if part)


def counted_lines(counted: Mapping[str, int]) -> list[tuple[str, str]]:
    """(number, word) of what was told, those of nobody left out but the sentences."""
    said = (
        ("said", lambda n: ngettext("parole", "paroles", n)),
        ("answered", lambda n: ngettext("réponse d’un geste", "réponses d’un geste", n)),
        (
            "refused",
            lambda n: ngettext("personne n’a pas voulu répondre", "personnes n’ont pas voulu répondre", n),
        ),
        ("aside", lambda n: ngettext("saisie écartée", "saisies écartées", n)),
    )
    return [
        (number(counted.get(name, 0)), tell(counted.get(name, 0)))
        for name, tell in said
        if name == "said" or counted.get(name)
    ]
