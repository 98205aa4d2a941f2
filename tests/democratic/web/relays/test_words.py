"""Words by channel: short enough, honest about their length, and of the flow's own."""

import pytest
from django.utils.translation import override

from civics.reach.sms import length_of
from democratic.participation.conversations.models import FlowRevision
from democratic.web.relays.told import minutes_of
from democratic.web.relays.words import ALOUD, WORDS_A_SECOND, spelled, texts_of
from spoken_flows import AGE, EVENING, IDEA, NEWS
from spoken_flows import flow as written_flow


@pytest.fixture
def texts(told_of_code):
    return lambda: {text.key: text for text in texts_of(told_of_code())}


def ask(flow, question):
    revision = FlowRevision.objects.get(flow=flow)
    revision.content["steps"][0]["text"] = {"fr": question, "en": question}
    revision.save()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_text_leads_to_the_code_and_the_sms_is_paid_once(texts, language):
    with override(language):
        said = texts()
    for key, text in said.items():
        assert "LYC-BRO" in text.body or key == "annonce"
        assert "%(" not in text.body
    assert spelled("LYC-BRO").startswith("L, Y, C")
    sms = length_of(said["sms"].body)
    assert sms.is_gsm
    assert sms.parts == 1


@pytest.mark.parametrize(
    "question", ["Être là\u00a0? " * 40, "ça va\u00a0? «\u00a0Où\u00a0» " * 20, "x" * 300]
)
def test_a_long_question_gives_way_and_never_the_address(texts, flow, question):
    ask(flow, question)
    said = texts()["sms"]
    assert length_of(said.body).parts == 1
    assert said.body.endswith("/r/LYC-BRO")
    assert len(texts()["annonce"].body.split()) <= ALOUD * WORDS_A_SECOND


def test_what_no_sms_alphabet_holds_is_counted_as_it_is_paid(texts, flow):
    ask(flow, "كيف نعود إلى البيت مساءً بدون سيارة؟ " * 3)
    said = texts()["sms"]
    assert not length_of(said.body).is_gsm
    if length_of(said.body).parts > 1:
        assert "payé comme" in said.length


def test_a_text_is_a_text_and_no_markup_and_no_formula(texts, flow):
    ask(flow, '<script>alert(1)</script> =HYPERLINK("x")')
    assert "<script>alert(1)</script>" in texts()["messagerie"].body


def test_taps_alone_are_owed_what_comes_of_them_and_no_answer_to_each(texts, flow):
    revision = FlowRevision.objects.get(flow=flow)
    revision.content["steps"] = [step for step in revision.content["steps"] if step["kind"] != "text"]
    revision.save()
    said = texts()["messagerie"].body
    assert "Chaque phrase" not in said
    assert "Ce qui en sort est publié" in said


MANY_WORDS = [EVENING, *(IDEA | {"key": f"i{n}"} for n in range(4))]


@pytest.mark.parametrize(
    ("steps", "minutes"), [([EVENING, AGE], 1), ([EVENING, AGE, IDEA, NEWS], 1), (MANY_WORDS, 3)]
)
def test_minutes_are_told_and_never_less_than_one(steps, minutes):
    assert minutes_of(written_flow(steps)) == minutes
