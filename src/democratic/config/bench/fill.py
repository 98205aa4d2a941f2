"""A process with thousands of contributions, written by SQL: what the pages are measured on."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from democratic.communities.actions import appoint_official, create_service
from democratic.kernel.clock import DATABASE_CLOCK, FixedClock, local_day
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.mandates.actions import Order, draft_mandate, publish_mandate
from democratic.participation.mandates.models import Level
from democratic.participation.processes.actions import Promise, open_process
from democratic.participation.processes.models import Process
from democratic.people.actions import open_account, welcome_guest
from democratic.people.models import Account
from democratic.thread.actions import Words, open_authority
from democratic.thread.models import Authority

_WORDS = (
    "bus soir vélo route gare lycée arrêt nuit train piste jeune sport marché école place village prix carte "
    "dernier départ retour semaine samedi dimanche lumière abri sécurité trajet commune canton"
)

_PEOPLE = """
insert into people_person (id, name, age_band, created_on)
select gen_random_uuid(), '', 'unsaid', current_date from generate_series(1, 200)
"""

# Thirty words a text, drawn from the list by the row's number: the same on every machine. Nearly every text
# has each of them, so one more stands in a tenth of the texts, as words that people search do.
_IDEAS = """
with drawn as (
  select n, gen_random_uuid() as id, gen_random_uuid() as wid,
    (select string_agg((%(words)s::text[])[1 + (n * 7 + k * 13 + (n / 7) * k) %% %(many)s], ' ')
     from generate_series(1, 30) k) || case when n %% 10 = 0 then ' covoiturage' else '' end as text
  from generate_series(1, %(ideas)s) n),
record as (
  insert into thread_record (id, code, authority_id, process_id, kind, state, visibility, audience_id,
    author_id, byline, origin, place, wording_id, happened_at, recorded_at)
  select id, 'B' || lpad(n::text, 7, '0'), %(authority)s, %(process)s, 'idea',
    (array['received', 'kept', 'part', 'unkept', 'passed'])[1 + n %% 5], 'public', %(audience)s,
    null, '', (array['web', 'street', 'chat', 'paper', 'room', 'sms'])[1 + n %% 6],
    (array['Vaubrun', 'Clairvoie', 'Les Forges', 'Montsec'])[1 + n %% 4], wid,
    now() - n * interval '1 minute', now() from drawn),
wording as (
  insert into thread_wording (id, record_id, version, language, title, text, created_at)
  select wid, id, 1, 'fr', left(text, 70), text, now() from drawn),
idea as (
  insert into participation_idea (record_id, process_id, age_band)
  select id, %(process)s, 'unsaid' from drawn),
figures as (
  insert into thread_recordfigures (record_id, process_id, kind, supports, comments_for, comments_against,
    comments_neutral, grouped)
  select id, %(process)s, 'idea', (n * 37) %% 320, n %% 7, n %% 3, n %% 2, 0 from drawn)
insert into thread_recordsearch (record_id, vector)
select id, setweight(to_tsvector('fr', left(text, 70)), 'A') || setweight(to_tsvector('fr', text), 'B') from drawn
"""

_COMMENTS = """
with drawn as (
  select n, gen_random_uuid() as id, gen_random_uuid() as wid from generate_series(1, 200) n),
record as (
  insert into thread_record (id, code, authority_id, process_id, kind, state, visibility, audience_id,
    byline, origin, place, wording_id, happened_at, recorded_at)
  select id, 'C' || lpad(n::text, 7, '0'), %(authority)s, %(process)s, 'comment', '', 'public', %(audience)s,
    '', 'web', '', wid, now() - n * interval '1 minute', now() from drawn),
wording as (
  insert into thread_wording (id, record_id, version, language, title, text, created_at)
  select wid, id, 1, 'fr', '', 'Un commentaire de longueur ordinaire, qui dit pourquoi, en deux lignes.', now()
  from drawn)
insert into thread_comment (record_id, subject_id, parent_id, thread_start, depth, alignment)
select id, %(subject)s, null, id, 0, n %% 3 - 1 from drawn
"""


@dataclass(frozen=True, slots=True)
class Filled:
    authority: Authority
    process: Process
    account: Account
    idea_code: str


def fill(ideas: int) -> Filled:
    """An authority with one process and so many ideas; the first has 200 comments."""
    with transaction.atomic():
        process, account = _open_everything()
        first = submit_idea(
            process=process,
            author=welcome_guest(),
            words=Words(text="Le dernier bus part à 18 h 50. Après, c’est ma mère ou rien."),
            clock=DATABASE_CLOCK,
        ).idea
        names = {
            "words": _WORDS.split(),
            "many": len(_WORDS.split()),
            "ideas": ideas,
            "authority": process.authority_id,
            "process": process.pk,
            "audience": process.record.audience_id,
            "subject": first.pk,
        }
        with connection.cursor() as cursor:
            for statement in (_PEOPLE, _IDEAS, _COMMENTS):
                cursor.execute(statement, names if "%(" in statement else None)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    return Filled(process.authority, process, account, first.record.code)


def _open_everything() -> tuple[Process, Account]:
    now = DATABASE_CLOCK.now()
    start = FixedClock(now - timedelta(days=40))
    today = local_day(now, "Europe/Paris")
    authority = open_authority(slug="banc", name="Banc d’essai", kind_label="une collectivité")
    account = open_account(email="banc@example.org", name="Banc", password=None)
    service = create_service(authority=authority, name="Service")
    official = appoint_official(
        authority=authority, name="Odile Test", function="vice-présidente", clock=start
    )
    order = Order(
        ordered_by="L’assemblée",
        ordered_on=today - timedelta(days=40),
        decidable="Les lignes.",
        not_decidable="Le budget.",
        level=Level.INVOLVE,
        aimed_at="Tout le monde",
        answer_due_on=today + timedelta(days=90),
        answerer=official,
        service=service,
    )
    words = Words(title="Améliorer la mobilité", text="L’assemblée demande un plan.")
    drafted = draft_mandate(authority=authority, words=words, order=order, author=None, clock=start)
    process = open_process(
        mandate=publish_mandate(mandate=drafted, clock=start),
        words=Words(title="Bouger", text="Comment rentrer le soir ?"),
        promise=Promise("Ce qui vous empêche.", "Chaque parole reçoit une réponse.", "Le budget."),
        first_day=today - timedelta(days=40),
        slug="bouger",
        clock=start,
    )
    return process, account
