"""How an authority describes itself in public: who answers for it, its colour, the languages it speaks."""

from dataclasses import asdict, dataclass
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.identity import read_siret
from democratic.communities.models import Controller
from democratic.communities.telling import clean, lock, tell_of
from democratic.kernel.authority_colour import Fault, fault_of, nearest_fit
from democratic.kernel.clock import Clock
from democratic.kernel.colour import is_colour
from democratic.kernel.refusals import Refusal
from democratic.thread.models import Authority

IDENTITIES = ("", "ardoise", "prune")
LANGUAGES = ("fr", "fr,en")
_NOT_OURS = {
    Fault.TOO_LIGHT: _("Trop claire : les liens ne se liraient pas. La plus proche qui se lit : %(better)s."),
    Fault.LIKE_THE_THREAD: _(
        "Trop proche du rouge du fil : on les confondrait. La plus proche qui s’en distingue : %(better)s."
    ),
}


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


@transaction.atomic
def describe_controller(*, authority: Authority, declared: Declaration, clock: Clock) -> Controller:
    locked = lock(authority)
    siret = read_siret(declared.siret)
    said = {name: _clean(value) for name, value in asdict(declared).items()} | {"siret": siret}
    if not said["legal_name"]:
        raise Refusal(_("Donnez le nom de la collectivité."), field="legal_name")
    controller, _created = Controller.objects.update_or_create(authority=locked, defaults=said)
    tell_of(locked, "identity", clock.now())
    return controller


@transaction.atomic
def choose_appearance(*, authority: Authority, identity: str, accent: str, clock: Clock) -> Authority:
    """One of the product's identities, or a colour of one's own on which everything reads."""
    locked, colour = lock(authority), accent.strip().lower()
    if identity not in IDENTITIES:
        raise Refusal(_("Choisissez l’une des apparences proposées."), field="identity")
    if colour and not is_colour(colour):
        raise Refusal(
            _("Une couleur s’écrit #0f5257 : un dièse et six signes, de 0 à 9 et de a à f."), field="accent"
        )
    fault = fault_of(colour) if colour else None
    if fault is not None:
        raise Refusal(_NOT_OURS[fault] % {"better": nearest_fit(colour)}, field="accent")
    locked.identity, locked.accent = identity, colour
    locked.save(update_fields=["identity", "accent"])
    tell_of(locked, "appearance", clock.now())
    return locked


@transaction.atomic
def choose_languages(*, authority: Authority, languages: str, time_zone: str, clock: Clock) -> Authority:
    locked = lock(authority)
    if languages not in LANGUAGES:
        raise Refusal(
            _("Le français est toujours parlé ici ; l’anglais peut l’être aussi."), field="languages"
        )
    if time_zone not in available_timezones():
        raise Refusal(_("Ce fuseau horaire n’existe pas."), field="time_zone")
    locked.languages, locked.time_zone = languages, time_zone
    locked.save(update_fields=["languages", "time_zone"])
    tell_of(locked, "languages", clock.now())
    return locked


def _clean(value: object) -> object:
    return clean(value) if isinstance(value, str) else value
