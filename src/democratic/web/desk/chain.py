"""From an order to its evidence: where on this chain a page of the desk stands."""

from enum import IntEnum
from typing import Any

from django.utils.translation import gettext as _


class Place(IntEnum):
    ORDER = 0
    PROCESS = 1
    THEME = 2
    ANSWER = 3
    DECISION = 4
    COMMITMENT = 5
    EVIDENCE = 6


def chain(here: Place) -> list[dict[str, Any]]:
    """For parts/steps.html, in a column."""
    places = (
        (_("Commande"), _("ce qui est demandé")),
        (_("Concertation"), _("une question, sept étapes datées")),
        (_("Sujet"), _("les paroles qui se ressemblent")),
        (_("Réponse"), _("signée, avec sa raison")),
        (_("Décision"), _("un acte, son vote")),
        (_("Engagement"), _("un service, une date")),
        (_("Preuve"), _("un lien ou un fichier")),
    )
    return [
        {
            "name": name,
            "when": about,
            "note": "",
            "state": "now" if rank == here else "done" if rank < here else "ahead",
            "late": "",
            "reason": "",
        }
        for rank, (name, about) in enumerate(places)
    ]
