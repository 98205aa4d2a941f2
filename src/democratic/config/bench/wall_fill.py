"""Two thousand questions with what two thousand people support, and as many hands up, written by SQL."""

from uuid import UUID

from django.db import connection, transaction

from democratic.kernel.ids import new_code
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.wall.actions import count_voices
from democratic.participation.meetings.wall.models import WallQuestion

SUPPORTS = 10  # of each question, at the mean

_PEOPLE = """
insert into people_person (id, name, age_band, created_on)
select uuidv7(n * interval '1 millisecond'), '', 'unsaid', current_date from generate_series(1, %(number)s) n
"""
_QUESTIONS = """
with drawn as (
  select n, uuidv7(n * interval '1 millisecond') as id, gen_random_uuid() as wid, p.id as author
  from generate_series(1, %(number)s) n
  join (select id, row_number() over (order by id desc) as r from people_person) p on p.r = n),
record as (
  insert into thread_record (id, code, authority_id, process_id, kind, state, visibility, audience_id,
    author_id, byline, origin, place, wording_id, happened_at, recorded_at)
  select id, (%(codes)s::text[])[n], %(authority)s, %(process)s, 'wall', 'published', 'public',
    %(audience)s, author, '', (array['room', 'remote', 'chat'])[1 + n %% 3], '', wid, now(), now() from drawn),
wording as (
  insert into thread_wording (id, record_id, version, language, title, text, created_at)
  select wid, id, 1, 'fr', 'Pourquoi l’arrêt ' || n || ' est-il si loin du lycée ?', '', now() from drawn)
insert into participation_wallquestion (record_id, meeting_id, seat, is_ahead)
select id, %(meeting)s, (array['room', 'remote', ''])[1 + n %% 3], false from drawn
"""
_SUPPORTS = """
insert into thread_support (id, record_id, person_id, created_at, is_verified)
select gen_random_uuid(), q.record_id, p.id, now(), false
from (select record_id, row_number() over (order by record_id) as r from participation_wallquestion) q
cross join lateral generate_series(1, 1 + q.r %% %(supports)s) k
join (select id, row_number() over (order by id) as r from people_person) p
  on p.r = 1 + (q.r * 7 + k * 13) %% %(number)s
on conflict do nothing
"""
_HANDS = """
with came as (
  insert into participation_attendance (id, meeting_id, person_id, seat, name, gender, is_listed, joined_at)
  select gen_random_uuid(), %(meeting)s, id, (array['room', 'remote'])[1 + r %% 2], '',
    (array['', 'woman', 'man'])[1 + r %% 3], false, now()
  from (select id, row_number() over (order by id) as r from people_person) p where r <= %(number)s
  returning id, person_id, seat, gender),
spoke as (
  insert into participation_speakingturn
    (id, meeting_id, attendance_id, name, seat, side, gender, state, asked_at, started_at, ended_at)
  select gen_random_uuid(), %(meeting)s, id, '', seat, 'public', gender, 'spoken', now() - interval '1 hour',
    now() - interval '1 hour', now() - interval '59 minutes' from came limit 100)
insert into participation_speakingturn (id, meeting_id, attendance_id, name, seat, side, gender, state, asked_at)
select gen_random_uuid(), %(meeting)s, id, '', seat, 'public', gender, 'waiting',
  now() + row_number() over () * interval '1 millisecond' from came
"""


@transaction.atomic
def fill_wall(meeting: Meeting, number: int) -> str:
    """The code of one of its questions."""
    record, codes = meeting.record, list({new_code() for _each in range(2 * number)})
    names = {
        "number": number,
        "codes": codes,
        "supports": 2 * SUPPORTS,
        "meeting": meeting.pk,
        "authority": record.authority_id,
        "process": record.process_id,
        "audience": record.audience_id,
    }
    with connection.cursor() as cursor:
        for statement in (_PEOPLE, _QUESTIONS, _SUPPORTS):
            cursor.execute(statement, names)
    questions = WallQuestion.objects.filter(meeting=meeting)
    count_voices(questions.values_list("pk", flat=True))
    return codes[0]


@transaction.atomic
def fill_hands(meeting: Meeting, number: int) -> UUID:
    """One of those whose hand is up; a hundred spoke before."""
    with connection.cursor() as cursor:
        cursor.execute(_HANDS, {"meeting": meeting.pk, "number": number})
    person: UUID = meeting.attendances.order_by("pk").values_list("person", flat=True)[0]
    return person
