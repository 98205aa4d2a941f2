"""A process with thousands of contributions, written by SQL: what the pages are measured on."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from democratic.communities.actions import appoint_official, create_service
from democratic.config.bench.crowd import THREAD, fill_crowd
from democratic.config.bench.size import Size
from democratic.kernel.clock import DATABASE_CLOCK, FixedClock, local_day
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.ideas.models import Idea
from democratic.participation.mandates.actions import Order, draft_mandate, publish_mandate
from democratic.participation.mandates.models import Level
from democratic.participation.polls.actions import Question, draft_poll, open_poll
from democratic.participation.polls.models import Poll
from democratic.participation.processes.actions import Promise, open_process
from democratic.participation.processes.models import Process, Step
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
select gen_random_uuid(), '', 'unsaid', current_date from generate_series(1, %(people)s)
"""

# Thirty words a text, drawn from the list by the row's number: the same on every machine. Nearly every text
# has each of them, so one more stands in a tenth of the texts, as words that people search do.
_IDEAS = """
with drawn as (
  select n, uuidv7(- n * interval '1 minute') as id, gen_random_uuid() as wid,
    (select string_agg((%(words)s::text[])[1 + (n * 7 + k * 13 + (n / 7) * k) %% %(many)s], ' ')
     from generate_series(1, 30) k) || case when n %% 10 = 0 then ' covoiturage' else '' end as text
  from generate_series(1, %(ideas)s) n),
record as (
  insert into thread_record (id, code, authority_id, process_id, kind, state, visibility, audience_id,
    author_id, byline, origin, place, wording_id, happened_at, recorded_at)
  select id, 'B' || lpad((%(first)s + n)::text, 7, '0'), %(authority)s, %(process)s, 'idea',
    (array['received', 'kept', 'part', 'unkept', 'passed'])[1 + n %% 5], 'public', %(audience)s,
    null, '', (array['web', 'street', 'chat', 'paper', 'room', 'sms'])[1 + n %% 6],
    (array['Vaubrun', 'Clairvoie', 'Les Forges', 'Montsec'])[1 + n %% 4], wid,
    now() - n * interval '1 minute', now() from drawn),
wording as (
  insert into thread_wording (id, record_id, version, language, title, text, created_at)
  select wid, id, 1, 'fr', left(text, 70), text, now() from drawn),
idea as (
  insert into participation_idea (record_id, process_id, age_band)
  select id, %(process)s, 'unsaid' from drawn)
insert into thread_recordpoint (record_id, latitude, longitude)
select id, 48.5 + (n * 37 %% 400) / 1000.0, 2.1 + (n * 53 %% 600) / 1000.0 from drawn where n <= 10000
"""


# In a town each row comes after the one before, whatever it is: here ideas were written first, then comments.
_IN_ORDER = """
cluster thread_record using thread_record_pkey;
insert into thread_recordsearch (record_id, vector)
select r.id, setweight(to_tsvector('fr', w.title), 'A') || setweight(to_tsvector('fr', w.text), 'B')
from thread_record r join thread_wording w on w.id = r.wording_id
where r.kind in ('idea', 'comment') and not exists (select from thread_recordsearch s where s.record_id = r.id)
order by r.id;
"""
PATIENCE = 180  # seconds


@dataclass(frozen=True, slots=True)
class Filled:
    authority: Authority
    process: Process
    account: Account
    idea_code: str
    poll_code: str


def fill(size: Size) -> Filled:
    """An authority with one process and its ideas; the newest has 200 comments more than the others."""
    account = open_account(email="banc@example.org", name="Banc", password=None)
    for number in range(1, size.neighbours + 1):
        neighbour = open_a_process(_open_authority(f"voisine-{number}", is_under_path=True))
        _fill_process(neighbour, size, number=number)
    process = open_a_process(_open_authority("banc"))
    poll = _ask(process)
    idea = _fill_process(process, size, number=0)
    _settle()
    return Filled(process.authority, process, account, idea.record.code, poll.record.code)


def fill_ideas(ideas: int) -> Process:
    """A process with its contributions alone, for what reads neither the journal nor the counts made of it."""
    process = open_a_process(_open_authority("banc"))
    write_ideas(process, ideas)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    return process


def _ask(process: Process) -> Poll:
    question = Question(
        words=Words(title="Faut-il un bus après 22 h ?"),
        options=("Oui", "Oui, le week-end", "Non"),
        stage=process.stages.get(step=Step.LISTENING),
    )
    drafted = draft_poll(process=process, question=question, author=None, clock=DATABASE_CLOCK)
    return open_poll(poll=drafted, clock=DATABASE_CLOCK)


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_IN_ORDER)
    sweep()


def sweep() -> None:
    """Until the server has swept and written what it was given at once: no town fills up in ten minutes."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            # What a role that owns nothing else may see of the sweepers: that they are there.
            cursor.execute(
                "select exists (select from pg_stat_progress_vacuum) or exists (select from pg_stat_progress_analyze)"
            )
            if not cursor.fetchone()[0]:
                return
            time.sleep(1)


def _fill_process(process: Process, size: Size, *, number: int) -> Idea:
    with transaction.atomic():
        idea = submit_idea(
            process=process,
            author=welcome_guest(),
            words=Words(text="Le dernier bus part à 18 h 50. Après, c’est ma mère ou rien."),
            clock=DATABASE_CLOCK,
        ).idea
        names = write_ideas(process, size.ideas, first=number * size.ideas)
    more = {"subject": idea.pk, "first_comment": number * (size.ideas * size.comments + THREAD)}
    fill_crowd(names | more, comments=size.comments * size.ideas, supports=size.supports * size.ideas)
    return idea


@transaction.atomic
def write_ideas(process: Process, ideas: int, *, first: int = 0) -> dict[str, Any]:
    """So many contributions, and people who said none of them; what else is filled in goes by the same names.

    ``first``: how many others have their code already. Their Entries are ``write_entries``'s.
    """
    names = {
        "words": _WORDS.split(),
        "many": len(_WORDS.split()),
        "ideas": ideas,
        "people": max(200, ideas // 5),
        "first": first,
        "authority": process.authority_id,
        "process": process.pk,
        "audience": process.record.audience_id,
    }
    with connection.cursor() as cursor:
        for statement in (_PEOPLE, _IDEAS):
            cursor.execute(statement, names)
    return names


def _open_authority(slug: str, *, is_under_path: bool = False) -> Authority:
    return open_authority(
        slug=slug, name=f"Essai {slug}", kind_label="une collectivité", is_under_path=is_under_path
    )


def open_a_process(authority: Authority, slug: str = "bouger") -> Process:
    """Ordered, opened forty days ago and listening since, to be answered in ninety."""
    now = DATABASE_CLOCK.now()
    start = FixedClock(now - timedelta(days=40))
    today = local_day(now, "Europe/Paris")
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
    return open_process(
        mandate=publish_mandate(mandate=drafted, clock=start),
        words=Words(title="Bouger", text="Comment rentrer le soir ?"),
        promise=Promise("Ce qui vous empêche.", "Chaque parole reçoit une réponse.", "Le budget."),
        first_day=today - timedelta(days=40),
        slug=slug,
        clock=start,
    )
