"""Who an authority is: the name that its pages carry, its number in the register, how it is reached."""

import re
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civics.siret import SIREN_DIGITS, Fault, fault_of
from democratic.communities.models import Controller
from democratic.communities.telling import clean, lock, tell_of
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.thread.models import Authority


@dataclass(frozen=True, slots=True)
class Identity:
    """``name`` and ``kind_label`` head each page; the others are what the legal pages say."""

    name: str
    kind_label: str
    legal_name: str
    siret: str = ""
    postal_address: str = ""
    phone: str = ""
    email: str = ""
    publication_director: str = ""


HEADED = ("name", "kind_label")


@transaction.atomic
def describe_identity(*, authority: Authority, said: Identity, clock: Clock) -> Controller:
    """What it says of its hosting, its data and its accessibility stays as it was."""
    locked = lock(authority)
    kept = {name: clean(value) for name, value in asdict(said).items()} | {"siret": read_siret(said.siret)}
    for field, message in _NEEDED.items():
        if not kept[field]:
            raise Refusal(message, field=field)
    locked.name, locked.kind_label = kept.pop("name"), kept.pop("kind_label")
    locked.save(update_fields=list(HEADED))
    controller, _created = Controller.objects.update_or_create(authority=locked, defaults=kept)
    tell_of(locked, "identity", clock.now())
    return controller


_NEEDED = {
    "name": _("Donnez le nom que vos pages portent."),
    "kind_label": _("Dites ce que vous êtes : « Commune », « Département »."),
    "legal_name": _("Donnez le nom de la collectivité."),
}


def read_siret(typed: str) -> str:
    """Without blanks. Refusal: which part of it is wrong, and what to look at."""
    number = re.sub(r"[\s.\-]", "", typed)
    fault = fault_of(number) if number else None
    if fault is not None:
        raise Refusal(_wrong(number, fault), field="siret")
    return number


def _wrong(number: str, fault: Fault) -> str | Promise:
    if fault == Fault.NOT_DIGITS:
        sign = next(each for each in number if not (each.isascii() and each.isdigit()))
        return _("Ce numéro SIRET n’est pas juste : « %(sign)s » n’est pas un chiffre.") % {"sign": sign}
    if fault == Fault.LENGTH:
        return _("Ce numéro SIRET n’est pas juste : il a %(n)d chiffres, il en faut quatorze.") % {
            "n": len(number)
        }
    if fault == Fault.SIREN:
        return _(
            "Ce numéro SIRET n’est pas juste : vérifiez ses neuf premiers chiffres, %(siren)s. Ils ne vont pas ensemble."
        ) % {"siren": _spaced(number[:SIREN_DIGITS])}
    return _(
        "Ce numéro SIRET n’est pas juste : %(siren)s va bien, vérifiez les cinq derniers chiffres, %(nic)s."
    ) % {"siren": _spaced(number[:SIREN_DIGITS]), "nic": number[SIREN_DIGITS:]}


def _spaced(siren: str) -> str:
    return "\u00a0".join(siren[at : at + 3] for at in range(0, SIREN_DIGITS, 3))
