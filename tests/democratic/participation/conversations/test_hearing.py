from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chatting import Chatter, open_channel, open_flow
from democratic.kernel.clock import FixedClock
from democratic.messaging.correspondents import forget_leaving, forget_stopped_addresses
from democratic.messaging.models import Correspondent, IncomingMessage, OutgoingMessage
from democratic.participation.conversations.editing import change_draft, publish_flow, shut_flow
from democratic.participation.conversations.inviting import invite_to
from democratic.participation.conversations.models import Flow, FlowCode, FlowRun
from democratic.participation.conversations.running import _drawn
from democratic.participation.conversations.silences import notice_silences
from democratic.participation.ideas.models import Idea
from democratic.participation.inbox.models import Conversation
from democratic.people.models import Consent, Person, StoppedAddress
from democratic.thread.models import Entry, Follow, Record, Visibility
from factories import clock_at
from spoken_flows import AGE, EVENING, IDEA, NEWS, WHERE, flow
from traces import traces_of

pytestmark = pytest.mark.django_db
MORE = EVENING | {"key": "more", "options": EVENING["options"][:2]}


@pytest.fixture
def lina(territory):
    open_channel(territory.authority)
    open_flow(territory)
    return Chatter(territory)


def test_lina_scans_a_code_answers_and_her_sentence_is_a_contribution(lina):
    lina.says("START LYC-BRO").says("2").says("Vaubrun").says("15-17 ans").says("Un bus après minuit").says(
        "oui"
    )
    idea = Idea.objects.get()
    assert (idea.record.origin, idea.age_band, idea.record.place) == ("web", "15_17", "Vaubrun")
    assert lina.run.state == "done"
    assert lina.run.code.code == "LYC-BRO"
    assert idea.record.code in lina.told[-2]
    assert f"/fil/{idea.record.code}" in lina.told[-2]
    assert lina.last == "Merci !"
    assert idea.record.author == lina.her.person


def test_she_is_followed_by_her_consent_in_the_words_that_she_was_asked(lina):
    lina.says("LYC-BRO").says("1").says("Vaubrun").says("2").says("Un bus").says("1")
    consent = Consent.objects.get()
    assert (consent.wording, consent.source, consent.person) == (
        "On te dit ce que ça devient ?", "chat", lina.her.person,
    )  # fmt: skip
    assert lina.her.is_told
    assert Follow.objects.filter(person=lina.her.person).count() == 1


def test_who_says_no_is_told_nothing_later(lina):
    lina.says("LYC-BRO").says("1").says("Vaubrun").says("2").says("Un bus").says("non merci")
    assert not lina.her.is_told
    assert not Consent.objects.exists()


def test_a_message_that_comes_twice_is_heard_once(lina):
    lina.says("LYC-BRO", name="a").says("LYC-BRO", name="a").says("1", name="b").says("1", name="b")
    assert FlowRun.objects.count() == 1
    assert lina.answers == {"evening": "bus"}


def test_a_button_pressed_late_or_twice_answers_nothing_else(lina):
    lina.says("LYC-BRO").says(choice="evening:bus")
    told = len(lina.told)
    lina.says(choice="evening:car").says(choice="evening:car")
    assert lina.answers == {"evening": "bus"}
    assert len(lina.told) == told
    assert lina.run.step == "where"


def test_words_that_fit_no_step_wait_for_her_age_then_go_to_a_person(lina):
    lina.says("LYC-BRO").says("et le bus de nuit c'est quand ?")
    assert not Conversation.objects.exists()
    assert "âge" in lina.last
    assert IncomingMessage.objects.filter(state="held").count() == 1
    lina.says("1").says("Vaubrun").says("15-17 ans")
    conversation = Conversation.objects.get()
    assert conversation.correspondent == lina.her
    assert conversation.messages.get().text == "et le bus de nuit c'est quand ?"
    assert any("Je transmets à une personne" in each for each in lina.told)
    assert not IncomingMessage.objects.exclude(text="").exists()


