"""What the database itself promises: entries are never changed, and French is searched without accents."""

from django.db import migrations

SEARCH = """
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create text search configuration fr (copy = pg_catalog.french);
alter text search configuration fr
  alter mapping for hword, hword_part, word with unaccent, french_stem;
"""

INSERT_ONLY = """
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'table % is insert-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger entry_is_insert_only before update or delete on thread_entry
  for each row execute function refuse_change();
create trigger position_is_insert_only before update or delete on thread_position
  for each row execute function refuse_change();
create trigger signed_head_is_insert_only before update or delete on thread_signedhead
  for each row execute function refuse_change();
create function refuse_reopening() returns trigger language plpgsql as $$
begin
  raise exception 'an opening is erased, never rewritten' using errcode = 'restrict_violation';
end $$;
create trigger opening_is_never_rewritten before update on thread_opening
  for each row execute function refuse_reopening();
create function refuse_renaming() returns trigger language plpgsql as $$
begin
  raise exception 'what the journal names is never renamed' using errcode = 'restrict_violation';
end $$;
create trigger record_code_is_for_good before update of code on thread_record
  for each row when (old.code is distinct from new.code) execute function refuse_renaming();
create trigger authority_slug_is_for_good before update of slug on thread_authority
  for each row when (old.slug is distinct from new.slug) execute function refuse_renaming();
"""

# The head of an empty tree, as RFC 9162 §2.1.1 has it: SHA-256 of nothing.
HEAD = """
insert into thread_head (one, epoch, size, frontier, root)
values (true, 1, 0, '[]', sha256(''));
"""


class Migration(migrations.Migration):
    dependencies = [("thread", "0001_initial")]
    operations = [
        migrations.RunSQL(
            SEARCH,
            "drop text search configuration fr;",
        ),
        migrations.RunSQL(
            INSERT_ONLY,
            """
            drop trigger entry_is_insert_only on thread_entry;
            drop trigger position_is_insert_only on thread_position;
            drop trigger signed_head_is_insert_only on thread_signedhead;
            drop trigger opening_is_never_rewritten on thread_opening;
            drop trigger record_code_is_for_good on thread_record;
            drop trigger authority_slug_is_for_good on thread_authority;
            drop function refuse_change; drop function refuse_reopening; drop function refuse_renaming;
            """,
        ),
        migrations.RunSQL(HEAD, "delete from thread_head;"),
    ]
