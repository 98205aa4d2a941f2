"""What is kept no longer than its class says, where several rooms must be read to know that it is time."""

from datetime import timedelta

from django.core.files.storage import storages
from django.db import connection, transaction
from django.db.models.functions import Now

from democratic.kernel.data_classes import ADDRESS, FILES, VISITS
from democratic.kernel.files import path_of
from democratic.kernel.models import StoredFile
from democratic.people.models import Consent, ConsentSource, ContactAddress
from democratic.stewardship.models import SupportVisit

# Every process that the address was given for, by what its owner said or follows, is over since long.
_ENDED = """
select a.id from people_contactaddress a
where a.created_at < now() - %(days)s * interval '1 day'
  and not exists (select from people_account c where c.person_id = a.person_id)
  and not exists (
    select from thread_record r
    join participation_process p on p.record_id in (r.id, r.process_id) or p.mandate_id = r.id
    join participation_stage s on s.process_id = p.record_id
    where s.closes_at > now() - %(days)s * interval '1 day'
      and (r.author_id = a.person_id or exists (
        select from thread_follow f where f.record_id = r.id and f.person_id = a.person_id)))
"""


def forget_addresses_of_ended_processes() -> int:
    """An address left without an account goes once all that it followed ended thirteen months ago."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, {"days": ADDRESS.terms[1].length})
        ids = [pk for (pk,) in cursor.fetchall()]
    Consent.objects.filter(address__in=ids, withdrawn_at=None).update(
        withdrawn_at=Now(), withdrawn_by=ConsentSource.TERM
    )
    ContactAddress.objects.filter(pk__in=ids).delete()
    return len(ids)


def forget_old_visits() -> int:
    old = Now() - timedelta(days=VISITS.term.length)
    deleted, _rows = SupportVisit.objects.filter(started_at__lt=old).delete()
    return deleted


def forget_unshown_files() -> int:
    """A file that no evidence shows any more: its row first, then its content once the row is gone for good."""
    old = Now() - timedelta(days=FILES.term.length)
    with transaction.atomic():
        unshown = StoredFile.objects.select_for_update(of=("self",)).filter(evidence=None, created_at__lt=old)
        names = list(unshown.values_list("sha256", flat=True))
        StoredFile.objects.filter(sha256__in=names).delete()
    for name in names:
        storages["private"].delete(path_of(name))
    return len(names)
