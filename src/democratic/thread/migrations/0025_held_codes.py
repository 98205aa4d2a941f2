from django.db import migrations, models

# Whoever reserves a code writes here (by triggers of its own table): one is held once, none that a Record bears, and
# no Record is born with one that is not spent.
HELD_ONCE = """
create function refuse_a_held_code() returns trigger language plpgsql as $$
begin
  if exists (select from thread_heldcode h where h.code = new.code and h.spent_at is null) then
    raise exception 'code % is held outside', new.code using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger code_is_not_held before insert on thread_record
  for each row execute function refuse_a_held_code();

create function refuse_to_hold_a_borne_code() returns trigger language plpgsql as $$
begin
  if exists (select from thread_record r where r.code = new.code) then
    raise exception 'code % is borne by a record', new.code using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger held_code_is_not_borne before insert on thread_heldcode
  for each row when (new.spent_at is null) execute function refuse_to_hold_a_borne_code();

create function hold_code() returns trigger language plpgsql as $$
begin
  insert into thread_heldcode (code, spent_at) values (new.code, new.spent_at);
  return null;
end $$;
create function spend_held_code() returns trigger language plpgsql as $$
begin
  update thread_heldcode h set spent_at = new.spent_at where h.code = new.code;
  return null;
end $$;
"""
AND_BACK = """
drop trigger code_is_not_held on thread_record;
drop trigger held_code_is_not_borne on thread_heldcode;
drop function refuse_a_held_code, refuse_to_hold_a_borne_code, hold_code, spend_held_code;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('thread', '0024_street'),
    ]

    operations = [
        migrations.CreateModel(
            name='HeldCode',
            fields=[
                ('code', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('spent_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(HELD_ONCE, AND_BACK),
    ]
