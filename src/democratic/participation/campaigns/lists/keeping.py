"""Keeping a list, once it was looked at; forgetting it by hand. Between agents: no Entry is written."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.data_classes import LISTED
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.messaging.correspondents import known_or_new, print_of_address
from democratic.messaging.ports import address_to_begin
from democratic.participation.campaigns.lists.forgetting import erase_list
from democratic.participation.campaigns.lists.models import AddressList, ListedAddress
from democratic.participation.campaigns.lists.reading import SORTS, read_list
from democratic.participation.campaigns.models import WHAT_LIMIT, Campaign
from democratic.participation.campaigns.naming import named, named_once

# The term after which the CNIL's reference on files of contacts wants people asked again: three years without news.
OLDEST = timedelta(days=3 * 365)
LONGEST = timedelta(days=LISTED.term.length)


@dataclass(frozen=True, slots=True)
class Terms:
    """What gives the right to write to these people, and until when they are kept."""

    name: str
    kind: str
    language: str
    source: str
    basis: str
    given_on: date
    erase_on: date


def refuse_terms(terms: Terms, today: date) -> None:
    if terms.kind not in SORTS:
        raise Refusal(_("Par ce canal, c’est toujours la personne qui écrit d’abord."), field="kind")
    if not clean_line(terms.source):
        raise Refusal(_("Dites d’où vient cette liste : « Inscriptions au Pass’Jeunes »."), field="source")
    if terms.basis not in AddressList.Basis:
        raise Refusal(_("Dites ce qui vous permet d’écrire à ces personnes."), field="basis")
    if terms.given_on > today:
        raise Refusal(_("Cette date n’est pas encore venue."), field="given_on")
    if terms.given_on < today - OLDEST:
        raise Refusal(
            _("C’était il y a plus de trois ans : redemandez d’abord leur accord."), field="given_on"
        )
    if not today < terms.erase_on <= today + LONGEST:
        raise Refusal(
            _("Une liste s’efface dans les %(n)d jours : choisissez un jour d’ici là.") % {"n": LONGEST.days},
            field="erase_on",
        )


@transaction.atomic
def keep_list(*, campaign: Campaign, terms: Terms, text: str, clock: Clock) -> AddressList:
    """Addresses alone: whatever else a sheet held is left out. Who had said STOP is counted, and not kept."""
    authority = campaign.process.authority
    refuse_terms(terms, local_day(clock.now(), authority.time_zone))
    given = read_list(terms.kind, text)
    if not given.addresses:
        raise Refusal(_("Il n’y a personne à qui écrire dans cette liste."), field="addresses")
    with named_once(_("Une autre liste porte déjà ce nom dans cette campagne.")):
        kept = AddressList.objects.create(
            campaign=campaign,
            kind=terms.kind,
            name=named(terms.name),
            language=terms.language,
            source=clean_line(terms.source)[:WHAT_LIMIT],
            basis=terms.basis,
            given_on=terms.given_on,
            erase_on=terms.erase_on,
            size=len(given.addresses),
            stopped=given.stopped,
            created_at=clock.now(),
        )
    begun = [address_to_begin(terms.kind, each, kept.pk.hex) for each in given.addresses]
    prints = {print_of_address(terms.kind, address): address for address in begun}
    people = known_or_new(authority, terms.kind, prints, language=terms.language)
    rows = [ListedAddress(address_list=kept, correspondent=each) for each in people]
    ListedAddress.objects.bulk_create(rows, batch_size=1000)
    return kept


@transaction.atomic
def erase_list_now(*, address_list: AddressList, clock: Clock) -> None:
    """Before its term. Refused while a message is on its way: it is ended first."""
    locked = AddressList.objects.select_for_update().get(pk=address_list.pk)
    if locked.waves.filter(state__in=("running", "paused")).exists():
        raise Conflict(_("Un envoi n’est pas fini : arrêtez-le d’abord."))
    erase_list(locked, clock.now())
