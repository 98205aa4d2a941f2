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

# A service was asked this month where it stands; the link of its mail.
UPDATE_ASKED = """
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.tracker.asking import ask_for_updates
from democratic.participation.tracker.links import url_of
from democratic.participation.tracker.models import UpdateLink
from democratic.thread.models import Authority
authority = Authority.objects.get()
ask_for_updates(authority=authority, clock=DATABASE_CLOCK)
link = UpdateLink.objects.order_by('-made_at').first()
print('@' + url_of(link, authority, 'fr').rsplit('/', 1)[1])
"""
