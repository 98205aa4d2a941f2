"""What waits for the members of a house."""

from django.utils.translation import gettext as _

from democratic.communities.houses.models import Charter
from democratic.communities.houses.queries import Presence, charter_in_force
from democratic.participation.houses.models import Opinion
from democratic.participation.houses.queries import opinions_at_home
from democratic.web.houses.places import house_path


def todo_of(presence: Presence, draft: Charter | None) -> list[tuple[str, str]]:
    """Each as one line that leads there."""
    house = presence.house
    waiting = []
    if draft is not None and draft.state == Charter.State.ASKED:
        waiting.append((_("La charte attend la réponse de chacun"), house_path(house, "charte/projet")))
    elif charter_in_force(house) is None:
        waiting.append((_("Écrire la charte"), house_path(house, "charte/projet")))
    waiting += [
        (
            _("L’avis « %(title)s » attend la réponse de chacun") % {"title": opinion.record.title},
            house_path(house, f"avis/{opinion.record.code}"),
        )
        for opinion in opinions_at_home(house)
        if opinion.state == Opinion.State.ASKED
    ]
    return waiting
