"""Every route that could keep something of someone, tried at each age, and what the database kept of it."""

import contextlib
from dataclasses import dataclass, field

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from asking import asked
from at_the_wall import announced
from democratic.communities.agreements.actions import agree_as_parent, ask_parent, confirm_as_child
from democratic.communities.invitations.actions import invite_to_role
from democratic.communities.models import JointAgreement, Membership, Organisation, SpeakingMandate
from democratic.communities.organisations.actions import (
    accept_to_speak,
    join,
    make_join_link,
    open_organisation,
    propose_to_speak,
)
from democratic.kernel.refusals import Refusal
from democratic.participation.inbox.models import Conversation
from democratic.participation.meetings.arrivals.models import Attendance, Registration
from democratic.participation.meetings.soundings.models import SoundingVoice
from democratic.participation.polls.models import PollAnswer
from democratic.people.actions import welcome_guest
from democratic.people.models import Account, AgeBand, ContactAddress, Person
from democratic.thread.actions import Words
from democratic.thread.models import Attachment, Comment, Follow, Grant, Record, Role, Support
from democratic.web.guests import COOKIE
from factories import NOW, verified_account
from meeting_people import open_to
from pictures import photo_with_place
from voting import open_vote

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
BANDS = (AgeBand.UNSAID, AgeBand.UNDER_15, AgeBand.TEENS, AgeBand.YOUNG)
OF_15 = (AgeBand.TEENS, AgeBand.YOUNG)
FACTS = {
    "the words": lambda: (
        Record.objects.filter(kind="idea").count() + Comment.objects.count() + Conversation.objects.count()
    ),
    "a support": Support.objects.count,
    "an answer": PollAnswer.objects.count,
    "a name": lambda: (
        Record.objects.exclude(byline="").count()
        + Person.objects.exclude(name="").count()
        + Registration.objects.exclude(name="").count()
    ),
    "a place in a meeting": Registration.objects.count,
    "a voice in a meeting": SoundingVoice.objects.count,
    "a place": Record.objects.exclude(place="").count,
    "a photo": Attachment.objects.count,
    "an address": lambda: (
        ContactAddress.objects.exclude(email="parent@example.org").count()
        + Conversation.objects.exclude(address="").count()
    ),
    "her parent's address, seven days": JointAgreement.objects.count,
    "a follow": Follow.objects.count,
    "an account": Account.objects.count,
    "words tied to an account": Person.objects.exclude(root=None).count,
    "a role": Grant.objects.count,
    "a membership": Membership.objects.count,
    "a mandate to speak": SpeakingMandate.objects.exclude(since=None).count,
}


@dataclass
class Visit:
    """Someone of one age, with or without her parent's agreement, who comes to every door."""

    territory: object
    band: AgeBand
    is_agreed: bool
    number: int = 0
    client: Client = field(default_factory=Client)

    def __post_init__(self):
        self.guest = welcome_guest()
        self.client.cookies[COOKIE] = signing.dumps(str(self.guest.pk), salt="democratic.guest")
        if self.is_agreed:
            _agree(self.territory, self.guest, f"{self.band}@example.org")

    def send(self, route, data, client=None, **named):
        self.number += 1
        given = {"key": f"{self.band}{self.is_agreed}{self.number}"} | data
        return (client or self.client).post(reverse(route, kwargs=named), given, **HERE)

    @property
    def box(self):
        return {"is_15": "on"} if self.band in OF_15 else {}

    def account(self):
        account = verified_account(f"a{self.number}{self.band}{self.is_agreed}@example.org", "", None)
        Person.objects.filter(pk=account.person_id).update(age_band=self.band)
        if self.is_agreed:
            _agree(self.territory, account.person, f"b{self.band}@example.org")
        return Account.objects.get(pk=account.pk)

    def signed_in(self, account):
        client = Client()
        client.force_login(account)
        return client


