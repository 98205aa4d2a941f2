"""Counts of what a list can be filtered by, kept exact by the database: no list of thousands is counted anew."""

from django.db import migrations, models

# A comment is read under its subject, and stands on no shelf.
_ADD = """
  insert into thread_shelfcount (process_id, kind, audience_id, facet, value, n, is_sum)
  select r.process_id, r.kind, r.audience_id, each.facet, each.value, {sign}count(*), {is_sum}
  from {rows} r, lateral (values ('all', ''), ('state', r.state), ('origin', r.origin), ('place', r.place),
    ('theme', coalesce(r.theme_id::text, ''))) each(facet, value)
  where r.process_id is not null and r.visibility = 'public' and r.kind <> 'comment'
  group by 1, 2, 3, 4, 5;
"""


def _add(rows: str, *, sign: str = "", is_sum: str = "false") -> str:
    return _ADD.format(rows=rows, sign=sign, is_sum=is_sum)


# A row whose shelf and values stay as they were is taken off and put back: the sum is the same.
TRIGGERS = f"""
create function count_added_records() returns trigger language plpgsql as $$
begin{_add("added")}  return null;
end $$;
create function count_removed_records() returns trigger language plpgsql as $$
begin{_add("removed", sign="-")}  return null;
end $$;
create function count_changed_records() returns trigger language plpgsql as $$
begin
  if exists (
    select from removed o join added n using (id)
    where (o.process_id, o.kind, o.audience_id, o.visibility, o.state, o.origin, o.place, o.theme_id)
      is distinct from (n.process_id, n.kind, n.audience_id, n.visibility, n.state, n.origin, n.place, n.theme_id)
  ) then{_add("removed", sign="-")}{_add("added")}  end if;
  return null;
end $$;
create trigger record_added after insert on thread_record
  referencing new table as added for each statement execute function count_added_records();
create trigger record_removed after delete on thread_record
  referencing old table as removed for each statement execute function count_removed_records();
create trigger record_changed after update on thread_record
  referencing old table as removed new table as added
  for each statement execute function count_changed_records();
"""
NO_TRIGGERS = """
drop trigger record_added on thread_record;
drop trigger record_removed on thread_record;
drop trigger record_changed on thread_record;
drop function count_added_records; drop function count_removed_records; drop function count_changed_records;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('thread', '0002_journal_and_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShelfCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('process_id', models.UUIDField()),
                ('kind', models.CharField(max_length=12)),
                ('audience_id', models.UUIDField()),
                ('facet', models.CharField(max_length=6)),
                ('value', models.CharField(blank=True, max_length=80)),
                ('n', models.IntegerField()),
                ('is_sum', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['process_id', 'kind', 'audience_id'], name='shelf_counts'), models.Index(condition=models.Q(('is_sum', False)), fields=['process_id', 'kind', 'audience_id'], name='shelf_counts_to_sum')],
            },
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(_add("thread_record", is_sum="true"), "delete from thread_shelfcount;"),
    ]
