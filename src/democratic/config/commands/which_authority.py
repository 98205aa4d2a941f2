"""Which authority a command is about, by the short name that it was given."""

from democratic.config.server.errors import CannotStart
from democratic.thread.models import Authority


def authority_named(slug: str) -> Authority:
    """The only one where none is named. CannotStart, with those that are here."""
    found = {each.slug: each for each in Authority.objects.order_by("slug")}
    if slug in found:
        return found[slug]
    if not found:
        raise CannotStart(
            "Aucune collectivité n’est encore ouverte ici : bin/democratic open-authority l’ouvre."
        )
    here = f"Ici : {', '.join(found)}."
    if slug:
        raise CannotStart(f"« {slug} » n’est pas ici. {here}")
    if len(found) > 1:
        raise CannotStart(f"Quelle collectivité ? Ajoutez --authority. {here}")
    return next(iter(found.values()))