def _agree(territory, child, email):
    clock = territory.clock
    agreement = ask_parent(
        record=territory.process.record, child=child, email="parent@example.org", language="fr", clock=clock
    )
    agree_as_parent(
        agreement=agreement, turns_15_on=NOW.date().replace(year=NOW.year + 2), wording="Oui.", clock=clock
    )
    confirm_as_child(agreement=agreement, email=email, wording="…", language="fr", clock=clock)
    child.refresh_from_db()


def say(visit):
    photo = SimpleUploadedFile("photo.jpg", photo_with_place())
    data = {
        "age_band": visit.band.value, "text": f"Un bus {visit.number}", "place": "Vaubrun", "byline": "Lina",
        "email": "lina@example.org", "file": photo, "file_alt": "Un arrêt de bus.", "file_agreed": "on",
    }  # fmt: skip
    visit.send("say", data, slug=visit.territory.process.slug)


def write_to_agents(visit):
    letter = {"age_band": visit.band.value, "text": "Un banc ?", "email": "lina@example.org"}
    visit.send("write_to_us", letter)


def keep_a_place(visit):
    meeting = open_to(visit.territory)

    def act():
        said = {"age_band": visit.band.value, "seat": "room", "name": "Lina", "email": "lina@example.org"}
        visit.send("register_for_meeting", said, code=meeting.record.code)
        visit.send("register_for_meeting", {**said, "name": "", "email": ""}, code=meeting.record.code)

    return act


def _idea(visit):
    return visit.territory.say("Un tram.", author=welcome_guest())


def comment(visit):
    idea = _idea(visit).idea.record
    return lambda: visit.send(
        "comment", {"age_band": visit.band.value, "text": "Oui.", "byline": "Lina"}, code=idea.code
    )


def support(visit):
    idea = _idea(visit).idea.record
    return lambda: visit.send("support", {}, code=idea.code)


def answer(visit):
    poll = asked(visit.territory)
    return lambda: visit.send("answer_poll", {"option": "2"}, code=poll.record.code)


def vote(visit):
    asked_there = open_vote(visit.territory)
    Attendance.objects.create(
        meeting=asked_there.meeting, person=visit.guest, seat="room", joined_at=visit.territory.clock.now()
    )
    return lambda: visit.send(
        "give_voice", {"given": "2"}, code=asked_there.meeting.record.code, vote=asked_there.record.code
    )


def ask_a_meeting(visit):
    meeting = announced(visit.territory, join_code="")
    asked_for = {
        "age_band": visit.band.value,
        "title": f"Un bus {visit.number} ?",
        "text": "",
        "byline": "Lina",
    }
    return lambda: visit.send("wall", asked_for, code=meeting.record.code)


def follow(visit):
    idea = _idea(visit).idea.record
    return lambda: visit.send("follow", {"email": "lina@example.org", **visit.box}, code=idea.code)


def ask(visit):
    idea = _idea(visit).idea.record
    return lambda: visit.send("ask_parent", {"email": "parent@example.org"}, code=idea.code)


def sign_up(visit):
    visit.send("account_signup", {"email": "neuve@example.org", "name": "Lina", **visit.box})


def claim(visit):
    secret, client = _idea(visit).claim_secret, visit.signed_in(visit.account())
    return lambda: visit.send("use_key", {"secret": secret, "acte": "rattacher"}, client)


def accept_role(visit):
    account = visit.account()
    invited = invite_to_role(
        authority=visit.territory.authority, email=account.email, role=Role.AGENT, by=None,
        clock=visit.territory.clock,
    )  # fmt: skip
    secret, client = invited.link.rpartition("/")[2], visit.signed_in(account)
    return lambda: visit.send("invitation", {}, client, secret=secret)


def _link(visit):
    clock = visit.territory.clock
    organisation = open_organisation(
        authority=visit.territory.authority, sort=Organisation.Sort.ASSOCIATION,
        words=Words(title=f"Les voisins {visit.band} {visit.is_agreed} {Organisation.objects.count()}"), clock=clock,
    )  # fmt: skip
    return make_join_link(organisation=organisation, place=Membership.Place.MEMBER, by=None, clock=clock).link


def join_one(visit):
    link, account = _link(visit), visit.account()
    return lambda: join(link=link, account=account, clock=visit.territory.clock)


