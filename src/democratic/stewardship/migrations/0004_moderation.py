from django.db import migrations

# What a group of the opposition published is hidden, or shown again, only as a decision of moderation says that it is:
# whoever opens the door of ``column_is_never_hidden`` (communities 0010) must have written the reasons first.
A_RULING_FIRST = """
create function refuse_without_a_ruling() returns trigger language plpgsql as $$
begin
  if (select r.outcome from stewardship_ruling r where r.subject_id = new.id
      order by r.record_id desc limit 1)
     is distinct from (case new.visibility when 'hidden' then 'hidden' else 'kept' end) then
    raise exception 'a column is hidden or shown again by a decision that all can read' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger column_is_hidden_by_a_ruling after update on thread_record
  for each row when (old.kind = 'column' and old.visibility is distinct from new.visibility)
  execute function refuse_without_a_ruling();
"""
AND_BACK = """
drop trigger column_is_hidden_by_a_ruling on thread_record;
drop function refuse_without_a_ruling;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('stewardship', '0003_archives_packages'),
        ('communities', '0010_editorial'),
    ]

    operations = [migrations.RunSQL(A_RULING_FIRST, AND_BACK)]
