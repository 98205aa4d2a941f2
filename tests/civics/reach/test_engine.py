from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.reach.capabilities import Medium
from civics.reach.engine import GROWN, NO_MEDIUM, Note, Standing, begin, fall_silent, hear
from civics.reach.reading import Heard
from civics.reach.rendering import Option
from spoken_flows import AGE, EVENING, IDEA, NEWS, SPEAKER, WHERE, flow

KINDS = {step.key: step.kind for step in flow().singles()}


def play(*said, of=None, seed=0):
    """Every turn, from the first on."""
    written = of or flow()
    turns = [begin(written, SPEAKER, seed)]
    for each in said:
        heard = each if isinstance(each, Heard) else Heard(each)
        turns.append(hear(written, SPEAKER, turns[-1].standing, heard))
    return turns


def kept(turns):
    return {turn.kept.step: turn.kept.value for turn in turns if turn.kept}


def texts(turn):
    return [say.text for say in turn.says]


def test_lina_answers_four_questions_and_is_told_thank_you():
    turns = play("2", "st aubin sur lesque", "15-17", "Un bus après minuit", "oui")
    assert kept(turns) == {
        "evening": "car",
        "where": "Saint-Aubin-sur-Lesque",
        "age": "15_17",
        "idea": "Un bus après minuit",
        "news": "yes",
    }
    assert turns[-1].is_over
    assert texts(turns[-1]) == ["Merci !"]


def test_the_introduction_comes_before_the_first_question():
    assert texts(play()[0]) == [
        "Salut ! Message automatique. STOP pour arrêter.",
        "Pour sortir le soir, tu fais comment ?",
    ]


@pytest.mark.parametrize(
    "said", ["2", " 2. ", "En voiture", "EN VOITURE !", "en voit", "en voitrue", "٢", Heard(choice="car")]
)
def test_an_option_is_chosen_by_its_button_its_number_or_its_words(said):
    assert kept(play(said)) == {"evening": "car"}


@pytest.mark.parametrize("said", ["4", "0", "en", "peut-être", "", "👍"])
def test_what_chooses_nothing_or_two_things_is_asked_again(said):
    turn = play(said)[-1]
    assert (turn.note, turn.kept, turn.is_aside) == (Note.MISSED, None, False)
    assert texts(turn) == ["Pour sortir le soir, tu fais comment ?"]


def test_a_second_misfit_is_for_a_person_and_the_question_comes_back():
    turn = play("bof", "je sais pas")[-1]
    assert turn.is_aside
    assert turn.note == Note.PASSED_ON
    assert turn.standing.step == "evening"


@pytest.mark.parametrize(
    "said", ["et le bus de nuit c'est quand ?", "Je voudrais parler à quelqu'un du Département"]
)
def test_a_question_of_hers_is_for_a_person_at_once(said):
    assert play(said)[-1].is_aside


def test_an_option_may_lead_further_on():
    assert play("Je ne sors pas")[-1].standing.step == "age"


@pytest.mark.parametrize("age", ["Moins de 15 ans", "1"])
def test_a_child_is_asked_nothing_in_her_words_and_told_nothing_later(age):
    turns = play("1", "Vaubrun", age)
    assert turns[-1].is_over
    assert set(kept(turns)) == {"evening", "where", "age"}


def test_who_said_no_age_is_a_child():
    assert Standing().is_child
    assert Standing(age_band="unsaid").is_child
    assert not Standing(age_band="15_17").is_child


def test_places_that_may_be_meant_are_offered_and_chosen_by_their_number():
    turns = play("1", "99120")
    assert turns[-1].note == Note.WHICH_PLACE
    assert [option.label for option in turns[-1].says[0].options] == ["Saint-Aubin-sur-Lesque", "Le Mesnil"]
    assert kept(play("1", "99120", "2"))["where"] == "Le Mesnil"
    assert kept(play("1", "99120", "le mesnil"))["where"] == "Le Mesnil"


def test_a_name_that_is_the_beginning_of_another_is_itself():
    assert kept(play("1", "vaubrun"))["where"] == "Vaubrun"


