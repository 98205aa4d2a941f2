from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.organisations.events import ORGANISATION_OPENED
from democratic.communities.organisations.models import Organisation
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.thread.actions import NewRecord, Words, open_record, reword_record
from democratic.thread.actions.records import refuse_if_withdrawn
from democratic.thread.models import Audience, Authority, Kind


@transaction.atomic
def open_organisation(
    *, authority: Authority, sort: Organisation.Sort, words: Words, clock: Clock
) -> Organisation:
    name = clean_line(words.title)
    if not name:
        raise Refusal(_("Donnez son nom."), field="title")
    record = open_record(
        NewRecord(
            authority=authority,
            kind=Kind.ORGANISATION,
            words=words,
            event=ORGANISATION_OPENED,
            state=sort,
            is_institutional=True,
        ),
        clock=clock,
    )
    audience = Audience.objects.create(authority=authority, name=name[:120])
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                record=record, authority=authority, name=name, sort=sort, audience=audience
            )
    except IntegrityError as clash:
        raise Conflict(_("Une organisation porte déjà ce nom ici."), field="title") from clash


@transaction.atomic
def describe_organisation(*, organisation: Organisation, words: Words, clock: Clock) -> Organisation:
    """Its name and purpose, in a new version; the earlier ones stay readable."""
    name = clean_line(words.title)
    if not name:
        raise Refusal(_("Donnez son nom."), field="title")
    refuse_if_withdrawn(organisation.record)
    reword_record(record=organisation.record, words=words, clock=clock, is_institutional=True)
    try:
        with transaction.atomic():
            Organisation.objects.filter(pk=organisation.pk).update(name=name)
    except IntegrityError as clash:
        raise Conflict(_("Une organisation porte déjà ce nom ici."), field="title") from clash
    organisation.name = name
    return organisation
