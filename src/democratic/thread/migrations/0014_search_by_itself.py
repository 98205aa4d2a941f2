"""What a search filters and counts is copied beside the words, from the Record, by the database."""

from django.db import migrations, models

COLUMNS = "authority_id, process_id, audience_id, kind, origin, state, visibility"
_OF = ", ".join(f"{{0}}.{name}" for name in COLUMNS.split(", "))
FILLED = f"""
update thread_recordsearch s set ({COLUMNS}) = ({_OF.format("r")}) from thread_record r where r.id = s.record_id;
set constraints all immediate;
"""
TRIGGERS = f"""
create function search_reads_its_record() returns trigger language plpgsql as $$
begin
  select {_OF.format("r")} into {_OF.format("new")} from thread_record r where r.id = new.record_id;
  return new;
end $$;
create trigger search_added before insert on thread_recordsearch
  for each row execute function search_reads_its_record();
create function search_follows_its_record() returns trigger language plpgsql as $$
begin
  update thread_recordsearch s set ({COLUMNS}) = ({_OF.format("n")})
  from removed o join added n using (id)
  where s.record_id = n.id and ({_OF.format("o")}) is distinct from ({_OF.format("n")});
  return null;
end $$;
create trigger record_searched after update on thread_record
  referencing old table as removed new table as added
  for each statement execute function search_follows_its_record();
"""
NO_TRIGGERS = """
drop trigger search_added on thread_recordsearch;
drop trigger record_searched on thread_record;
drop function search_reads_its_record;
drop function search_follows_its_record;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('thread', '0013_follows_address'),
    ]

    operations = [
        migrations.AddField('recordsearch', 'process_id', models.UUIDField(null=True)),
        migrations.AddField('recordsearch', 'audience_id', models.UUIDField(null=True)),
        migrations.AddField('recordsearch', 'kind', models.CharField(max_length=12, null=True)),
        migrations.AddField('recordsearch', 'origin', models.CharField(max_length=8, null=True)),
        migrations.AddField('recordsearch', 'state', models.CharField(blank=True, max_length=20, null=True)),
        migrations.AddField('recordsearch', 'visibility', models.CharField(max_length=10, null=True)),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.AlterField('recordsearch', 'audience_id', models.UUIDField()),
        migrations.AlterField('recordsearch', 'kind', models.CharField(max_length=12)),
        migrations.AlterField('recordsearch', 'origin', models.CharField(max_length=8)),
        migrations.AlterField('recordsearch', 'state', models.CharField(blank=True, max_length=20)),
        migrations.AlterField('recordsearch', 'visibility', models.CharField(max_length=10)),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
