"""What no one did in the story of the demonstration, and that has pages to see."""

# No one opened a debate.
DEBATE = """
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.debates.actions import open_debate
from democratic.participation.processes.models import Process
from democratic.thread.actions import Words
words = Words(title='Qui paie le bus de nuit ?', text='Le Département, les communes, ou les voyageurs ?')
process = Process.objects.select_related('record__authority').get(slug='{slug}')
print('@' + open_debate(process=process, words=words, clock=DATABASE_CLOCK).record.code)
"""

CLASS = """
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.classes.actions import open_class
from democratic.participation.processes.models import Process
process = Process.objects.select_related('record__authority').get(slug='{slug}')
print('@' + open_class(process=process, seats=30, hours=2, byline='La 5e B', clock=DATABASE_CLOCK).code)
"""

# A meeting whose wall has a question that is answered, one owed, one binned, one that waits; its code, and two of theirs.
WALL = """
from datetime import timedelta
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.meetings.actions import Moment, announce_meeting
from democratic.participation.meetings.models import Form, Meeting
from democratic.participation.meetings.wall import actions as wall
from democratic.participation.processes.models import Process
from democratic.people.actions import welcome_guest
from democratic.stewardship.moderation.actions import Finding, rule_on
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.actions import Words
from democratic.thread.models import Record
process = Process.objects.select_related('record__authority', 'mandate__service').get(slug='{slug}')
now = DATABASE_CLOCK.now()
moment = Moment(now + timedelta(minutes=5), now + timedelta(hours=2), 'Mairie')
words = Words(title='En direct avec les élus')
meeting = announce_meeting(process=process, words=words, moment=moment, author=None, clock=DATABASE_CLOCK)
Meeting.objects.filter(pk=meeting.pk).update(form=Form.CYBERDEBATE, opened_at=now)
Record.objects.filter(pk=meeting.pk).update(state='live')
def ask(said):
    words = Words(title=said, byline='Inès')
    return wall.put_question(meeting=meeting, words=words, author=welcome_guest(), clock=DATABASE_CLOCK).question
said = ('Et le dimanche ?', 'Qui paie ?', 'Un vélo ?', 'Combien coûte un arrêt ?')
answered, owed, sold, waits = [ask(each) for each in said]
spoken = wall.Spoken('Trois cars de plus.', 'la vice-présidente')
wall.approve_spoken_answer(question=answered, spoken=spoken, clock=DATABASE_CLOCK)
day = (now + timedelta(days=15)).date()
promised = wall.Promised(process.mandate.service, day)
wall.owe_answer(question=owed, promised=promised, function='la vice-présidente', clock=DATABASE_CLOCK)
finding = Finding(Outcome.HIDDEN, 'off_topic', 'Elle vend des vélos.')
rule_on(record=sold.record, finding=finding, ruled_by=welcome_guest(), clock=DATABASE_CLOCK, is_unasked=True)
print('@' + meeting.record.code)
print('@' + waits.record.code)
print('@' + answered.record.code)
"""

# A child asked her parent about one of her sentences; both links, hers then the parent's.
AGREEMENT = """
from democratic.communities.agreements.actions import ask_parent
from democratic.communities.agreements.queries import CHILD, PARENT, token_of
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.people.actions import welcome_guest
from democratic.people.models import AgeBand, Person
from democratic.thread.models import Record
child = welcome_guest()
Person.objects.filter(pk=child.pk).update(age_band=AgeBand.UNDER_15)
record = Record.objects.select_related('authority').get(code='{talked}')
asked = ask_parent(record=record, child=child, email='parent@example.org', language='fr', clock=DATABASE_CLOCK)
print('@' + token_of(asked, CHILD))
print('@' + token_of(asked, PARENT))
"""

# The token of the link that a relay holds, for the code of a lycée.
RELAY = """
from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.relaying import relay_token
print('@' + relay_token(FlowCode.objects.get(code='LYC-VAU')))
"""