def test_once_her_age_is_known_her_question_goes_to_a_person_at_once(lina):
    lina.says("LYC-BRO").says("1").says("Vaubrun").says("15-17 ans").says("Un bus").says(
        "c'est quand la réponse ?"
    )
    assert Conversation.objects.get().process == lina.territory.process.record
    assert "avant le" in lina.last
    assert "On te dit ce que ça devient ?" in lina.last


def test_who_writes_out_of_the_blue_is_asked_her_age_before_anyone_reads_her(lina):
    lina.says("Bonjour, le bus 12 ne passe plus")
    assert not Conversation.objects.exists()
    lina.says("26-64 ans")
    assert Conversation.objects.get().messages.get().text == "Bonjour, le bus 12 ne passe plus"
    lina.says("Et le 14 non plus")
    assert Conversation.objects.get().messages.count() == 2


def test_a_child_leaves_nothing_but_her_anonymous_answers(lina):
    lina.address = "enfant-4217"
    people, entries = Person.objects.count(), Entry.objects.count()
    lina.says("LYC-BRO").says("mon secret à moi c'est quoi ?").says("1").says("Vaubrun").says(
        "Moins de 15 ans"
    )
    person = lina.her.person_id
    assert "nous ne gardons pas" in " ".join(lina.told)
    forget_leaving()
    assert traces_of("enfant-4217") == []
    assert traces_of("mon secret") == []
    assert traces_of(str(person)) == []
    assert not Correspondent.objects.exists()
    assert Person.objects.count() == people
    assert not Record.objects.filter(kind="idea").exists()
    assert Entry.objects.count() == entries
    run = FlowRun.objects.get()
    assert dict(run.answers.values_list("step", "value")) == {
        "evening": "bus", "where": "Vaubrun", "age": "under_15",
    }  # fmt: skip
    assert run.correspondent is None


@pytest.mark.parametrize("said", [("1", "Vaubrun", "Moins de 15 ans"), ("1",)])
def test_a_child_who_says_stop_leaves_a_print_and_answers_that_are_nobody_s(territory, said):
    """Who has not said her age is a child. Once her age is said, another question follows: she is not at the end."""
    open_channel(territory.authority, "sms")
    open_flow(territory, [EVENING, WHERE, AGE, MORE, NEWS])
    people = Person.objects.count()
    lina = (
        Chatter(territory, address="+33612344217", kind="sms")
        .says("LYC-BRO")
        .says("mon secret à moi c'est quoi ?")
    )
    for words in said:
        lina.says(words)
    printed, person = lina.her.address_print, lina.her.person_id
    assert lina.run.state == "open"
    lina.says("STOP")
    assert "plus aucun message" in lina.last
    OutgoingMessage.objects.update(state="sent")
    forget_stopped_addresses()
    forget_leaving()
    for trace in ("12344217", "mon secret", str(person)):
        assert traces_of(trace) == []
    assert [model for model in (Correspondent, OutgoingMessage, Conversation) if model.objects.exists()] == []
    assert Person.objects.count() == people
    assert StoppedAddress.objects.get().email_print == printed
    assert (lina.run.correspondent, lina.run.state) == (None, "stopped")
    assert lina.answers == dict(
        zip(("evening", "where", "age"), ("bus", "Vaubrun", "under_15")[: len(said)], strict=False)
    )
    lina.says("encore mon secret")
    assert traces_of("encore mon secret") == []


def test_a_place_that_is_not_found_is_asked_again_as_a_place(lina):
    lina.says("LYC-BRO").says("1").says("Zzyzx")
    assert lina.last.startswith(
        "Je n’ai pas trouvé ce lieu. Écrivez le nom de votre commune, ou son code postal."
    )


@pytest.mark.parametrize("word", ["STOP", "arrêt", " Stop. ", "STOP 36063"])
def test_stop_is_obeyed_in_the_middle_of_anything(lina, word):
    lina.says("LYC-BRO").says("1").says(word)
    assert lina.last == "C’est noté, plus aucun message. REPRENDRE pour revenir."
    told = len(lina.told)
    lina.says("2").says("LYC-BRO").says("AIDE").says("stop").says("allô ?")
    assert len(lina.told) == told
    assert lina.run.state == "stopped"


