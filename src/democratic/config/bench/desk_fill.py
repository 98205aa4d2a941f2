"""What a desk has in hand in the middle of its work: subjects that hold most words, and the letters of a year."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F

from democratic.communities.steps import SetAside, Step
from democratic.config.bench.desk_queues import fill_queues
from democratic.config.bench.fill import Filled
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.answers.actions import open_theme
from democratic.participation.processes.models import Stage
from democratic.thread.actions import Words

THEMES = 100
LETTERS_PER_IDEA = 0.2
ANALYSED = timedelta(days=60)  # so that listening is over, and words are grouped

# Nine words in ten are in a subject, as they are by the end of an analysis.
_GROUPED = """
update thread_record r set theme_id = (%(themes)s::uuid[])[1 + d.n %% %(many)s]
from (select id, row_number() over (order by id) as n from thread_record
  where process_id = %(process)s and kind = 'idea') d
where d.id = r.id and d.n %% 10 < 9
"""
_LETTERS = """
with drawn as (
  select n, uuidv7(- n * interval '20 minutes') as id, gen_random_uuid() as mid, n %% 10 as turn
  from generate_series(1, %(letters)s) n),
writer as (select id from people_person limit 1),
conversation as (
  insert into participation_conversation (id, authority_id, code, secret_hash, channel, person_id, name, address,
    age_band, language, subject, state, due_on, agreement, opened_at, last_at, closed_at)
  select d.id, %(authority)s, 'Z' || lpad(n::text, 7, '0'), 'bench' || n, (array['web', 'email', 'phone'])[1 + n %% 3],
    w.id, '', '', 'unsaid', 'fr', 'Message ' || n,
    case when turn = 0 then 'new' when turn = 1 then 'assigned' when turn = 2 then 'asked'
      when turn < 7 then 'answered' else 'closed' end,
    current_date + (n %% 30) - 10, '', now() - n * interval '20 minutes', now() - n * interval '20 minutes',
    case when turn >= 7 then now() end
  from drawn d, writer w returning id)
insert into participation_inboxmessage
  (id, conversation_id, kind, channel, external_id, text, attachments, at, unsent_reason)
select mid, d.id, 'received', 'web', '', 'Bonjour, un banc à l’arrêt numéro ' || n || ', pour la gare, le soir.', '[]',
  now() - n * interval '20 minutes', ''
from drawn d join conversation c on c.id = d.id
"""


def fill_desk(filled: Filled, *, ideas: int) -> None:
    process, now = filled.process, DATABASE_CLOCK.now()
    # Its first settings are behind it, as where so much was said.
    SetAside.objects.bulk_create(SetAside(authority=filled.authority, step=step, at=now) for step in Step)
    earlier = {"opens_at": F("opens_at") - ANALYSED, "closes_at": F("closes_at") - ANALYSED}
    Stage.objects.filter(process=process).update(**earlier)
    with transaction.atomic():
        themes = [
            open_theme(
                process=process,
                words=Words(title=f"Sujet {n}", text="Ce que ces paroles ont en commun."),
                author=None,
                clock=DATABASE_CLOCK,
            ).pk
            for n in range(THEMES)
        ]
        names = {
            "themes": themes,
            "many": THEMES,
            "process": process.pk,
            "authority": filled.authority.pk,
            "letters": int(ideas * LETTERS_PER_IDEA),
        }
        with connection.cursor() as cursor:
            cursor.execute(_GROUPED, names)
            cursor.execute(_LETTERS, names)
    fill_queues(filled)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
