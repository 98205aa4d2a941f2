"""A consultation of 40,000 taps and 6,000 sentences on the demonstration: filled in, grouped by three, signed."""

import http.client
import re
import threading
from uuid import uuid4

TAPS, SENTENCES, GROUPED, THEMES = 40_000, 6000, 5400, 18
AGENTS = ("nathalie", "samir", "marc")
IN_A_THEME, ON_A_PAGE = GROUPED // THEMES, 30
# Who said each sentence of the first theme, and left an address; who follows the consultation; who does both.
AUTHORS, FOLLOWERS, BOTH = IN_A_THEME, 100, 50
SLUG = "quarante-mille"
ATTEMPTS = 5
OF_THE_THEME, OF_ONE = "Réponse au sujet entier.", "Réponse à elle seule."

# Everything in one transaction: it is filled in, as fast as the disk lets it.
FILL = f"""
from datetime import timedelta
from django.db import connection, transaction
from django.db.models import F
from democratic.config.bench.crowd import write_entries
from democratic.config.bench.fill import open_a_process, write_ideas
from democratic.kernel.clock import DATABASE_CLOCK as clock
from democratic.participation.polls.actions import Question, draft_poll, open_poll
from democratic.participation.processes.models import Stage, Step
from democratic.people.actions import welcome_guest
from democratic.people.models import ContactAddress
from democratic.thread.actions import Words, follow
from democratic.thread.models import Authority, Record
process = open_a_process(Authority.objects.get(), '{SLUG}')

def say():
    names = write_ideas(process, {SENTENCES})
    said = Record.objects.filter(process=process.record, kind='idea')
    said.update(state='received')
    write_entries(names)
    people = [welcome_guest() for _ in range({AUTHORS + FOLLOWERS - BOTH})]
    for n, person in enumerate(people):
        address = dict(email=f'personne{{n}}@example.org', confirmed_at=clock.now())
        ContactAddress.objects.create(person=person, language='fr', **address)
    for person, record in zip(people, said.order_by('code')[:{AUTHORS}], strict=False):
        Record.objects.filter(pk=record.pk).update(author=person)
    for person in people[-{FOLLOWERS}:]:
        follow(record=process.record, person=person)

def ask():
    question = Question(
        words=Words(title='Faut-il un bus après 22 h ?'), options=('Oui', 'Oui, le week-end', 'Non'),
        stage=process.stages.get(step=Step.LISTENING))
    poll = open_poll(poll=draft_poll(process=process, question=question, author=None, clock=clock), clock=clock)
    options = list(poll.options.filter(is_no_opinion=False).values_list('pk', flat=True))
    with connection.cursor() as cursor:
        cursor.execute(TAP, [poll.pk, options])
    return poll.record.code

TAP = '''
with person as (
  insert into people_person (id, name, age_band, created_on)
  select gen_random_uuid(), '', 'unsaid', current_date from generate_series(1, {TAPS}) returning id),
numbered as (select id, row_number() over () as n from person)
insert into participation_pollanswer (id, poll_id, person_id, option_id, origin, answered_at)
select uuidv7(), %s, id, (%s::uuid[])[1 + n %% 3], (array['web', 'sms', 'room', 'street'])[1 + n %% 4], now()
from numbered'''

with transaction.atomic():
    say()
    print('@' + ask())
    # Every stage has begun, and listening is over.
    earlier = timedelta(days=150)
    Stage.objects.filter(process=process).update(
        opens_at=F('opens_at') - earlier, closes_at=F('closes_at') - earlier)
"""
# By the action, as the official would from her page.
SIGN = """
from democratic.kernel.clock import DATABASE_CLOCK as clock
from democratic.participation.answers.actions import AnswerDraft, draft_answer, sign_answer
from democratic.participation.processes.models import Process
from democratic.thread.models import Record
process = Process.objects.select_related('record__authority', 'mandate__answerer').get(slug='{slug}')
subject = Record.objects.select_related('wording', 'authority').get(code='{code}')
signer = process.mandate.answerer
draft = AnswerDraft('{verdict}', '{reason}', signer, title=subject.title)
answer = draft_answer(process=process, subject=subject, draft=draft, author=None, clock=clock)
sign_answer(answer=answer, signer=signer, clock=clock)
"""


def cookie_of(product, who):
    entered = product.asked("POST", "/demo/entrer", {"email": f"{who}@valdorbe.example"})
    return "; ".join(each for each in entered.cookies if each.startswith("session="))


class Agent(threading.Thread):
    """Opens her themes at the desk, then ticks what the page holds and groups it, page after page."""

    def __init__(self, product, who, themes):
        super().__init__(name=who)
        self.product, self.themes, self.cookie = product, themes, cookie_of(product, who)
        self.refused = []

    def run(self):
        board = f"/bureau/concertations/{SLUG}/sujets"
        for title, codes in self.themes.items():
            self.send(
                f"{board}/nouveau", {"key": uuid4().hex, "title": title, "text": "Ce qu’elles ont en commun."}
            )
            page = self.product.asked("GET", board, cookie=self.cookie).body.decode()
            theme = re.search(rf'<option value="([^"]+)"[^>]*>{title}<', page)[1]
            for first in range(0, len(codes), ON_A_PAGE):
                ticked = codes[first : first + ON_A_PAGE]
                self.send(board, [("theme", theme), *(("code", code) for code in ticked)])

    def send(self, path, fields):
        """Again when nobody answered in time, as a person would: what is grouped already does not move."""
        for _attempt in range(ATTEMPTS):
            try:
                answer = self.product.asked("POST", path, fields, cookie=self.cookie)
            except (OSError, http.client.HTTPException):
                continue
            if answer.status != 302:
                self.refused.append((path, answer.status))
            return
        self.refused.append((path, "no answer"))


def ungrouped_at_the_desk(product, cookie):
    """Every code that the pages « Sans sujet » show, one after the other."""
    found, path = [], f"/bureau/concertations/{SLUG}/sujets"
    while path:
        page = product.asked("GET", path, cookie=cookie).body.decode()
        found += re.findall(r'<input type="checkbox" name="code" value="([^"]+)"', page)
        more = re.search(r'href="\?apres=([^"&]+)"', page)
        path = f"/bureau/concertations/{SLUG}/sujets?apres={more[1]}" if more else ""
    return found


def plain(page):
    """With ordinary spaces."""
    return page.replace("\u00a0", " ").replace("\u202f", " ")


def counts_of(page):
    """Each number that a page gives under its name: of its lists of numbers, and of what is counted apart."""
    terms = re.findall(r"<dt>([^<]+)</dt><dd>(?:<b>)?([^<]*)", page)
    return {term: int(n) for term, value in terms if (n := "".join(value.split())).isdigit()}