def test_after_stop_only_a_print_of_her_address_stays(lina):
    lina.address = "lina-8841"
    lina.says("LYC-BRO").says("STOP")
    forget_stopped_addresses()
    assert traces_of("lina-8841") == []
    assert lina.her.stopped_at is not None


def test_resuming_is_hers_alone_and_by_her_word(lina):
    lina.says("LYC-BRO").says("STOP").says("reprendre")
    assert lina.last.startswith("Vous revoilà")
    lina.says("LYC-BRO")
    assert "Pour sortir le soir" in lina.last


def test_who_takes_stop_back_before_she_is_forgotten_is_not_forgotten_in_the_middle_of_the_next(lina):
    lina.says("LYC-BRO").says("STOP").says("reprendre").says("LYC-BRO")
    OutgoingMessage.objects.update(state="sent")
    forget_leaving()
    lina.says("1")
    assert lina.answers == {"evening": "bus"}


def test_who_is_known_to_be_grown_and_says_stop_in_her_next_conversation_keeps_what_she_said(lina):
    lina.says("LYC-BRO").says("1").says("Vaubrun").says("18-25 ans").says("Un bus").says("non").says(
        "LYC-BRO"
    )
    lina.says("STOP")
    OutgoingMessage.objects.update(state="sent")
    forget_leaving()
    assert lina.her.stopped_at is not None
    assert Idea.objects.get().record.author == lina.her.person


def test_who_said_stop_may_still_write_and_a_person_reads_her(lina):
    lina.says("LYC-BRO").says("1").says("Vaubrun").says("18-25 ans").says("STOP").says("en fait une question")
    assert Conversation.objects.get().messages.get().text == "en fait une question"


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("AIDE", "STOP : plus aucun message"),
        ("qui ?", "C’est un programme qui répond"),
        ("mes données", "Nous gardons"),
    ],
)
def test_help_who_and_my_data_always_answer_and_the_question_comes_back(lina, word, words):
    lina.says(word)
    assert words in lina.last.replace("\u00a0", " ")
    lina.says("LYC-BRO").says(word)
    assert words in lina.last.replace("\u00a0", " ")
    assert "Pour sortir le soir" in lina.last


def test_my_data_names_her_contributions(lina):
    lina.says("LYC-BRO").says("1").says("Vaubrun").says("15-17 ans").says("Un bus").says("mes données")
    assert Idea.objects.get().record.code in lina.last


def test_two_flows_at_once_are_one_after_the_other(lina):
    open_flow(lina.territory, [EVENING, AGE], code="GAR-NOR", name="La gare")
    lina.says("LYC-BRO").says("1").says("GAR-NOR")
    assert list(FlowRun.objects.order_by("pk").values_list("state", flat=True)) == ["left", "open"]
    assert FlowRun.objects.first().answers.count() == 1


def test_an_unknown_code_says_so_and_an_answer_that_looks_like_one_is_an_answer(lina):
    lina.says("ABC-DEF")
    assert lina.last.startswith("Je ne connais pas ce code")
    lina.says("LYC-BRO").says("1").says("Vaubrun").says("18-25 ans").says("TER-BUS")
    assert Idea.objects.get().record.text == "TER-BUS"


def test_who_is_inside_an_older_revision_finishes_it(lina):
    lina.says("LYC-BRO")
    written = Flow.objects.get()
    changed = flow([{**EVENING, "text": {"fr": "Nouvelle question ?", "en": "New?"}}, AGE])
    change_draft(flow=written, content=changed.model_dump(mode="json"), edition=1)
    publish_flow(flow=written, clock=lina.territory.clock)
    lina.says("1")
    assert lina.last == "Tu habites où ?"
    other = Chatter(lina.territory, address="noa").says("LYC-BRO")
    assert other.last == "Nouvelle question ?"


