from django.db import migrations

# As ``count_voices`` does, by what stands when this is run. Apart from the columns: no table is locked meanwhile.
COUNT = """
with told as (
  select record_id as id, record_id as said from participation_wallquestion
  union all
  select l.target_id, l.source_id from participation_wallquestion q
  join thread_record r on r.id = q.record_id and r.visibility = 'public'
  join thread_link l on l.source_id = q.record_id and l.kind = 'merged_into' and l.ended_by_id is null
), counted as (
  select told.id, count(distinct coalesce(p.root_id, p.id)) as supports, count(distinct told.said) - 1 as merged
  from told left join thread_support s on s.record_id = told.said left join people_person p on p.id = s.person_id
  group by told.id
)
update participation_wallquestion q set supports = counted.supports, merged = counted.merged
from counted where q.record_id = counted.id and (counted.supports > 0 or counted.merged > 0)
"""


class Migration(migrations.Migration):

    dependencies = [("participation", "0033_wall_counts")]

    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]
