"""One of everything, in every state that matters, and everyone who might ask for it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from asking import asked
from at_the_wall import announced
from at_the_wall import asked as put_to
from chatting import open_channel, open_flow
from courses import whole_course
from democratic.communities.editorial.actions import (
    draft_publication,
    name_opposition_group,
    publish,
    publish_column,
)
from democratic.communities.editorial.models import OppositionGroup, Publication
from democratic.communities.invitations.actions import invite_to_role
from democratic.communities.models import Membership, Organisation, SpeakingMandate
from democratic.communities.organisations.actions import (
    accept_to_speak,
    join,
    make_join_link,
    open_organisation,
    propose_to_speak,
)
from democratic.communities.reserve.actions import Dates, make_exception, schedule_reserve
from democratic.communities.reserve.models import Kept, ReserveException
from democratic.kernel.clock import Clock, FixedClock
from democratic.kernel.models import StoredFile
from democratic.messaging.models import MessageTemplate
from democratic.observatory.actions import Finding, Held, give_verdict, publish_hearing
from democratic.observatory.models import Hearing, Observatory, Seat
from democratic.observatory.models import Verdict as Judgement
from democratic.observatory.states import Says
from democratic.participation.answers.actions import AnswerDraft, draft_answer
from democratic.participation.answers.models import Verdict
from democratic.participation.campaigns.codes import join_codes
from democratic.participation.campaigns.lists.models import AddressList, ListWave
from democratic.participation.campaigns.models import Campaign, CampaignStep
from democratic.participation.campaigns.planning import Plan, plan_campaign
from democratic.participation.campaigns.publics import Wanted, add_public
from democratic.participation.campaigns.schedule import Due, add_step
from democratic.participation.classes.actions import open_class
from democratic.participation.commitments.models import Commitment
from democratic.participation.conversations.models import Flow, FlowCode
from democratic.participation.conversations.relaying import relay_token
from democratic.participation.debates.actions import open_debate
from democratic.participation.inbox.models import Channel
from democratic.participation.inbox.receiving import Received, Sender, receive_message
from democratic.participation.inbox.replies import keep_template
from democratic.participation.inbox.tagging import tag_conversations
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding, SoundingCount
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.paper.actions import NewBatch, finish_entry, keep_draft, open_batch
from democratic.participation.paper.cells import Cells
from democratic.participation.paper.models import PaperBatch, PrintRun
from democratic.participation.paper.printing import print_forms
from democratic.participation.polls.actions import Batch, enter_tally
from democratic.participation.polls.models import Poll, PollTally
from democratic.participation.processes.actions import Draft, Promise, draft_process
from democratic.participation.sheets.actions import receive_sheet
from democratic.participation.street.devices import prepare_device
from democratic.participation.street.models import StreetCapture, TeamRole
from democratic.participation.street.receiving import receive
from democratic.people.actions import leave_address, welcome_guest
from democratic.people.models import Account, ContactAddress
from democratic.people.verifications import note_desk_check
from democratic.stewardship.models import Ruling
from democratic.stewardship.moderation.actions import Finding as Reasons
from democratic.stewardship.moderation.actions import appeal, give_notice, rule_on, standing_of
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.actions import Words, erase_words, give_role, post_comment
from democratic.thread.models import Kind, Origin, Record, Role, Visibility
from democratic.web.processes.previews import preview_token
from factories import FIRST_DAY, Territory, build_territory, clock_at, staff_account, verified_account
from in_the_street import planned, record
from judging import founded, seated
from spoken_flows import AGE, EVENING, IDEA, NEWS
from told_meetings import minutes_read
from voting import voted

ROLES = ("anonymous", "citizen", "agent", "official", "administrator", "moderator", "neighbour", "suspended")


NOTHING = UUID(int=0)


@dataclass
class World:
    territory: Territory
    accounts: dict[str, Account]
    codes: dict[str, str]
    address: ContactAddress
    grant: UUID = NOTHING
    holder: UUID = NOTHING
    invitation: UUID = NOTHING
    membership: UUID = NOTHING
    speaking: UUID = NOTHING
    file: StoredFile | None = None
    session: UUID = NOTHING
    sheet: UUID = NOTHING
    inbox_tag: UUID = NOTHING
    reply_template: UUID = NOTHING
    class_code: str = ""
    seat: UUID = NOTHING
    group: UUID = NOTHING
    reserve: UUID = NOTHING
    exception: UUID = NOTHING
    tally: UUID = NOTHING
    by_hand: UUID = NOTHING
    seen: UUID = NOTHING
    flow: UUID = NOTHING
    campaign: UUID = NOTHING
    public: UUID = NOTHING
    campaign_step: UUID = NOTHING
    capture: UUID = NOTHING
    device: UUID = NOTHING
    run: UUID = NOTHING
    batch: UUID = NOTHING

    @cached_property
    def listed(self) -> str:
        """A list that its campaign may write to."""
        lists = AddressList.objects.filter(campaign__process__record__authority=self.territory.authority)
        return str(lists.values_list("pk", flat=True).first() or NOTHING)

    @cached_property
    def wave(self) -> str:
        waves = ListWave.objects.filter(address_list=self.listed)
        return str(waves.values_list("pk", flat=True).first() or NOTHING)

    @cached_property
    def approved(self) -> str:
        """A template of a channel."""
        kept = MessageTemplate.objects.filter(authority=self.territory.authority)
        return str(kept.values_list("pk", flat=True).first() or NOTHING)

    @property
    def draft(self) -> str:
        """The address of the process that nobody has published."""
        return f"brouillon-{self.territory.authority.slug}"

    @cached_property
    def preview(self) -> str:
        """The token of the draft's preview: signed anew, as a copy of this world has ids of its own."""
        drafts = self.territory.authority.processes.select_related("preparation")
        process = drafts.filter(slug=self.draft).first()
        return preview_token(process, process.preparation.preview_key) if process else "none"

    @property
    def talk_code(self) -> str:
        """What opens the conversation of this world, and of no other."""
        return f"{self.territory.authority.slug[:3]}-BRO".upper()

    @cached_property
    def relay(self) -> str:
        """The token of the link that a relay of this world holds, for the code of its conversation."""
        code = FlowCode.objects.filter(authority=self.territory.authority, code=self.talk_code).first()
        return relay_token(code) if code else "none"

    @property
    def slug(self) -> str:
        return self.territory.process.slug

    @property
    def page_slug(self) -> str:
        return f"locaux-{self.territory.authority.slug}"


