"""A campaign that was walked through, as it leaves its installation; and its pages there, as an agent reads them."""

import io
import json
import re
from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils.html import strip_tags

from campaigning import campaign_with_codes, census
from chatting import Chatter, open_channel
from democratic.config.places import ROOT
from democratic.config.portable.writing import export_authority
from democratic.kernel.clock import FixedClock
from democratic.messaging.models import OutgoingMessage
from democratic.participation.campaigns.lists.models import ListWave
from democratic.participation.campaigns.lists.writing import write_waves
from democratic.participation.campaigns.models import Campaign, CampaignPublic
from democratic.participation.campaigns.schedule import Due, add_step
from democratic.participation.conversations.models import Flow, FlowAnswer, FlowCode, FlowFile
from democratic.participation.paper.models import PaperBatch
from democratic.people.models import Person
from democratic.stewardship.erasure import erase_guest
from factories import Territory
from listing import at, begun, listed
from talking import answer

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NUMBERS = "Mobile\n06 12 34 56 01\n06 12 34 56 02\n06 12 34 56 03\n"
# All that could lead to someone, or that nobody released.
PRIVATE = ("canari-adresse", "+33612345601", "0612345601", "canari-photo", "canari-efface")
THERE = """
import json, time
from allauth.mfa.models import Authenticator
from django.test import Client
from democratic.people.actions import note_first_sign_in
from democratic.people.models import Account
from democratic.web.accounts.factors import FactorAdapter
from factories import TOTP_SECRET, signed_in_at
account = Account.objects.get(email={email!r})
secret = {{'secret': FactorAdapter().encrypt(TOTP_SECRET)}}
Authenticator.objects.get_or_create(user=account, type='totp', defaults={{'data': secret}})
note_first_sign_in(account=account)
client = Client(SERVER_NAME='localhost', headers={{'sec-fetch-site': 'same-origin'}})
client.force_login(account)
signed_in_at(client, account, time.time())
for method, path in {asked}:
    answered = getattr(client, method)(path)
    print('@' + json.dumps([path, answered.status_code, answered.content.decode()]))
"""


@dataclass
class Walked:
    """``under_way``: she who was still inside."""

    territory: Territory
    campaign: Campaign
    flow: Flow
    wave: ListWave
    under_way: Chatter

    @property
    def base(self) -> str:
        return f"/bureau/concertations/{self.territory.process.slug}"

    @property
    def flow_page(self) -> str:
        return f"{self.base}/conversations/{self.flow.pk}"

    @property
    def figures(self) -> list[str]:
        return [f"{self.flow_page}/chiffres", f"{self.base}/campagnes/{self.campaign.pk}/chiffres"]


def walked(territory: Territory) -> Walked:
    """On the web, by Telegram and by SMS; one person stops on the way, one has herself erased, one writes a letter."""
    campaign = campaign_with_codes(territory, publics=2, bands=("15_17", "18_25"))
    census(territory)
    open_channel(territory.authority, "telegram")
    open_channel(territory.authority, "sms")
    FlowCode.objects.update(cost=3000)
    flow = Flow.objects.get()
    _on_the_web()
    for n, words in enumerate(("Un bus, canari-phrase", "Des vélos")):
        chatter = Chatter(territory, address=f"canari-adresse-{n}", kind="telegram")
        for said in ("LYC-01", "1", "Le Mesnil", "18-25 ans", words, "oui", "oui"):
            chatter.says(said)
    chatter.says("Qui décide, au fait, canari-lettre ?")
    gone = Chatter(territory, address="canari-adresse-gone", kind="telegram")
    for said in ("LYC-01", "2", "Vaubrun", "18-25 ans", "Rien, canari-efface", "non", "non"):
        gone.says(said)
    person = Person.objects.get(pk=gone.her.person_id)
    erase_guest(guest=person, with_words=True, clock=territory.clock)
    under_way = Chatter(territory, address="canari-adresse-on", kind="telegram")
    for said in ("LYC-01", "2", "Le Mesnil"):
        under_way.says(said)
    _told_first(under_way)
    wave = _written_to(territory, campaign)
    _beside(territory, campaign, flow)
    return Walked(territory, campaign, flow, wave, under_way)


def _on_the_web() -> None:
    client = Client(headers={"user-agent": BROWSER})
    client.get("/r/LYC-00")
    url = answer(client, "/r/LYC-00", choice="evening:car").url
    for said in (
        {"text": "Vaubrun"},
        {"choice": "age:15_17"},
        {"text": "Un car après le cinéma"},
        {"choice": "body:no"},
        {"choice": "news:no"},
    ):
        answer(client, url, **said)


def _told_first(chatter: Chatter) -> None:
    OutgoingMessage.objects.create(
        authority=chatter.territory.authority,
        correspondent=chatter.her,
        is_first=True,
        purpose="answered",
        subject="",
        body="Une réponse est publiée.",
        state="sent",
    )


def _written_to(territory: Territory, campaign: Campaign) -> ListWave:
    """Two of three messages left; the wave still runs."""
    wave = begun(listed(territory, NUMBERS, campaign=campaign), fare=90)
    write_waves(at())
    left = OutgoingMessage.objects.filter(purpose=wave.purpose).order_by("pk").values("pk")[:2]
    OutgoingMessage.objects.filter(pk__in=list(left.values_list("pk", flat=True))).update(state="sent")
    return wave


def _beside(territory: Territory, campaign: Campaign, flow: Flow) -> None:
    """A pile of paper, a photo that nobody looked at, and a step that opens the flow by itself."""
    CampaignPublic.objects.filter(campaign=campaign).update(means=["poster", "paper"])
    PaperBatch.objects.create(
        process=territory.process, name="A", gathered_on=campaign.starts_on, counted_at=territory.clock.now(),
        opened_at=territory.clock.now(), entered_function="Agent", told={"ages": {"15_17": 7, "unsaid": 2}},
    )  # fmt: skip
    FlowFile.objects.create(
        answer=FlowAnswer.objects.filter(kind="place").latest("pk"),
        medium="photo",
        state="awaited",
        ref="canari-photo",
        sent_at=territory.clock.now(),
    )
    due = Due("open", territory.clock.now() + timedelta(days=1), "", flow=flow)
    add_step(campaign=campaign, due=due, clock=FixedClock(territory.clock.now()))


def in_clear(territory: Territory) -> bytes:
    """What a sealed package holds under its seal."""
    target = io.BytesIO()
    export_authority(territory.authority, target, with_private=True, tell=lambda *_: None)
    return target.getvalue()


def cells(html: str) -> list[str]:
    """The numbers of a page and what they are of: without its buttons nor addresses, which are each installation's."""
    main = html[html.index("<main") : html.index("</main>")]
    told = re.sub(r'<p class="row">.*?</p>', "", main)
    found = re.findall(r"<(dt|dd|th|td|p)\b[^>]*>(.*?)</\1>", told)
    words = [" ".join(strip_tags(inner).split()) for _tag, inner in found]
    return [each for each in words if "http" not in each]


def read_there(installation, email: str, *asked: tuple[str, str]) -> dict[str, str]:
    """Pages of another installation, by path, as its agent gets them."""
    script = THERE.format(email=email, asked=asked)
    path = f"{ROOT / 'src'}:{ROOT / 'tests'}"
    shown = installation.command("manage", "shell", "--verbosity", "0", "-c", script, PYTHONPATH=path)
    lines = [json.loads(line[1:]) for line in shown.splitlines() if line.startswith("@")]
    assert all(status in (200, 302) for _path, status, _html in lines), lines
    return {path: html for path, _status, html in lines}
