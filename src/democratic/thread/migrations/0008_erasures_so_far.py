"""What was erased before there was a register enters it; and its rows stay."""

from django.db import migrations

SO_FAR = """
insert into kernel_erasure (kind, target)
select distinct case kind when 'words_erased' then 'words' when 'byline_erased' then 'byline' else 'withdrawn' end,
  record_id
from thread_entry where kind in ('words_erased', 'byline_erased', 'record_withdrawn_by_author')
union all select 'person', id from people_person where erased_on is not null
union all select 'address', id from people_contactaddress where stopped_at is not null
on conflict do nothing;
"""
INSERT_ONLY = """
create trigger erasure_is_insert_only before delete or update of kind, target on kernel_erasure
  for each row execute function refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("thread", "0007_attachments"),
        ("kernel", "0005_erasures_and_switches"),
        ("people", "0002_alter_account_email"),
    ]
    operations = [
        migrations.RunSQL(SO_FAR, migrations.RunSQL.noop),
        migrations.RunSQL(INSERT_ONLY, "drop trigger erasure_is_insert_only on kernel_erasure;"),
    ]