def build_world() -> World:
    territory = build_territory()
    course = whole_course(territory)
    other = build_territory(slug="voisin", host="voisin.example")
    idea = course.ideas[0]
    comment = post_comment(
        subject=idea,
        author=welcome_guest(),
        words=Words(text="D’accord."),
        alignment=1,
        clock=territory.clock,
    )
    draft = draft_answer(
        process=territory.process,
        subject=idea,
        draft=AnswerDraft(Verdict.KEPT, "Oui.", territory.official),
        author=None,
        clock=clock_at(territory.clock.moment.date()),
    )
    debate = open_debate(process=territory.process, words=Words(title="Qui paie ?"), clock=territory.clock)
    gone, hidden = territory.say("Retirée.").idea.record, territory.say("Masquée.").idea.record
    erase_words(record=gone, clock=territory.clock)
    Record.objects.filter(pk=hidden.pk).update(visibility=Visibility.HIDDEN)
    ruling = contested(territory)
    letter = received(territory)
    speaking = spoken_for(territory)
    court = judged_by(territory, list(course.commitments))
    poll, tally = counted_by_hand(territory)
    sounding, by_hand = voted_in(course.meeting, territory)
    run, batch = on_paper(territory)
    written = written_here(territory)
    street = heard_in_the_street(territory)
    at_the_wall = asked_in_a_meeting(territory)
    minutes_read(course.meeting)
    codes = {
        "wall_meeting": at_the_wall.meeting.record.code,
        "wall_question": at_the_wall.record.code,
        "street": street.session.record.code,
        "ruling": ruling.record.code,
        "page": written.page.record.code,
        "draft_page": written.draft.record.code,
        "news": written.news.record.code,
        "column": written.column.record.code,
        "organisation": speaking.organisation.record.code,
        "observatory": court.observatory.record.code,
        "hearing": court.hearing.record.code,
        "verdict": court.verdict.record.code,
        "poll": poll.record.code,
        "sounding": sounding.record.code,
        "mandate": territory.mandate.record.code,
        "process": territory.process.record.code,
        "idea": idea.code,
        "comment": comment.record.code,
        "debate": debate.record.code,
        "theme": course.theme.record.code,
        "meeting": course.meeting.record.code,
        "answer": course.answer.record.code,
        "decision": course.decision.record.code,
        "commitment": course.commitments[0].record.code,
        "action": course.actions[0].record.code,
        "evidence": course.evidence[0].record.code,
        "draft_answer": draft.record.code,
        "gone": gone.code,
        "hidden": hidden.code,
        "elsewhere": other.mandate.record.code,
        "letter": letter.conversation.code,
    }
    address = leave_address(
        person=welcome_guest(), email="ines@example.org", purpose="notices", wording="…", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    # Someone else's role, which nobody holds in this table: to end it changes nothing for the others.
    helper = staff_account("relais@val-orbe.example", "Relais", password=None)
    grant = give_role(
        person=helper.person, role=Role.MODERATOR, authority=territory.authority, clock=territory.clock
    )
    invited = invite_to_role(
        authority=territory.authority, email="nouvelle@val-orbe.example", role=Role.AGENT, by=None,
        clock=territory.clock,
    )  # fmt: skip
    # One to close, which then is over, and one that stays open to who types its code.
    closed, open_one = (
        open_class(process=territory.process, seats=30, hours=2, byline="", clock=territory.clock)
        for _each in range(2)
    )
    drafted(territory)
    sheet = receive_sheet(
        process=territory.process, uploader=territory.agent.person, name="transports.csv",
        chunks=[b"a;b\n"], clock=territory.clock,
    )  # fmt: skip
    tag, template = sorted_and_begun(territory, letter)
    flow = conversed(territory)
    planned_step = campaigned(flow, territory.clock)
    seen = note_desk_check(
        person=address.person, by=helper.person, source=territory.authority.slug, clock=territory.clock
    )
    return World(
        territory, _accounts(territory, other), codes, address, grant.pk, helper.person_id,
        invited.invitation.pk, speaking.person.memberships.get().pk, speaking.pk,
        session=closed.pk, sheet=sheet.pk, inbox_tag=tag, reply_template=template,
        class_code=open_one.code, seat=court.seat.pk, tally=tally.pk, by_hand=by_hand.pk,
        group=written.group.pk, reserve=written.exception.reserve_id, exception=written.exception.pk,
        seen=seen.pk, capture=street.pk, device=street.device_id, flow=flow.pk,
        campaign=planned_step.campaign_id, public=planned_step.campaign.publics.get().pk, campaign_step=planned_step.pk,
        run=run.pk, batch=batch.pk,
    )  # fmt: skip


def asked_in_a_meeting(territory: Territory, word: str = "") -> WallQuestion:
    """A meeting that is announced, and a question put to it by nobody of the table."""
    meeting = announced(territory, join_code="")
    return put_to(meeting, f"Combien coûte un arrêt {word} ?", clock=territory.clock)


def heard_in_the_street(territory: Territory, word: str = "") -> StreetCapture:
    """A sentence that waits to be read again, with the device that sent it, of a session whose team is nobody here."""
    colleague = verified_account(
        f"rue@{territory.authority.slug}.example", f"Karim {word}", password=None
    ).person
    session = planned(
        territory, question=f"Comment rentrez-vous ? {word}", place=f"Gare {word}", missing=f"Les jeunes {word}",
        team={colleague.pk: TeamRole.LEADS},
    )  # fmt: skip
    out = prepare_device(session=session, person=colleague, clock=territory.clock)
    said = record(text=f"À pied. {word}", first_name=f"Léa {word}")
    receive(session=session, device=out.device, records=[said], clock=territory.clock)
    return session.captures.select_related("session__record").get()


def sorted_and_begun(territory: Territory, letter: Received, word: str = "") -> tuple[UUID, UUID]:
    """A word under which a letter is sorted, and a reply to begin from."""
    authority = territory.authority
    tag_conversations(
        authority=authority, conversations=[letter.conversation.pk], names=[f"Mobilier {word}", "Autre"]
    )
    template = keep_template(authority=authority, name=f"Merci {word}", texts={"fr": f"Merci. {word}"})
    return authority.inbox_tags.get(name__startswith="Mobilier").pk, template.pk


def conversed(territory: Territory, word: str = "") -> Flow:
    """A conversation that is open, on a page and on a kiosk, with its code. ``word`` stands in what it asks."""
    for kind in ("widget", "kiosk"):
        open_channel(territory.authority, kind)
    asked = {**EVENING, "text": {"fr": f"Le soir {word} ?", "en": f"At night {word}?"}}
    code = f"{territory.authority.slug[:3]}-BRO".upper()
    return open_flow(territory, [asked, AGE, IDEA, NEWS], code=code, name=f"Le soir {word}", has_places=False)


def campaigned(flow: Flow, clock: Clock, word: str = "") -> CampaignStep:
    """A campaign around this conversation: one public with its code, and one step that waits for an agent."""
    today = clock.now().date()
    plan = Plan(f"Printemps {word}", today, today + timedelta(days=40), 40)
    campaign = plan_campaign(process=flow.process, plan=plan)
    public = add_public(campaign=campaign, wanted=Wanted(f"Jeunes {word}", 20, ("15_17",), None, ("poster",)))
    join_codes(public=public, codes=flow.codes.values_list("pk", flat=True))
    listed_for(campaign, clock, word)
    due = Due("task", clock.now() + timedelta(days=2), f"Coller {word}", relay=f"Le foyer {word}")
    return add_step(campaign=campaign, due=due, clock=clock)


def listed_for(campaign: Campaign, clock: Clock, word: str = "") -> None:
    """A list that is given, a message of it that is held, and a template that WhatsApp approved."""
    today = clock.now().date()
    kept = AddressList.objects.create(
        campaign=campaign, kind="sms", name=f"Pass’Jeunes {word}", source=f"Inscriptions {word}", basis="consent",
        given_on=today, erase_on=today + timedelta(days=30), size=0,
    )  # fmt: skip
    code = FlowCode.objects.filter(flow__process=campaign.process).first()
    ListWave.objects.create(
        address_list=kept, code=code, body=f"Le bus {word} ?", why="…", state="paused", begun_at=clock.now()
    )
    MessageTemplate.objects.create(
        authority=campaign.process.authority, kind="whatsapp", name="invitation", language="fr",
        text=f"{word} {{{{1}}}} {{{{2}}}} STOP", parameters=["code", "source"],
    )  # fmt: skip


def received(territory: Territory, word: str = "") -> Received:
    """A call that an agent noted, and nobody took yet."""
    return receive_message(
        authority=territory.authority, channel=Channel.PHONE, text=f"Un banc à l’étang ? {word}",
        clock=territory.clock, sender=Sender(name=f"Mme Tissot {word}"),
    )  # fmt: skip


def drafted(territory: Territory) -> None:
    """A process that nobody has published, at the address that ``World.draft`` says."""
    draft_process(
        mandate=territory.mandate,
        method="order_to_road_map",
        draft=Draft(
            Words(title="Brouillon", text="Rien ?"),
            Promise("a", "b", "c"),
            FIRST_DAY,
            slug=f"brouillon-{territory.authority.slug}",
        ),
        author=territory.agent.person,
        clock=territory.clock,
    )


def voted_in(meeting: Meeting, territory: Territory) -> tuple[Sounding, SoundingCount]:
    """A vote that is over in its meeting, and hands that someone whom nobody of the table is has entered."""
    sounding = voted(
        territory, Meeting.objects.select_related("record__authority", "record__process").get(pk=meeting.pk)
    )
    hands = SoundingCount.objects.create(
        sounding=sounding, by="hands", counts={"1": 4}, total=4, entered_by=welcome_guest(),
        entered_at=territory.clock.now(),
    )  # fmt: skip
    return sounding, hands


def counted_by_hand(territory: Territory) -> tuple[Poll, PollTally]:
    """A question that is open, and a batch that someone whom nobody of the table is has entered."""
    poll = asked(territory)
    batch = Batch(Origin.PAPER, "Lot 1", {1: 4})
    counter = welcome_guest()
    return poll, enter_tally(poll=poll, batch=batch, by=counter, function="Service", clock=territory.clock)


def on_paper(territory: Territory, word: str = "") -> tuple[PrintRun, PaperBatch]:
    """Forms that were printed, and a pile that someone whom nobody of the table is has entered."""
    clock, process, hand = territory.clock, territory.process, welcome_guest()
    run = print_forms(process=process, poll=None, copies=2, by=hand, clock=clock)
    new = NewBatch(f"Liasse {word}".strip(), clock.now().date())
    batch = open_batch(process=process, new=new, by=hand, function="Service", clock=clock)
    said = Cells(age="26_64", body="no", consents=True, text=f"Un banc {word}")
    keep_draft(batch=batch, rows={1: said}, by=hand)
    return run, finish_entry(batch=batch, by=hand, clock=clock)


def contested(territory: Territory, word: str = "") -> Ruling:
    """A word that someone signalled and that was hidden by nobody of the table; its author contests."""
    said = territory.say(f"Signalée {word}").idea.record
    give_notice(
        record=said, rule="other", explanation=f"Non {word}", notifier=welcome_guest(), clock=territory.clock
    )
    slug = territory.authority.slug
    judge = verified_account(f"juge@{slug}.example", "Juge", password=None).person
    reasons = Reasons(Outcome.HIDDEN, "other", f"Parce que {word}")
    ruling = rule_on(record=said, finding=reasons, ruled_by=judge, clock=territory.clock)
    appeal(ruling=ruling, standing=standing_of(ruling, said.author), text=f"Si {word}", clock=territory.clock)
    return ruling


@dataclass(frozen=True)
class Written:
    page: Publication
    draft: Publication
    news: Publication
    column: Publication
    group: OppositionGroup
    exception: ReserveException


def written_here(territory: Territory, word: str = "") -> Written:
    """A page, a draft, a piece of news and an opposition's column, and a reserve to come. ``word`` is in all of them."""
    clock, authority, who = territory.clock, territory.authority, f"Le service {word}"
    words = Words(title=f"Nos locaux {word}", text=f"Ouverts {word}")

    def drafted(kind: Kind, slug: str = "") -> Publication:
        return draft_publication(
            authority=authority, kind=kind, words=words, slug=slug, function=who, clock=clock
        )

    member = verified_account(f"conseillere@{authority.slug}.example", "Aude", password=None).person
    group = name_opposition_group(
        authority=authority, name=f"En commun {word}", act_on=clock.now().date(), act_reference=f"2026-1 {word}",
        members=[member], clock=clock,
    )  # fmt: skip
    reserve = schedule_reserve(
        authority=authority, election=f"départementales {word}", dates=Dates(date(2028, 3, 12)), clock=clock
    )
    return Written(
        publish(publication=drafted(Kind.PAGE, f"locaux-{authority.slug}"), clock=clock),
        drafted(Kind.PAGE, "plus-tard"),
        publish(publication=drafted(Kind.NEWS), clock=clock),
        publish_column(group=group, words=words, person_ids=[member.pk], clock=clock),
        group,
        make_exception(reserve=reserve, keeps=Kept.SAID, reason=f"Ancien {word}", function=who, clock=clock),
    )


@dataclass(frozen=True)
class Court:
    observatory: Observatory
    seat: Seat
    hearing: Hearing
    verdict: Judgement


def judged_by(territory: Territory, commitments: list[Commitment], word: str = "") -> Court:
    """An observatory whose members and whose body are nobody of the table. ``word`` stands in all that it says."""
    made_on = max(each.record.happened_at for each in commitments)
    clock = FixedClock(max(made_on, territory.clock.now()) + timedelta(days=1))
    observatory, speaker = founded(territory, clock, title=f"Observatoire {word}")
    slug = territory.authority.slug
    account = verified_account(f"juree@{slug}.example", "Jurée", password=None)
    seat = seated(observatory, speaker, account, f"Jurée {word}", clock)
    today = clock.now().date()
    judge = {"observatory": observatory, "person_ids": [account.person_id], "clock": clock}
    hearing = publish_hearing(
        held=Held(
            words=Words(title=f"Audition {word}"), held_on=today, place=f"Vaubrun {word}", heard=f"Le service {word}",
            commitments=commitments[:1], transcript=f"Elle dit {word}",
        ), **judge,
    )  # fmt: skip
    finding = Finding(says=Says.UNKEPT, reasons=f"Rien {word}", decided_on=today, votes_for=1)
    return Court(
        observatory, seat, hearing, give_verdict(commitment=commitments[0], finding=finding, **judge)
    )


def spoken_for(territory: Territory, email: str = "ines@example.org") -> SpeakingMandate:
    """An association whose page Inès keeps and for which she speaks: none of the roles of the table is in it."""
    organisation = open_organisation(
        authority=territory.authority, sort=Organisation.Sort.ASSOCIATION,
        words=Words(title="Vélos du Val", text="Rouler sans peur."), clock=territory.clock,
    )  # fmt: skip
    link = make_join_link(
        organisation=organisation, place=Membership.Place.EDITOR, by=None, clock=territory.clock
    ).link
    member = join(link=link, account=verified_account(email, "Inès", password=None), clock=territory.clock)
    proposed = propose_to_speak(
        membership=member, name="Inès Roy", function="présidente", clock=territory.clock
    )
    return accept_to_speak(mandate=proposed, person_ids=[member.person_id], clock=territory.clock)


def _accounts(territory: Territory, other: Territory) -> dict[str, Account]:
    def with_role(name: str, role: Role) -> Account:
        account = staff_account(f"{name}@val-orbe.example", name, password=None)
        give_role(person=account.person, role=role, authority=territory.authority, clock=territory.clock)
        return account

    suspended = with_role("suspendu", Role.AGENT)
    Account.objects.filter(pk=suspended.pk).update(is_active=False)
    return {
        "citizen": territory.citizen,
        "agent": territory.agent,
        "official": territory.elected,
        "administrator": with_role("admin", Role.ADMINISTRATOR),
        "moderator": with_role("moderation", Role.MODERATOR),
        "neighbour": other.agent,
        "suspended": Account.objects.get(pk=suspended.pk),
    }


UNKNOWN = UUID(int=0)