def speak_for_one(visit):
    clock, account, link = visit.territory.clock, visit.account(), _link(visit)
    member = Membership.objects.create(
        organisation=link.organisation, person=account.person, place=Membership.Place.MEMBER,
        since=NOW.date(),
    )  # fmt: skip

    def act():
        mandate = propose_to_speak(membership=member, name="Lina", function="présidente", clock=clock)
        accept_to_speak(mandate=mandate, person_ids=[account.person_id], clock=clock)

    return act


# (what one does, the route or the action, the door)
DOORS = (
    ("Say something, with a name, a place, an address and a photo", "say", say),
    ("Comment, with a name", "comment", comment),
    ("Write to the agents, with an address", "write_to_us", write_to_agents),
    ("Keep a place in a meeting, with a name and an address", "register_for_meeting", keep_a_place),
    ("Support", "support", support),
    ("Answer a question", "answer_poll", answer),
    ("Vote in a meeting", "give_voice", vote),
    ("Ask a meeting a question, with a name", "wall", ask_a_meeting),
    ("Follow, with an address", "follow", follow),
    ("Ask a parent", "ask_parent", ask),
    ("Open an account", "account_signup", sign_up),
    ("Tie one's words to an account", "use_key", claim),
    ("Accept a role", "invitation", accept_role),
    ("Join an organisation", "`join`", join_one),
    ("Speak for an organisation", "`accept_to_speak`", speak_for_one),
)
# Routes that write and keep nothing new of anyone, or that only who passed one of the doors above can use.
NOT_A_DOOR = {
    **dict.fromkeys(
        ("meeting_door", "ask_for_floor"),
        "a seat and a hand: what may be said of oneself is gone when it ends, but of who says that she is 15 and agrees",
    ),
    "unname_me": "takes a name away",
    "act_in_meeting": "of who runs the meeting",
    **dict.fromkeys(
        ("new_vote", "change_vote", "amend_vote", "count_vote", "verify_count", "drop_count", "act_on_vote"),
        "of who runs a meeting: questions, and numbers counted by hand",
    ),
    **dict.fromkeys(
        ("new_column", "change_column"), "of who is named, by a public act, in a group of the opposition"
    ),
    **dict.fromkeys(
        ("talk_begin", "talk", "talk_frame_begin", "talk_frame", "talk_kiosk_begin", "talk_kiosk"),
        "asks the age by itself, before any word: tests/democratic/participation/conversations",
    ),
    "talk_kiosk_pair": "makes a device the screen of a code: nothing of anyone",
    "talk_ring": "refuses who is under 15 or said no age: tests/democratic/web/talks/test_ringing.py",
    "channel_hook": "of a provider that signs; what it brings asks the age by itself",
    "take_back_answer": "takes an answer away",
    "support_wall_question": "a tap, as « Support »",
    "mark_wall_question": "a tap, as « Support »",
    "take_back_wall_question": "takes one's words away",
    **dict.fromkeys(
        (
            "merge_wall_questions",
            "read_wall_first",
            "close_wall",
            "bin_wall_question",
            "act_on_wall_question",
            "answer_wall_question",
        ),
        "of who runs a meeting, or speaks in the authority's name there: a role, or a place in its team",
    ),
    "field_prepare": "of who works here; what a device may keep by age: participation/street/reading.py",
    "notify": "words to who moderates, whatever the age; an address of 15 and more: tests/democratic/web/moderation",
    "contest_minutes": "words to who takes the notes, of who came to the meeting by its own door; never published",
    **dict.fromkeys(
        ("write_minutes", "answer_amendments", "recordings", "give_transcript"),
        "of who takes the notes of a meeting",
    ),
    "follow_notice": "of who holds the key of a notice",
    "contest_ruling": "words to who moderates, of who holds the key of what was said or signalled",
    "mail_trial": "says that a message of trial arrived",
    "withdraw_idea": "takes one's words away",
    "withdraw_comment": "takes one's words away",
    "meeting_video": "a cookie that names a host, half a day",
    "my_registration": "of who holds the secret of a place that a door let in; it asks the table again",
    "confirm_registration": "of who holds the secret of a place that a door let in",
    "give_registration_up": "takes a place away",
    "stop_mails": "takes an address away",
    "letter": "goes on with a conversation that a door let in: words, and nothing else",
    "confirm_address": "proves an address that a door let in",
    "agreement_child": "the second half of « Ask a parent »: columns « agreed »",
    "agreement_parent": "what the parent says of herself",
    "approve_draft": "an elected person, by the link of her mail",
    "tell_news": "words of a service, by the link of who holds it",
    "put_out_update_link": "takes a link away",
    "my_follows": "changes or ends follows that a door let in",
    "my_follows_address": "a secret for who has an account: it tells what a door let in",
    "my_consents": "stops and resumes addresses that a door let in",
    "my_data": "gives one's data",
    "erase_me": "takes everything away",
    "close_account": "takes an account away",
    "my_devices": "ends sessions",
    "stop_helping": "ends a visit",
    "second_factor_demanded": "of who has an account",
    "demo_enter": "accounts of the demonstration alone",
    "class_say": "words alone, whatever the age: tests/democratic/web/ideas/test_classes.py",
    "class_next": "takes a cookie away",
    "join_organisation": "of who has an account, and the action itself asks the table: tests/democratic/people",
    "accept_to_speak": "of a member, and the action itself asks the table",
    "end_my_mandate": "takes a mandate to speak away",
    "accept_seat": "of who has an account, and the action itself asks the table",
    **dict.fromkeys(
        ("publish_hearing", "give_verdict", "correct_hearing", "resign_seat"),
        "of who sits, by name, in an observatory",
    ),
    **dict.fromkeys(("offer_seat", "end_seat"), "of who speaks for the body that appoints"),
    "leave_organisation": "takes a membership away",
    "organisation_join_link": "of who keeps the page of an organisation",
    "describe_organisation": "of who keeps the page of an organisation",
    "propose_to_speak": "of who keeps the page of an organisation",
    "hand_over_page": "of who keeps the page of an organisation",
    "end_membership": "of who keeps the page of an organisation",
    "end_mandate_to_speak": "of who keeps the page of an organisation",
    "my_identities": "of who has an account",
    "identity_leave": "goes to an identity service: it opens an account that exists",
    "identity_saml": "comes back from an identity service: it opens an account that exists",
    "similar": "reads words, and keeps none",
    "join_house": "of who has an account, and the action itself asks the table",
    **dict.fromkeys(
        (
            "enter_house",
            "new_house_code",
            "write_charter",
            "propose_charter",
            "announce_draw",
            "lay_down_role",
            "leave_word",
            "new_house_topic",
            "house_topic",
            "set_word_aside",
            "new_agenda_point",
            "new_house_meeting",
            "place_point",
            "new_opinion",
            "write_opinion",
            "propose_opinion",
            "new_minority_view",
            "send_referral",
            "rate_answer",
            "write_handing",
            "hand_over_mandate",
            "stop_house_code",
            "stop_helping_house",
            "say_on_charter",
            "count_charter",
            "give_up_right",
            "give_role_in_turn",
            "stand_in_draw",
            "draw_role",
            "ask_for_skill",
            "confirm_skill",
            "give_skill_back",
            "support_point",
            "withdraw_point",
            "say_on_opinion",
            "count_opinion",
            "hold_minority_view",
            "tell_rating",
        ),
        "of who is in a house: its door asks the table when one comes in",
    ),
    "healthz": "says whether it runs",
    "readyz": "says whether it is ready",
    "english": "changes the language",
}


def kept(territory, band, is_agreed, door):
    """The facts that grew, in a database that forgets this visit. A door returns what is left to do, or has done it."""
    with transaction.atomic():
        visit = Visit(territory, band, is_agreed)
        before = counted()
        act = door(visit)
        if callable(act):
            before = counted()
            with contextlib.suppress(Refusal):
                act()
        after = counted()
        transaction.set_rollback(True)
    return tuple(name for name in FACTS if after[name] > before[name])


def counted():
    return {name: count() for name, count in FACTS.items()}