# A seat that nobody took yet; the link's secret.
SEAT_OFFERED = """
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.observatory.actions import Act, offer_seat
from democratic.observatory.models import Observatory
from democratic.people.models import Account
observatory = Observatory.objects.get()
speaker = Account.objects.get(email='mado@valdorbe.example').person
act = Act(observatory.act_on, 'Procès-verbal du second tirage au sort')
print('@' + offer_seat(observatory=observatory, by=speaker, act=act, clock=DATABASE_CLOCK).secret)
"""

# A process that nobody has published yet: its slug, and the token of its preview.
DRAFT = """
from datetime import timedelta
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.mandates.models import Mandate
from democratic.participation.processes.actions import Draft, Promise, draft_process
from democratic.thread.actions import Words
from democratic.web.processes.previews import preview_token
published = Mandate.objects.filter(record__visibility='public').select_related('record__authority')
mandate = published.order_by('-ordered_on').first()
words = Words(title='Le marché couvert, avec vous', text='Que faut-il changer, et que faut-il garder ?')
promise = Promise('Votre avis.', 'Chaque avis est lu.', 'Le budget voté.')
first_day = DATABASE_CLOCK.now().date() + timedelta(days=3)
draft = Draft(words, promise, first_day, in_clear='Un projet se prépare. Dites ce qui va. Dites ce qui ne va pas.')
process = draft_process(mandate=mandate, method='project_concertation', draft=draft, author=None, clock=DATABASE_CLOCK)
print('@' + process.slug)
print('@' + preview_token(process, process.preparation.preview_key))
"""

# A batch of papers that waits for someone else to count it again.
TALLY = """
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.polls.actions import Batch, enter_tally
from democratic.participation.polls.models import Poll
from democratic.people.actions import welcome_guest
from democratic.thread.models import Origin
poll, batch = Poll.objects.get(), Batch(Origin.PAPER, 'Lot 1', {1: 4, 2: 9})
by = welcome_guest()
print('@' + str(enter_tally(poll=poll, batch=batch, by=by, function='Service', clock=DATABASE_CLOCK).pk))
"""

# A pile that somebody has entered, which waits for a second hand; and one that Nathalie is typing, partly scanned.
PAPER = """
from democratic.kernel.clock import DATABASE_CLOCK as clock, local_day
from democratic.participation.paper.actions import NewBatch, finish_entry, keep_draft, open_batch
from democratic.participation.paper.cells import Cells
from democratic.participation.paper.models import PaperRow
from democratic.participation.paper.printing import print_forms, sheets_of
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Process
from democratic.people.actions import welcome_guest
from democratic.people.models import Account
process, poll = Process.objects.get(slug='{slug}'), Poll.objects.filter(process__slug='{slug}').first()
agent = Account.objects.get(email__startswith='nathalie').person
run = print_forms(process=process, poll=poll, copies=40, by=agent, clock=clock)
today = local_day(clock.now(), process.authority.time_zone)
def pile(name, by):
    return open_batch(process=process, new=NewBatch(name, today, poll), by=by, function='Service', clock=clock)
said = Cells(age='26_64', choice=1 if poll else None, body='no', consents=True, text='Un banc à l’arrêt.')
other, by = pile('Lot 7', welcome_guest()), None
keep_draft(batch=other, rows=dict.fromkeys((1, 2, 3), said), by=other.entered_by)
finish_entry(batch=other, by=other.entered_by, clock=clock)
mine = pile('Lot 8', agent)
keep_draft(batch=mine, rows={{1: said, 2: Cells(age='18_25', body='yes')}}, by=agent)
PaperRow.objects.filter(batch=mine, number=2).update(asks=['choice', 'consents'])
print('@' + str(other.pk), '@' + str(mine.pk), sep='\\n')
"""

