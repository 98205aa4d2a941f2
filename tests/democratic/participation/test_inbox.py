"""The inbox: a message comes in exactly once, waits for someone, is answered where it came from, and is forgotten."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from democratic.kernel.clock import FixedClock
from democratic.kernel.ids import read_claim_secret
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict, Refusal
from democratic.messaging.composing import compose
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.participation.ideas.queries import record_of_secret
from democratic.participation.inbox.actions import (
    assign,
    close_conversations,
    group_with,
    write_back,
)
from democratic.participation.inbox.addressing import code_in, reply_address
from democratic.participation.inbox.forgetting import forget_old_letters
from democratic.participation.inbox.models import Agreement, Channel, Conversation, InboxMessage
from democratic.participation.inbox.publishing import ask_agreement, become_contribution, note_agreement
from democratic.participation.inbox.queries import (
    Asked,
    Tab,
    conversation_of_key,
    count_tabs,
    inbox_day,
    last_sent,
    list_conversations,
    messages_of,
)
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.participation.inbox.states import NEXT, ConversationState
from democratic.participation.inbox.tagging import tag_conversations
from democratic.people.actions import leave_address, stop_address, welcome_guest
from democratic.stewardship.erasure import erase_guest
from democratic.stewardship.holdings import counted
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Origin

Kind = InboxMessage.Kind


@pytest.fixture
def receive(territory):
    def say(text="Un banc à l’arrêt de l’étang ?", channel=Channel.WEB, **more):
        sender = more.pop("sender", Sender())
        return receive_message(
            authority=territory.authority, channel=channel, text=text, sender=sender,
            clock=more.pop("clock", territory.clock), **more,
        )  # fmt: skip

    return say


@pytest.fixture
def answer(territory):
    def write(conversation, text="Il sera posé en avril.", kind=Kind.ANSWER, **more):
        seen = more.pop("seen", last_sent(messages_of(conversation, with_notes=False)))
        return write_back(
            conversation=conversation, kind=kind, text=text, seen=seen, by=territory.agent.person,
            clock=more.pop("clock", territory.clock),
        )  # fmt: skip

    return write


def again(conversation):
    return Conversation.objects.get(pk=conversation.pk)


# --- coming in


def test_a_message_opens_a_conversation_that_is_due_and_writes_nothing_in_the_journal(territory, receive):
    entries = Entry.objects.count()
    received = receive()
    conversation = received.conversation
    assert conversation.state == ConversationState.NEW
    assert (conversation.due_on - territory.clock.now().date()).days == 15
    assert conversation.secret_hash == keyed_hash("claim", read_claim_secret(received.secret))
    assert Entry.objects.count() == entries


def test_a_message_that_a_connector_hands_over_twice_is_one(receive):
    first = receive(channel=Channel.SMS, external_id="sms-1", sender=Sender(address="+33600000041"))
    second = receive(channel=Channel.SMS, external_id="sms-1", sender=Sender(address="+33600000041"))
    assert (second.is_new, second.message.pk) == (False, first.message.pk)
    assert InboxMessage.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        InboxMessage.objects.create(
            conversation=first.conversation, kind=Kind.RECEIVED, channel=Channel.SMS, external_id="sms-1",
            text="x", at=first.message.at,
        )  # fmt: skip


def test_one_number_that_writes_again_goes_on_with_its_conversation_and_an_old_one_does_not(
    territory, receive
):
    number = {"channel": Channel.SMS, "sender": Sender(address="+33600000041")}
    first = receive(external_id="1", **number)
    second = receive("Et le samedi ?", external_id="2", **number)
    assert second.conversation.pk == first.conversation.pk
    late = FixedClock(territory.clock.now() + timedelta(days=31))
    third = receive("Autre chose.", external_id="3", clock=late, **number)
    assert third.conversation.pk != first.conversation.pk


def test_a_message_without_a_word_is_refused_and_opens_nothing(receive):
    with pytest.raises(Refusal, match="une phrase suffit"):
        receive(" \u200b ")
    assert not Conversation.objects.exists()


def test_a_new_message_reopens_a_conversation_in_every_state(territory, receive):
    for state in ConversationState:
        conversation = receive().conversation
        closed_at = territory.clock.now() if state == ConversationState.CLOSED else None
        Conversation.objects.filter(pk=conversation.pk).update(state=state, closed_at=closed_at)
        receive("Alors ?", conversation=conversation)
        assert again(conversation).state in (ConversationState.NEW, ConversationState.ASSIGNED)
        assert again(conversation).closed_at is None


def test_every_state_has_its_line_in_the_table():
    assert set(NEXT) == set(ConversationState)


# --- answering


def test_an_answer_to_who_left_an_address_leaves_by_mail_and_joins_the_exchange(
    settings, receive, answer, mailoutbox
):
    settings.INBOX_ADDRESS = "boite@val-orbe.example"
    received = receive(
        channel=Channel.EMAIL, external_id="<abc@mail.example>", subject="Un banc",
        sender=Sender(address="tissot@mail.example", name="Mme Tissot"),
    )  # fmt: skip
    message = answer(received.conversation)
    assert message.outgoing.purpose == f"inbox:{message.pk.hex}"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver().sent == 1
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("Re: Un banc", ["tissot@mail.example"])
    assert mail.extra_headers["In-Reply-To"] == mail.extra_headers["References"] == "<abc@mail.example>"
    assert mail.extra_headers["Auto-Submitted"] == "no"
    assert code_in(mail.reply_to[0]) == received.conversation.code
    assert again(received.conversation).state == ConversationState.ANSWERED


def test_an_address_for_answers_that_was_made_up_names_nothing(settings, receive):
    settings.INBOX_ADDRESS = "boite@val-orbe.example"
    address = reply_address(receive().conversation)
    forged = address.replace(address.split(".")[1][:4], "0000", 1)
    assert (code_in(address) is not None, code_in(forged)) == (True, None)
    settings.INBOX_ADDRESS = ""
    assert reply_address(receive().conversation) == ""


def test_to_who_said_stop_nothing_leaves_and_the_agent_is_told_why(territory, receive, answer):
    address = leave_address(
        person=welcome_guest(), email="stop@mail.example", purpose="notices", wording="…", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    stop_address(address=address, clock=territory.clock)
    received = receive(channel=Channel.EMAIL, sender=Sender(address="stop@mail.example"))
    message = answer(received.conversation)
    assert message.outgoing is None
    assert "a demandé l’arrêt" in message.unsent_reason
    assert not OutgoingMessage.objects.exists()


def test_on_a_channel_that_nothing_sends_by_yet_the_answer_says_that_it_waits(receive, answer):
    received = receive(channel=Channel.SMS, external_id="1", sender=Sender(address="+33600000041"))
    assert "Aucun connecteur" in answer(received.conversation).unsent_reason


def test_two_agents_who_answer_at_once_the_second_is_told_and_nothing_leaves_twice(receive, answer):
    conversation = receive().conversation
    answer(conversation, seen=None)
    with pytest.raises(Conflict, match="Nathalie a répondu à l’instant"):
        answer(conversation, "Une autre réponse.", seen=None)
    assert conversation.messages.filter(kind=Kind.ANSWER).count() == 1
    assert answer(conversation, "Entre nous.", kind=Kind.NOTE, seen=None).kind == Kind.NOTE


def test_asking_back_waits_for_the_person_and_a_closed_conversation_takes_no_answer(
    territory, receive, answer
):
    conversation = receive().conversation
    answer(conversation, "Quel arrêt ?", kind=Kind.QUESTION)
    assert again(conversation).state == ConversationState.ASKED
    close_conversations(authority=territory.authority, conversations=[conversation.pk], clock=territory.clock)
    with pytest.raises(Conflict, match="est clos"):
        answer(conversation, "Trop tard.")


# --- sorting


def test_what_is_given_to_a_service_is_its_titular_s_and_counts_on_her_day(territory, receive):
    ids = [receive(f"Message {n}").conversation.pk for n in range(3)]
    agent, today = territory.agent.person, territory.clock.now().date()
    assign(
        authority=territory.authority, conversations=ids[:2], service=territory.service, assignee=None,
        due_on=today + timedelta(days=2), clock=territory.clock,
    )  # fmt: skip
    counts = count_tabs(territory.authority, agent)
    assert (counts[Tab.TO_SORT], counts[Tab.MINE], counts[Tab.ALL_WAITING]) == (1, 2, 3)
    day = inbox_day(territory.authority, agent, today + timedelta(days=3))
    assert (day.n, day.late, len(day.first)) == (3, 2, 3)
    elsewhere = inbox_day(territory.authority, territory.elected.person, today)
    assert elsewhere.n == 1


def test_a_date_that_is_past_and_nobody_in_particular_are_refused(territory, receive):
    ids = [receive().conversation.pk]
    day = territory.clock.now().date() - timedelta(days=1)
    with pytest.raises(Refusal, match="date est passée"):
        assign(
            authority=territory.authority, conversations=ids, service=territory.service, assignee=None,
            due_on=day, clock=territory.clock,
        )  # fmt: skip
    with pytest.raises(Refusal, match="Choisissez"):
        assign(
            authority=territory.authority, conversations=ids, service=None, assignee=None, due_on=None,
            clock=territory.clock,
        )  # fmt: skip


def test_a_word_is_one_whatever_its_case_and_finds_its_conversations(territory, receive):
    first, second = receive().conversation, receive("Autre chose").conversation
    tag_conversations(authority=territory.authority, conversations=[first.pk], names=["Mobilier"])
    tag_conversations(authority=territory.authority, conversations=[second.pk], names=["mobilier", "bus"])
    found, total = list_conversations(
        territory.authority, Asked(tag="Mobilier"), territory.agent.person, offset=0, limit=10
    )
    assert (total, {each.pk for each in found}) == (2, {first.pk, second.pk})


def test_words_are_found_in_messages_names_and_codes(territory, receive):
    conversation = receive("La piste cyclable du stade", sender=Sender(name="Roue libre")).conversation
    receive("Autre chose")
    for words in ("pistes cyclables", "roue libre", conversation.code, conversation.code.lower()):
        found, total = list_conversations(
            territory.authority, Asked(words=words), territory.agent.person, offset=0, limit=10
        )
        assert (total, found[0].pk) == (1, conversation.pk), words


def test_the_oldest_due_comes_first(territory, receive):
    first, second = receive("Un").conversation, receive("Deux").conversation
    Conversation.objects.filter(pk=second.pk).update(due_on=first.due_on - timedelta(days=5))
    found, _total = list_conversations(
        territory.authority, Asked(), territory.agent.person, offset=0, limit=10
    )
    assert [each.pk for each in found] == [second.pk, first.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_the_day_ask_a_fixed_number_of_questions(
    territory, receive, count, django_assert_num_queries
):
    for n in range(count):
        conversation = receive(f"Message {n}").conversation
        tag_conversations(authority=territory.authority, conversations=[conversation.pk], names=[f"mot {n}"])
    person = territory.agent.person
    with django_assert_num_queries(4):
        found, _total = list_conversations(territory.authority, Asked(), person, offset=0, limit=10)
        assert [[tag.name for tag in each.tags.all()] for each in found]
    with django_assert_num_queries(1):
        inbox_day(territory.authority, person, territory.clock.now().date())


def test_another_authority_s_conversations_are_out_of_reach(territory, receive):
    from factories import build_territory  # noqa: PLC0415  a second authority, for this test alone

    other = build_territory(slug="voisin", host="voisin.example")
    conversation = receive().conversation
    close_conversations(authority=other.authority, conversations=[conversation.pk], clock=other.clock)
    assert again(conversation).state == ConversationState.NEW
    with pytest.raises(Refusal, match="pas d’ici"):
        group_with(authority=other.authority, conversations=[], about=territory.process.record)


# --- in public


def test_nothing_becomes_public_before_she_said_yes(territory, receive):
    conversation = receive().conversation
    for agreed in (None, False):
        if agreed is not None:
            note_agreement(conversation=conversation, is_given=agreed)
        with pytest.raises(Conflict, match="pas encore dit oui"):
            become_contribution(
                conversation=conversation, process=territory.process, words=Words(text="Un banc."),
                clock=territory.clock,
            )  # fmt: skip


def test_with_her_yes_her_words_are_a_contribution_by_the_same_channel_that_her_key_opens(territory, receive):
    received = receive(channel=Channel.PHONE, sender=Sender(name="Mme Tissot"))
    conversation = received.conversation
    ask_agreement(
        conversation=conversation, process=territory.process, by=territory.agent.person, clock=territory.clock
    )
    assert again(conversation).agreement == Agreement.ASKED
    note_agreement(conversation=conversation, is_given=True)
    record = become_contribution(
        conversation=conversation, process=territory.process, words=Words(text="Un banc à l’étang."),
        clock=territory.clock,
    )  # fmt: skip
    assert (record.origin, record.byline) == (Origin.PHONE, "")
    assert record_of_secret(territory.authority, received.secret).pk == record.pk
    with pytest.raises(Conflict, match="déjà une parole"):
        become_contribution(
            conversation=conversation, process=territory.process, words=Words(text="Deux fois."),
            clock=territory.clock,
        )  # fmt: skip


# --- hers


def test_the_code_without_its_key_opens_nothing(territory, receive):
    one, other = receive(), receive("Autre")
    found = conversation_of_key(territory.authority, one.conversation.code, one.secret.lower())
    assert found.pk == one.conversation.pk
    assert conversation_of_key(territory.authority, one.conversation.code, other.secret) is None
    assert conversation_of_key(territory.authority, one.conversation.code, "") is None


def test_her_letters_are_among_her_data_and_go_with_her(territory, receive, answer):
    guest = welcome_guest()
    conversation = receive(sender=Sender(person=guest, address="a@mail.example")).conversation
    answer(conversation)
    assert {each.kind.key: each.rows for each in counted([guest.pk])}["letters"] == 3
    erase_guest(guest=guest, with_words=True, clock=territory.clock)
    assert not Conversation.objects.exists()
    assert not InboxMessage.objects.exists()


def test_letters_go_thirteen_months_after_their_end_and_never_before_an_answer(receive, answer):
    old = FixedClock(receive().message.at - timedelta(days=800))
    waiting = receive("Toujours rien ?", clock=old).conversation
    answered = receive("Merci d’avance.", clock=old).conversation
    answer(answered, clock=old)
    assert forget_old_letters() == 1
    assert set(Conversation.objects.values_list("pk", flat=True)) >= {waiting.pk}
    assert not Conversation.objects.filter(pk=answered.pk).exists()


def test_a_mail_composed_for_a_notice_says_that_a_machine_wrote_it(territory):
    address = leave_address(
        person=welcome_guest(), email="a@mail.example", purpose="notices", wording="…", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    message = OutgoingMessage(
        authority=territory.authority, address=address, purpose="answer", subject="x", body="y"
    )
    mail = compose(message, None)
    assert (mail.extra_headers["Auto-Submitted"], mail.reply_to) == ("auto-generated", [])
