"""How an authority describes itself in public: who answers for it, its colour, the languages it speaks."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.events import AUTHORITY_DESCRIBED
from democratic.communities.models import Controller
from democratic.kernel.clock import Clock
from democratic.kernel.colour import contrast, darkened, is_colour
from democratic.kernel.pages import bump
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.thread.actions import append_entry
from democratic.thread.models import Authority

IDENTITIES = ("", "ardoise", "prune")
LANGUAGES = ("fr", "fr,en")
# Links and buttons in the authority's colour stand on this paper, and white stands on them (WCAG 1.4.3, AA).
PAPER, READABLE = "#faf7f0", 4.5
LA_POSTE = "356000000"
SIRET_DIGITS = 14


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the legal pages say; each part may be empty but the name."""

    legal_name: str
    siret: str = ""
    postal_address: str = ""
    phone: str = ""
    email: str = ""
    publication_director: str = ""
    hosting: str = ""
    officer: str = ""
    officer_email: str = ""


def is_siret(number: str) -> bool:
    """Fourteen digits whose Luhn sum is a multiple of ten; or, for La Poste's offices, their sum one of five (Insee)."""
    if not re.fullmatch(rf"[0-9]{{{SIRET_DIGITS}}}", number):
        return False
    digits = [int(digit) for digit in number]
    if number.startswith(LA_POSTE) and sum(digits) % 5 == 0:
        return True
    doubled = [digit * 2 if at % 2 == 0 else digit for at, digit in enumerate(digits)]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0  # noqa: PLR2004  Luhn's nine


@transaction.atomic
def describe_controller(*, authority: Authority, declared: Declaration, clock: Clock) -> Controller:
    locked = _lock(authority)
    siret = re.sub(r"\s", "", declared.siret)
    if siret and not is_siret(siret):
        raise Refusal(
            _("Ce numéro SIRET n’est pas juste : quatorze chiffres, dont le dernier les vérifie."),
            field="siret",
        )
    said = {name: _clean(value) for name, value in asdict(declared).items()} | {"siret": siret}
    if not said["legal_name"]:
        raise Refusal(_("Donnez le nom de la collectivité."), field="legal_name")
    controller, _created = Controller.objects.update_or_create(authority=locked, defaults=said)
    _tell(locked, "identity", clock.now())
    return controller


@transaction.atomic
def choose_appearance(*, authority: Authority, identity: str, accent: str, clock: Clock) -> Authority:
    """One of the product's identities, or a colour of one's own on which everything reads."""
    locked, colour = _lock(authority), accent.strip().lower()
    if identity not in IDENTITIES:
        raise Refusal(_("Choisissez l’une des apparences proposées."), field="identity")
    if colour and not is_colour(colour):
        raise Refusal(
            _("Une couleur s’écrit #0f5257 : un dièse et six signes, de 0 à 9 et de a à f."), field="accent"
        )
    if colour and min(contrast(colour, PAPER), contrast(colour, "#ffffff")) < READABLE:
        better = darkened(colour, on=PAPER, ratio=READABLE)
        raise Refusal(
            _("Trop claire : les liens ne se liraient pas. La même, assez foncée : %(better)s.")
            % {"better": better},
            field="accent",
        )
    locked.identity, locked.accent = identity, colour
    locked.save(update_fields=["identity", "accent"])
    _tell(locked, "appearance", clock.now())
    return locked


@transaction.atomic
def choose_languages(*, authority: Authority, languages: str, time_zone: str, clock: Clock) -> Authority:
    locked = _lock(authority)
    if languages not in LANGUAGES:
        raise Refusal(
            _("Le français est toujours parlé ici ; l’anglais peut l’être aussi."), field="languages"
        )
    if time_zone not in available_timezones():
        raise Refusal(_("Ce fuseau horaire n’existe pas."), field="time_zone")
    locked.languages, locked.time_zone = languages, time_zone
    locked.save(update_fields=["languages", "time_zone"])
    _tell(locked, "languages", clock.now())
    return locked


def _lock(authority: Authority) -> Authority:
    return Authority.objects.select_for_update().get(pk=authority.pk)


def _clean(value: object) -> object:
    if not isinstance(value, str):
        return value
    return clean_text(value) if "\n" in value else clean_line(value)


def _tell(authority: Authority, part: str, now: datetime) -> None:
    append_entry(
        AUTHORITY_DESCRIBED,
        record=None,
        authority=authority,
        now=now,
        data={"part": part},
        is_institutional=True,
    )
    bump([authority.pk])