# A word signalled, one hidden and contested, one that waits, an alarm: their codes, the decision's, and a receipt.
MODERATED = """
from datetime import timedelta
from democratic.kernel.clock import DATABASE_CLOCK as clock
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.ideas.holding import hold_first_words
from democratic.participation.processes.models import Process
from democratic.people.actions import welcome_guest
from democratic.people.models import Account
from democratic.stewardship.models import Alarm
from democratic.stewardship.moderation.actions import Finding, appeal, give_notice, rule_on, standing_of
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.actions import Words
from democratic.web.ideas.receipts import seal_receipt

def here():
    return Process.objects.select_related('record__authority', 'record__audience').get(slug='{slug}')

def say(text):
    said = submit_idea(process=here(), author=welcome_guest(), words=Words(text=text), clock=clock)
    return said.idea.record

def signal(record, rule='insult_or_hate'):
    why = 'Elle traite les chauffeurs de voleurs.'
    return give_notice(record=record, rule=rule, explanation=why, notifier=welcome_guest(), clock=clock)

signalled = say('Des voleurs, tous ces chauffeurs du soir !')
hidden = say('Qu’on les renvoie, ces incapables.')
first = signal(signalled)
signal(signalled, 'minor_in_danger')
signal(hidden)
facts = 'Le texte insulte les agents d’un service, sans rien dire de leur travail.'
found = Finding(Outcome.HIDDEN, 'insult_or_hate', facts)
judge = Account.objects.get(email='mado@valdorbe.example').person
ruling = rule_on(record=hidden, finding=found, ruled_by=judge, clock=clock)
text = 'Je parlais du service, pas des personnes.'
appeal(ruling=ruling, standing=standing_of(ruling, hidden.author), text=text, clock=clock)
hold_first_words(process=here(), is_on=True, clock=clock)
held = say('Un arrêt devant la piscine.')
hold_first_words(process=here(), is_on=False, clock=clock)
now, process = clock.now(), here()
Alarm.objects.create(
    authority=process.authority, process=process.record, kind='similarity',
    began_at=now - timedelta(hours=3), last_at=now, acts=42, usual=1,
)
for record in (signalled, hidden, held, ruling.record):
    print('@' + record.code)
notice = first.notice
print('@/signalement/' + notice.code + '/' + seal_receipt(notice.code, first.secret, now=now))
"""

# An order that waits for her approval; the link of her mail.
APPROVAL_ASKED = """
from datetime import date, timedelta
from democratic.communities.models import Official, Service
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.approvals.actions import ask_approval
from democratic.participation.approvals.links import url_of
from democratic.participation.mandates.actions import Order, draft_mandate
from democratic.participation.mandates.models import Level
from democratic.thread.actions import Words
office = Official.objects.filter(person__account__isnull=False, until=None).select_related('authority').first()
today = DATABASE_CLOCK.now().date()
order = Order(ordered_by='L’assemblée départementale', ordered_on=today, decidable='Les horaires.',
    not_decidable='Le budget voté.', level=Level.CONSULT, aimed_at='Les 15-25 ans', answerer=office,
    answer_due_on=today + timedelta(days=120), service=Service.objects.filter(authority=office.authority).first())
words = Words(title='Rentrer le soir sans voiture', text='L’assemblée demande des bus après 20 h.')
mandate = draft_mandate(authority=office.authority, words=words, order=order, author=None, clock=DATABASE_CLOCK)
asked = ask_approval(record=mandate.record, clock=DATABASE_CLOCK)
print('@' + url_of(asked, office.authority, 'fr').rsplit('/', 1)[1])
print('@' + mandate.record.code)
"""

# The draft of a process that waits for her approval; the link of her mail.
PROCESS_ASKED = """
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.approvals.actions import ask_approval
from democratic.participation.approvals.links import url_of
from democratic.participation.processes.models import Process
record = Process.objects.select_related('record__authority').get(slug='{draft}').record
asked = ask_approval(record=record, clock=DATABASE_CLOCK)
print('@' + url_of(asked, record.authority, 'fr').rsplit('/', 1)[1])
"""

# Two contributions whose answer a service prepares: the code of one, and the service.
ASSIGNED = """
from democratic.communities.models import Service
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.answers.assigning import Charge, assign_subjects
from democratic.participation.processes.models import Process
from democratic.people.models import Account
from democratic.thread.models import Kind, Record
from datetime import timedelta
process = Process.objects.select_related('record__authority', 'authority').get(slug='{slug}')
said = Record.objects.filter(process=process.record, kind=Kind.IDEA, state='received', theme=None).order_by('-pk')
service = Service.objects.filter(authority=process.authority).order_by('name').last()
charge = Charge(service, DATABASE_CLOCK.now().date() + timedelta(days=7))
assigner = Account.objects.get(email='nathalie@valdorbe.example').person
ids = list(said.filter(visibility='public').values_list('pk', flat=True)[:2])
assign_subjects(process=process, subjects=ids, charge=charge, assigner=assigner, clock=DATABASE_CLOCK)
print('@' + Record.objects.get(pk=ids[0]).code)
print('@' + str(service.pk))
"""

