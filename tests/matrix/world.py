"""One of everything, in every state that matters, and everyone who might ask for it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from courses import whole_course
from democratic.communities.invitations.actions import invite_to_role
from democratic.communities.models import Membership, Organisation, SpeakingMandate
from democratic.communities.organisations.actions import (
    accept_to_speak,
    join,
    make_join_link,
    open_organisation,
    propose_to_speak,
)
from democratic.kernel.clock import FixedClock
from democratic.kernel.models import StoredFile
from democratic.observatory.actions import Finding, Held, give_verdict, publish_hearing
from democratic.observatory.models import Hearing, Observatory, Seat
from democratic.observatory.models import Verdict as Judgement
from democratic.observatory.states import Says
from democratic.participation.answers.actions import AnswerDraft, draft_answer
from democratic.participation.answers.models import Verdict
from democratic.participation.classes.actions import open_class
from democratic.participation.commitments.models import Commitment
from democratic.participation.debates.actions import open_debate
from democratic.participation.inbox.models import Channel
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.people.actions import leave_address, welcome_guest
from democratic.people.models import Account, ContactAddress
from democratic.thread.actions import Words, erase_words, give_role, post_comment
from democratic.thread.models import Record, Role, Visibility
from factories import Territory, build_territory, clock_at, staff_account, verified_account
from judging import founded, seated

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
    class_code: str = ""
    seat: UUID = NOTHING

    @property
    def slug(self) -> str:
        return self.territory.process.slug


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
    letter = receive_message(
        authority=territory.authority, channel=Channel.PHONE, text="Un banc à l’étang ?", clock=territory.clock,
        sender=Sender(name="Mme Tissot"),
    )  # fmt: skip
    speaking = spoken_for(territory)
    court = judged_by(territory, list(course.commitments))
    codes = {
        "organisation": speaking.organisation.record.code,
        "observatory": court.observatory.record.code,
        "hearing": court.hearing.record.code,
        "verdict": court.verdict.record.code,
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
    return World(
        territory, _accounts(territory, other), codes, address, grant.pk, helper.person_id,
        invited.invitation.pk, speaking.person.memberships.get().pk, speaking.pk,
        session=closed.pk, class_code=open_one.code, seat=court.seat.pk,
    )  # fmt: skip


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
