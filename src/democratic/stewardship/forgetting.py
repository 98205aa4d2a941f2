"""What is kept no longer than its class says, where several rooms must be read to know that it is time."""

from datetime import timedelta

from django.db import connection
from django.db.models.functions import Now

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.data_classes import ADDRESS, VISITS
from democratic.kernel.files import erase_due_files
from democratic.people.models import Consent, ConsentSource, ContactAddress
from democratic.stewardship.models import SupportVisit

# Every process that the address was given for, by what its owner said or follows, is over since long.
_ENDED = """
select a.id from people_contactaddress a
where a.created_at < now() - %(days)s * interval '1 day'
  and not exists (select from people_account c where c.person_id = a.person_id)
  and not exists (
    select from communities_jointagreement j where a.person_id in (j.child_id, j.parent_id))
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
    """What the worker does every few seconds is done again here, and counted for the register."""
    return erase_due_files(DATABASE_CLOCK)