# The service that owes the oldest promise was asked this month where it stands; the link of its mail. Services are
# asked from a day and an hour on: whoever looks before, at dawn or on the first of the month, stands at that hour.
UPDATE_ASKED = """
from datetime import datetime, time
from zoneinfo import ZoneInfo
from democratic.kernel.clock import DATABASE_CLOCK, FixedClock, local_day
from democratic.participation.tracker.asking import OPENS_AT, ask_for_updates
from democratic.participation.tracker.links import url_of
from democratic.participation.tracker.models import UpdateLink
from democratic.participation.tracker.owed import lines_of
from democratic.participation.tracker.rhythm import asking_day, chosen_day
from democratic.thread.models import Authority
authority, now = Authority.objects.get(), DATABASE_CLOCK.now()
month = local_day(now, authority.time_zone).replace(day=1)
opens = datetime.combine(asking_day(month, chosen_day(authority)), time(OPENS_AT), ZoneInfo(authority.time_zone))
at_dawn = datetime.combine(local_day(now, authority.time_zone), time(OPENS_AT), ZoneInfo(authority.time_zone))
ask_for_updates(authority=authority, clock=FixedClock(max(now, opens, at_dawn)))
def oldest(link):
    return min(line.first_due_on for line in lines_of(link.request.service_id, authority.pk))
link = min(UpdateLink.objects.select_related('request'), key=oldest)
print('@' + url_of(link, authority, 'fr').rsplit('/', 1)[1])
"""

# A page, its draft neighbour, a piece of news, a column of the opposition, and a reserve with an exception.
WRITTEN = """
from datetime import date
from democratic.communities.accessibility.models import Conformity
from democratic.communities.declaring import Declared, declare_accessibility
from democratic.communities.editorial import actions
from democratic.communities.reserve.actions import Dates, make_exception, schedule_reserve
from democratic.communities.reserve.models import Kept
from democratic.kernel.clock import DATABASE_CLOCK as clock
from democratic.people.models import Account
from democratic.thread.actions import Words
from democratic.thread.models import Authority, Kind
here, who = Authority.objects.get(), 'Service communication'
TEXT = '## Venir\\n\\nDu lundi au vendredi, **sans rendez-vous**.\\n\\n- Ligne 3, arrêt Mairie\\n- À vélo'
TITLE, SLUG = 'Nos maisons des services', 'maisons-des-services'
def drafted(kind, title, slug=''):
    words = Words(title=title, text=TEXT)
    return actions.draft_publication(
        authority=here, kind=kind, words=words, slug=slug, function=who, clock=clock)
page = actions.publish(publication=drafted(Kind.PAGE, TITLE, SLUG), clock=clock)
again = Words(title=TITLE, text=TEXT + '\\n\\nFermé en août.')
actions.revise(publication=page, words=again, seen=1, slug=SLUG, function=who, clock=clock)
draft = drafted(Kind.PAGE, 'La charte de la participation', 'charte')
news = actions.publish(publication=drafted(Kind.NEWS, 'La ligne de nuit part vendredi'), clock=clock)
member = Account.objects.get(email='gabriel@valdorbe.example').person
group = actions.name_opposition_group(
    authority=here, name='Val-d’Orbe en commun', act_on=date(2026, 3, 2), act_reference='2026-014',
    members=[member], clock=clock)
column = actions.publish_column(
    group=group, words=Words(title='Une ligne, et après ?', text='Nous aurions commencé par le nord.'),
    person_ids=[member.pk], clock=clock)
reserve = schedule_reserve(
    authority=here, election='élections départementales', dates=Dates(date(2028, 3, 12)), clock=clock)
make_exception(
    reserve=reserve, keeps=Kept.NAMES, reason='Un avis d’enquête publique nomme son signataire.',
    function=who, clock=clock)
audit = Declared(
    Conformity.PARTIAL, 62, date(2026, 2, 1), 'Cabinet Clair', 'Des PDF sans titres.',
    contact_email='acces@valdorbe.example')
declare_accessibility(authority=here, declared=audit, clock=clock)
for each in (page.record.code, draft.record.code, news.record.code, column.record.code, group.pk, reserve.pk):
    print('@' + str(each))
"""

