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
