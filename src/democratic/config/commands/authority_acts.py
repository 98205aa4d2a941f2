"""The act of ``bin/democratic open-authority``, once Django is ready."""

import re

from django.core.exceptions import ValidationError

from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import say
from democratic.thread.actions import open_authority
from democratic.thread.models import Authority

_HOST = re.compile(r"(?!.*\.\.)[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_WORDS = {
    "slug": "Le nom court (lettres sans accent, chiffres, tirets)",
    "name": "--name",
    "kind_label": "--kind",
    "host": "--host",
}


def open_one(*, slug: str, name: str, kind: str, host: str, is_under_path: bool) -> None:
    """CannotStart: what it is given cannot be, or is taken."""
    if host and not _HOST.fullmatch(host):
        raise CannotStart(f"--host : « {host} » n’est pas un nom d’hôte, comme participer.ma-ville.fr.")
    _refuse_taken(slug, host, is_under_path=is_under_path)
    try:
        Authority(slug=slug, name=name, kind_label=kind, host=host, is_under_path=is_under_path).full_clean()
    except ValidationError as error:
        raise CannotStart(" ".join(_told(error))) from error
    open_authority(slug=slug, name=name, kind_label=kind, host=host, is_under_path=is_under_path)
    say(f"La collectivité « {name} » est ouverte. Invitez qui l’administre :")
    say(f"\n  bin/democratic invite ADRESSE --authority {slug}\n")


def _refuse_taken(slug: str, host: str, *, is_under_path: bool) -> None:
    if Authority.objects.filter(slug=slug).exists():
        raise CannotStart(f"La collectivité « {slug} » est déjà ouverte ici. Rien n’a changé.")
    there = None if is_under_path else Authority.objects.filter(host=host, is_under_path=False).first()
    if there:
        at = f"de {host}" if host else "de tous les hôtes"
        raise CannotStart(
            f"{there.name} répond déjà à l’adresse {at} : donnez --host, ou --under-path. Rien n’a changé."
        )


def _told(error: ValidationError) -> list[str]:
    return [
        f"{_WORDS.get(field, field)} : {' '.join(messages)}" for field, messages in error.message_dict.items()
    ]