# Sessions in the street: one that comes, one that came back this morning, one that is told; a capture that waits to be
# read again, and the code of its slip.
MEETING_AHEAD = """
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Registration
from democratic.participation.meetings.arrivals.registering import way_back
place = Registration.objects.select_related('meeting__record').order_by('pk').first()
item = AgendaItem.objects.filter(meeting=place.meeting).first()
print('@' + place.meeting.record.code)
print('@' + way_back(place))
print('@' + str(item.pk))
"""

STREET = """
from datetime import timedelta
from uuid import uuid4
from democratic.kernel.clock import DATABASE_CLOCK as clock
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Process
from democratic.participation.street.devices import prepare_device
from democratic.participation.street.models import TeamRole
from democratic.participation.street.planning import Outing, plan_session
from democratic.participation.street.receiving import receive
from democratic.participation.street.returning import send_to_the_street
from democratic.participation.street.validating import validate_captures
from democratic.people.models import Account
from democratic.thread.models import Record
process = Process.objects.select_related('record__authority', 'record__audience').get(slug='{slug}')
agents = [Account.objects.get(email=name + '@valdorbe.example').person for name in ('nathalie', 'odile')]
poll = Poll.objects.filter(process=process, closed_at=None, record__visibility='public').first()
now = clock.now().replace(minute=0)
def planned(question, place, days):
    starts_at = now + timedelta(days=days)
    outing = Outing(question, place, starts_at, starts_at + timedelta(hours=3), {{agents[0].pk: TeamRole.LEADS}}, poll,
                    'Les 15-17 ans, et qui travaille de nuit')
    return plan_session(process=process, outing=outing, author=agents[0], clock=clock)
def said(text, code='', **more):
    return {{'uuid': str(uuid4()), 'kind': 'quote', 'text': text, 'first_name': 'Léa', 'age_band': '18_25',
            'consent': True, 'in_no_body': True, 'code': code}} | more
ahead = planned('Que manque-t-il à votre arrêt de bus ?', 'Marché de Vaubrun', 3)
idea = Record.objects.filter(process=process.record, kind='idea', visibility='public').order_by('pk').first()
send_to_the_street(session=ahead, said=idea, clock=clock)
back, told = planned('Comment rentrez-vous le soir ?', 'Place de la Gare', -1), planned('Et le week-end ?', 'Halles', -8)
for session in (back, told):
    out = prepare_device(session=session, person=agents[0], clock=clock)
    batch = [said('Le dernier bus part à dix-neuf heures, je rentre à pied.', out.codes[0]),
             said('Un abri éclairé, déjà.', out.codes[1], first_name='', age_band='65'),
             said('Je ne sors plus le samedi, faute de bus.', out.codes[2], first_name='Moussa'),
             said('Sans âge', age_band='unsaid')]
    batch += [{{'uuid': str(uuid4()), 'kind': 'refusal'}} for _each in range(3)]
    batch += [{{'uuid': str(uuid4()), 'kind': 'wall', 'alternative': 'Le mur de cartes.'}}] if session is back else []
    if poll:
        batch += [{{'uuid': str(uuid4()), 'kind': 'tap', 'rank': 1, 'age_band': '15_17'}} for _each in range(9)]
    receive(session=session, device=out.device, records=batch, clock=clock)
    slip = slip if session is told else out.codes[0]
validate_captures(session=told, by=agents[1], function='Le Département', clock=clock)
for session in (ahead, back, told):
    print('@' + session.record.code)
print('@' + str(back.captures.get(code=slip).pk))
print('@' + slip)
print('@' + str(back.devices.get().pk))
"""