@pytest.mark.parametrize(
    "words",
    [
        "é" * 2000,
        "🚲" * 2000,
        "مرحبا كيف الحال؟ أريد حافلة ليلية",
        "\u202eevil\u202c \x00 nul",
        "<script>alert(1)</script>",
    ],
)
def test_whatever_is_typed_is_kept_or_said_to_be_wrong_and_nothing_breaks(lina, words):
    lina.says("LYC-BRO").says(words).says("1").says("Vaubrun").says("18-25 ans").says(words)
    assert not IncomingMessage.objects.filter(state="parked").exists()
    text = Idea.objects.get().record.text
    assert 0 < len(text) <= 2000
    assert "\u202e" not in text


@pytest.mark.parametrize("words", ["é" * 2001, "🚲" * 10_000])
def test_what_is_too_long_is_never_cut_she_is_told_and_says_it_shorter(lina, words):
    lina.says("LYC-BRO").says("1").says("Vaubrun").says("18-25 ans").says(words)
    assert lina.last.startswith("C’est trop long\u00a0: 2000 signes au plus.")
    assert not Idea.objects.exists()
    lina.says("Un bus le soir")
    assert Idea.objects.get().record.text == "Un bus le soir"


def test_a_consultation_that_is_over_says_so_and_keeps_nothing(lina):
    lina.says("LYC-BRO").says("1").says("Vaubrun").says("18-25 ans")
    lina.clock = clock_at(date(2027, 6, 1))
    lina.says("Un bus")
    assert not Idea.objects.exists()
    assert "Cette consultation est finie" in lina.last


@pytest.mark.parametrize("words", ["START LYC-BRO", "Bonjour, je viens pour LYC-BRO."])
def test_a_code_of_what_is_hidden_opens_nothing_by_a_message_either(lina, words):
    Record.objects.filter(pk=lina.territory.process.record_id).update(visibility=Visibility.HIDDEN)
    lina.says(words)
    assert not FlowRun.objects.exists()


def test_which_question_comes_first_is_drawn_without_counting_who_came(lina):
    """Two who begin at once are not both the second: each draws its own, half and half."""
    seeds = [_drawn(FlowRun()) for _each in range(2000)]
    assert 850 < sum(seed % 2 for seed in seeds) < 1150
    with CaptureQueriesContext(connection) as asked:
        lina.says("LYC-BRO")
    counting = [each["sql"] for each in asked if "COUNT(" in each["sql"].upper() and "flowrun" in each["sql"]]
    assert counting == []


def test_a_shut_flow_opens_for_nobody(lina):
    shut_flow(flow=Flow.objects.get())
    lina.says("LYC-BRO")
    assert lina.last.startswith("Je ne connais pas ce code")


def test_who_answers_an_invitation_too_late_is_heard_by_a_person(lina):
    lina.says("MES DONNÉES")
    invite_to(FlowCode.objects.get(), [lina.her], why="Votre lycée nous a donné cette liste.")
    shut_flow(flow=Flow.objects.get())
    lina.says("Est-ce trop tard pour le bus ?").says("26-64 ans")
    assert Conversation.objects.get().messages.get().text == "Est-ce trop tard pour le bus ?"


def test_a_channel_that_is_closed_says_nothing_to_anyone(territory):
    open_flow(territory)
    Chatter(territory).says("LYC-BRO")
    assert not OutgoingMessage.objects.exists()


def test_silence_ends_a_conversation_without_a_word(lina):
    lina.says("LYC-BRO").says("1")
    told = len(lina.told)
    later = FixedClock(lina.territory.clock.now() + timedelta(hours=73))
    assert notice_silences(later) == 1
    assert lina.run.state == "silent"
    assert len(lina.told) == told
    assert lina.her.is_leaving  # nobody knows her age: she is a child


def test_a_step_may_lead_on_after_a_silence_once(territory):
    open_channel(territory.authority)
    open_flow(territory, [{**EVENING, "silence": {"hours": 24, "goes": "age"}}, AGE, IDEA, NEWS])
    lina = Chatter(territory).says("LYC-BRO")
    later = FixedClock(territory.clock.now() + timedelta(hours=25))
    assert (notice_silences(later), notice_silences(later)) == (1, 0)
    assert lina.last.startswith("Tu as quel âge ?")
    assert lina.messages[-1].is_first