def test_one_question_of_several_is_drawn_and_each_is_asked_to_as_many():
    asked = [
        {"kind": "choice", "key": f"q{n}", "text": {"fr": f"Q{n} ?"}, "options": EVENING["options"][:2]}
        for n in range(3)
    ]
    written = flow([{"kind": "rotating", "key": "drawn", "among": asked}, AGE], languages=["fr"])
    first = [begin(written, SPEAKER, seed).standing.step for seed in range(9)]
    assert {key: first.count(key) for key in first} == {"q0": 3, "q1": 3, "q2": 3}
    turns = play("1", of=written, seed=1)
    assert kept(turns) == {"q1": "bus"}
    assert turns[-1].standing.step == "age"


def test_silence_leads_on_or_ends_without_a_word():
    waits = flow([{**EVENING, "silence": {"hours": 24, "goes": "age"}}, WHERE, AGE])
    assert fall_silent(waits, SPEAKER, play(of=waits)[-1].standing).standing.step == "age"
    ended = fall_silent(flow(), SPEAKER, play()[-1].standing)
    assert ended.is_over
    assert ended.says == ()


def test_words_for_a_person_are_aside_and_the_conversation_goes_on():
    written = flow(
        [EVENING, AGE, {"kind": "hand_over", "key": "human", "text": {"fr": "Dis-nous tout."}}, NEWS]
    )
    turns = play("1", "2", "Mon bus ne passe plus", of=written)
    assert turns[-1].is_aside
    assert turns[-1].standing.step == "news"


def test_a_photo_answers_a_photo_and_words_do_not():
    written = flow([EVENING, AGE, {"kind": "photo", "key": "pic", "text": {"fr": "Une photo ?"}}])
    assert kept(play("1", "2", Heard(media=frozenset({Medium.PHOTO})), of=written))["pic"] == "photo"
    assert "pic" not in kept(play("1", "2", "voilà", of=written))


def test_what_is_written_under_a_photo_is_no_choice():
    speaker = replace(SPEAKER, lexicon={**SPEAKER.lexicon, "photo": (Option(NO_MEDIUM, "Sans photo"),)})
    written = flow([EVENING, AGE, IDEA, {"kind": "photo", "key": "pic", "text": {"fr": "Une photo ?"}}])
    there = Standing(step="pic", age_band="18_25")
    under = Heard("1", media=frozenset({Medium.PHOTO}))
    assert hear(written, speaker, there, under).kept.value == "photo"
    assert hear(written, speaker, there, Heard("1")).kept.value == NO_MEDIUM
    assert hear(written, speaker, there, Heard("sans photo")).kept.value == NO_MEDIUM


def test_words_where_a_voice_is_asked_for_are_a_sentence():
    written = flow([EVENING, AGE, {"kind": "voice", "key": "said", "text": {"fr": "Un vocal ?"}}, NEWS])
    turn = hear(written, SPEAKER, Standing(step="said", age_band="18_25"), Heard("Un bus"))
    assert (turn.kept.kind, turn.kept.value) == ("text", "Un bus")


def test_what_a_channel_does_not_carry_is_skipped_in_words():
    speaker = replace(SPEAKER, lacks={"photo": "Pas de photo ici."}, hints={"consent": "Oui ou non."})
    written = flow([EVENING, AGE, IDEA, {"kind": "photo", "key": "pic", "text": {"fr": "Une photo ?"}}, NEWS])
    turn = hear(written, speaker, Standing(step="idea", age_band="18_25"), Heard("Un bus"))
    assert texts(turn) == ["Pas de photo ici.", "On te dit ce que ça devient ?\nOui ou non."]
    assert turn.standing.step == "news"


words = st.one_of(
    st.text(max_size=40), st.sampled_from(["1", "2", "3", "99120", "Vaubrun", "15-17 ans", "oui", "?"])
)


@given(st.lists(words, max_size=25), st.integers(0, 100))
def test_whatever_is_typed_the_conversation_stands_somewhere_or_is_over(said, seed):
    written = flow(
        [{"kind": "rotating", "key": "r", "among": [EVENING, {**IDEA, "key": "alt"}]}, AGE, IDEA, NEWS]
    )
    turn = begin(written, SPEAKER, seed)
    spoken_by_a_child = []
    for each in said:
        if turn.is_over:
            break
        before = turn.standing
        turn = hear(written, SPEAKER, before, Heard(each))
        assert turn.is_over or turn.says
        if turn.kept and before.is_child and turn.kept.kind in GROWN:
            spoken_by_a_child.append(turn.kept)
    assert spoken_by_a_child == []
