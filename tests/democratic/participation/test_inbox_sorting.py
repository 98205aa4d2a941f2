"""Tags that are one word an authority, replies to begin from, and what is opened again by hand."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.inbox.actions import assign, close_conversations
from democratic.participation.inbox.models import Channel, Conversation, InboxMessage, InboxTag, ReplyTemplate
from democratic.participation.inbox.queries import messages_of, tags_of
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.participation.inbox.reopening import reopen_conversation
from democratic.participation.inbox.replies import drop_template, keep_template, templates_of, text_in
from democratic.participation.inbox.tagging import (
    bring_tag_back,
    list_tags,
    merge_tags,
    rename_tag,
    retire_tag,
    tag_conversations,
)
from factories import build_territory


@pytest.fixture
def receive(territory):
    def say(text="Un banc ?"):
        return receive_message(
            authority=territory.authority, channel=Channel.WEB, text=text, sender=Sender(), clock=territory.clock
        ).conversation  # fmt: skip

    return say


@pytest.fixture
def sort(territory):
    def under(conversation, *names):
        tag_conversations(authority=territory.authority, conversations=[conversation.pk], names=names)

    return under


def tag(territory, name):
    return InboxTag.objects.get(authority=territory.authority, name=name)


def words_of(conversation):
    return sorted(conversation.tags.values_list("name", flat=True))


def test_a_renamed_tag_is_renamed_wherever_it_stands(territory, receive, sort):
    bench = receive()
    sort(bench, "Mobilié")
    rename_tag(tag=tag(territory, "Mobilié"), name=" Mobilier ")
    assert words_of(bench) == ["Mobilier"]


def test_a_tag_may_change_its_case_and_never_take_another_s_name(territory, receive, sort):
    sort(receive(), "voirie", "Mobilier")
    rename_tag(tag=tag(territory, "voirie"), name="Voirie")
    with pytest.raises(Conflict, match="fusionnez"):
        rename_tag(tag=tag(territory, "Voirie"), name="MOBILIER")
    with pytest.raises(Refusal, match="Écrivez un mot-clé"):
        rename_tag(tag=tag(territory, "Voirie"), name=" \u200b ")
    assert [line.tag.name for line in list_tags(territory.authority, offset=0, limit=9)[0]] == [
        "Mobilier", "Voirie",
    ]  # fmt: skip


def test_merging_two_tags_leaves_each_conversation_under_one_and_one_alone(territory, receive, sort):
    only_old, both, only_new = receive("A"), receive("B"), receive("C")
    sort(only_old, "bancs")
    sort(both, "bancs", "Mobilier")
    sort(only_new, "Mobilier")
    assert merge_tags(tag=tag(territory, "bancs"), into=tag(territory, "Mobilier")) == 1
    assert [words_of(each) for each in (only_old, both, only_new)] == [["Mobilier"]] * 3
    assert not InboxTag.objects.filter(name="bancs").exists()


def test_a_tag_is_merged_neither_with_itself_nor_with_another_authority_s_nor_twice(territory, receive, sort):
    sort(receive(), "bancs", "Mobilier")
    bench, furniture = tag(territory, "bancs"), tag(territory, "Mobilier")
    elsewhere = InboxTag.objects.create(
        authority=build_territory(slug="voisin", host="voisin.example").authority, name="Mobilier"
    )
    for other in (bench, elsewhere):
        with pytest.raises(Refusal, match="autre mot-clé d’ici"):
            merge_tags(tag=bench, into=other)
    merge_tags(tag=bench, into=furniture)
    with pytest.raises(Conflict, match="avant vous"):
        merge_tags(tag=bench, into=furniture)


def test_a_retired_tag_is_proposed_no_more_refused_when_typed_and_still_finds_what_it_sorted(
    territory, receive, sort
):
    bench, other = receive(), receive("Autre")
    sort(bench, "Mobilier")
    old = tag(territory, "Mobilier")
    retire_tag(tag=old, clock=territory.clock)
    assert (tags_of(territory.authority), words_of(bench)) == ([], ["Mobilier"])
    with pytest.raises(Refusal, match="n’est plus employé"):
        sort(other, "mobilier")
    bring_tag_back(tag=old)
    sort(other, "mobilier")
    assert words_of(other) == ["Mobilier"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_tags_asks_three_questions(territory, receive, sort, count, django_assert_num_queries):
    sort(receive(), *(f"mot {n}" for n in range(count)))
    with django_assert_num_queries(3):
        lines, total = list_tags(territory.authority, offset=0, limit=10)
    assert ([line.n for line in lines], total) == ([1] * count, count)


def test_a_reply_template_is_read_in_the_language_of_who_wrote_else_in_french(territory):
    kept = keep_template(
        authority=territory.authority, name="Merci", texts={"fr": "Merci.", "en": "Thank you."}
    )
    only = keep_template(authority=territory.authority, name="Bus", texts={"fr": " Le 12. ", "en": " "})
    assert [text_in(kept, tongue) for tongue in ("fr", "en", "de")] == ["Merci.", "Thank you.", "Merci."]
    assert (only.texts, text_in(only, "en")) == ({"fr": "Le 12."}, "Le 12.")


def test_a_reply_template_has_a_name_of_its_own_and_says_something(territory):
    authority = territory.authority
    first = keep_template(authority=authority, name="Merci", texts={"fr": "Merci."})
    with pytest.raises(Conflict, match="porte déjà ce nom"):
        keep_template(authority=authority, name="MERCI", texts={"fr": "Autre."})
    for name, texts in ((" ", {"fr": "Oui."}), ("Vide", {"fr": " \n"})):
        with pytest.raises(Refusal):
            keep_template(authority=authority, name=name, texts=texts)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReplyTemplate.objects.create(authority=authority, name="Rien", texts={})
    drop_template(template=first)
    assert templates_of(authority) == []


def closed(territory, receive, **held):
    conversation = receive()
    if held:
        assign(
            authority=territory.authority, conversations=[conversation.pk], service=territory.service,
            assignee=None, due_on=None, clock=territory.clock,
        )  # fmt: skip
    close_conversations(authority=territory.authority, conversations=[conversation.pk], clock=territory.clock)
    return Conversation.objects.get(pk=conversation.pk)


@pytest.mark.parametrize(("held", "state"), [({}, "new"), ({"by": "a service"}, "assigned")])
def test_what_is_opened_again_by_hand_waits_where_it_was_with_a_new_day_and_its_reason(
    territory, receive, held, state
):
    conversation = closed(territory, receive, **held)
    reopen_conversation(
        conversation=conversation, reason="Le banc n’est pas posé.", by=territory.agent.person, clock=territory.clock
    )  # fmt: skip
    found = Conversation.objects.get(pk=conversation.pk)
    assert (found.state, found.closed_at) == (state, None)
    assert found.due_on == territory.clock.moment.date() + timedelta(days=15)
    (said,) = found.messages.filter(kind=InboxMessage.Kind.REOPENED)
    assert (said.text, said.author) == ("Le banc n’est pas posé.", territory.agent.person)
    assert said not in messages_of(found, with_notes=False)


def test_without_a_reason_or_twice_nothing_is_opened_again(territory, receive):
    conversation = closed(territory, receive)
    with pytest.raises(Refusal, match="Dites pourquoi"):
        reopen_conversation(
            conversation=conversation, reason=" ", by=territory.agent.person, clock=territory.clock
        )
    assert Conversation.objects.get().state == "closed"
    said = {"conversation": conversation, "reason": "Oubliée.", "by": territory.agent.person}
    reopen_conversation(**said, clock=territory.clock)
    with pytest.raises(Conflict, match="avant vous"):
        reopen_conversation(**said, clock=territory.clock)
    assert InboxMessage.objects.filter(kind="reopened").count() == 1
