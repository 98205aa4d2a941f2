"""What a password may not be: the words of the place that everyone here knows, or one that has leaked."""

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from civics.territory.gazetteer import words_of
from democratic.thread.models import Authority, Place
from democratic.web.accounts.leaked import LeakedFile, Unreadable
from democratic.web.authorities import doors

logger = logging.getLogger(__name__)

PRODUCT = "democratic"
# What stands between the words of a name, or starts it: alone, they make no password of the place.
LINKING = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lez", "s", "sous", "sur")
)
SHORTEST = 3  # letters of a word that says where we are
LONGEST = 100  # letters: past that nobody tries it, and nothing asks how they could be cut
_ROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LETTERS = re.compile(r"[^a-z]+")
# « D3m0cratic » is read as it is meant.
_DISGUISED = str.maketrans("0134578@$!|€", "oieastbasiie")


class NotWordsOfThePlace:
    """« Val-d-Orbe2026! » is what someone who guesses tries here first: one query, the names of the places."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002  Django's signature
        words = _words_of_here()
        if any(is_made_of(words, typed) for typed in _readings(password)):
            raise ValidationError(
                _(
                    "Ce mot de passe est fait de mots d’ici : c’est par eux qu’on essaierait de deviner."
                    " Prenez des mots qui ne parlent pas de ce lieu."
                ),
                code="words_of_the_place",
            )

    def get_help_text(self) -> str:
        return _("Pas seulement le nom de ce lieu, avec une année ou un signe.")


class NotLeaked:
    """Against the file that the operator gives, on this machine: nobody else is asked, nothing leaves."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002  Django's signature
        if settings.LEAKED_PASSWORDS and _has_leaked(password):
            raise ValidationError(
                _(
                    "Ce mot de passe a fuité ailleurs : il est dans les listes qu’essaient les voleurs de comptes."
                    " Prenez-en un autre, ici et là où vous l’aviez."
                ),
                code="leaked",
            )

    def get_help_text(self) -> str:
        return _("Pas un mot de passe qui a fuité ailleurs.")


def _has_leaked(password: str) -> bool:
    """A file that went away stops nobody from choosing a password: the log and ``check`` tell the operator."""
    try:
        return LeakedFile(Path(settings.LEAKED_PASSWORDS)).holds(password)
    except (OSError, Unreadable) as fault:
        logger.error("leaked passwords are not looked up: %s", type(fault).__name__)  # noqa: TRY400  its trace holds the password
        return False


def is_made_of(words: frozenset[str], letters: str) -> bool:
    """Whether these letters are words of the place, one after the other, one of them at least not a linking word."""
    if len(letters) > LONGEST:
        return False
    said = {word for word in words if word in letters} | LINKING
    reached: dict[int, bool] = {0: False}  # how far words go, and whether one of them says where we are
    for start in range(len(letters)):
        if start not in reached:
            continue
        for word in said:
            if letters.startswith(word, start):
                end = start + len(word)
                reached[end] = reached.get(end, False) or reached[start] or word not in LINKING
    return reached.get(len(letters), False)


def _readings(password: str) -> Iterator[str]:
    """Its letters, whatever the digits and signs; and what its digits and signs stand for, but for those around."""
    plain = "".join(words_of(password))
    yield _LETTERS.sub("", plain)
    inside = _ROUND.sub("", password.casefold()).translate(_DISGUISED)
    yield _LETTERS.sub("", "".join(words_of(inside)))


def _words_of_here() -> frozenset[str]:
    """Of all the authorities of the installation: an account opens the pages of each."""
    places = Place.objects.order_by().values_list("name", flat=True).distinct()
    return frozenset(_told([PRODUCT, *_names_of(doors().all())], split=True)) | frozenset(_told(places))


def _names_of(authorities: Iterable[Authority]) -> Iterator[str]:
    for each in authorities:
        yield from (each.name, each.kind_label, each.slug, each.host.partition(".")[0])


def _told(names: Iterable[str], *, split: bool = False) -> Iterator[str]:
    """Each name as its letters in a row; ``split``: and each of its words."""
    for name in names:
        words = [_LETTERS.sub("", word) for word in words_of(name)]
        for word in ["".join(words), *(words if split else ())]:
            if len(word) >= SHORTEST and word not in LINKING:
                yield word
