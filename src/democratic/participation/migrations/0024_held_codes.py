from importlib import import_module

from django.db import migrations, models

# The triggers come first: they keep the lock under which no other program reserves, until what was reserved is held.
HELD = """
create trigger code_is_held after insert or update of code on participation_reservedcode
  for each row execute function hold_code();
create trigger held_code_is_spent after update of spent_at on participation_reservedcode
  for each row execute function spend_held_code();
create trigger code_is_held after insert or update of code on participation_papersheet
  for each row execute function hold_code();
create trigger held_code_is_spent after update of spent_at on participation_papersheet
  for each row execute function spend_held_code();

insert into thread_heldcode (code, spent_at) select code, spent_at from participation_reservedcode;
insert into thread_heldcode (code, spent_at) select code, spent_at from participation_papersheet on conflict do nothing;

drop trigger code_is_not_reserved on thread_record;
drop trigger code_is_not_borne on participation_reservedcode;
drop trigger code_is_not_printed on thread_record;
drop trigger printed_code_is_not_borne on participation_papersheet;
drop function refuse_a_reserved_code, refuse_a_borne_code, refuse_a_printed_code, refuse_to_print_a_borne_code;
"""

AS_BEFORE = (
    import_module("democratic.participation.migrations.0016_street").CODES_ARE_HELD
    + import_module("democratic.participation.migrations.0018_paper").RESERVES
)
AND_BACK = f"""
drop trigger code_is_held on participation_reservedcode;
drop trigger held_code_is_spent on participation_reservedcode;
drop trigger code_is_held on participation_papersheet;
drop trigger held_code_is_spent on participation_papersheet;
{AS_BEFORE}"""


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0023_street_newness'),
        ('thread', '0025_held_codes'),
    ]

    operations = [
        migrations.RunSQL(HELD, AND_BACK),
        # A person is shown the boxes of what she is asked, group by group.
        migrations.AlterField(
            model_name='scanpicture',
            name='part',
            field=models.CharField(max_length=8),
        ),
    ]
