import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from civics.reach.capabilities import Capabilities
from civics.reach.checking import findings_of
from civics.reach.flow import Flow
from spoken_flows import AGE, EVENING, IDEA, NEWS, STEPS, WHERE, flow

SMS = Capabilities(length=1530, segment=160)
WHATSAPP = Capabilities(length=4096, buttons=3, button_length=20)


def codes(written, channels=None):
    return [(each.code, each.step) for each in findings_of(written, channels or {})]


def test_a_flow_as_it_should_be_has_no_finding():
    assert codes(flow(), {"whatsapp": WHATSAPP}) == []


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([IDEA, AGE], [("first_not_a_tap", "idea"), ("age_after_words", "idea")]),
        ([EVENING, IDEA, AGE], [("age_after_words", "idea")]),
        ([EVENING, IDEA], [("age_after_words", "idea"), ("leads_nowhere", "evening")]),
        ([EVENING, AGE, {**AGE, "key": "evening"}], [("twice", "evening")]),
        ([{**EVENING, "silence": {"hours": 1, "goes": "nowhere"}}, AGE], [("leads_nowhere", "evening")]),
    ],
)  # fmt: skip
def test_what_must_not_be_published_is_named(steps, found):
    assert codes(flow(steps)) == found


def test_a_photo_without_a_sentence_to_be_shown_with_is_named():
    photo = {"kind": "photo", "key": "pic", "text": {"fr": "Une photo ?", "en": "A picture?"}}
    voice = {"kind": "voice", "key": "said", "text": {"fr": "Un vocal ?", "en": "A voice?"}}
    assert codes(flow([EVENING, AGE, photo])) == [("photo_alone", "pic")]
    assert codes(flow([EVENING, AGE, photo, IDEA])) == []
    assert codes(flow([EVENING, AGE, photo, voice])) == []
    assert codes(flow([EVENING, photo, IDEA, AGE]))[:1] == [("age_after_words", "pic")]


def test_a_way_over_the_age_is_seen():
    over = {**EVENING, "options": [*EVENING["options"][:2], {**EVENING["options"][2], "goes": "idea"}]}
    assert codes(flow([over, AGE, IDEA])) == [("age_after_words", "idea")]


def test_a_way_back_is_seen():
    back = {
        **EVENING,
        "key": "again",
        "options": [*EVENING["options"][:2], {**EVENING["options"][2], "goes": "evening"}],
    }
    assert ("leads_back", "again") in codes(flow([EVENING, back, AGE]))


def test_more_than_seven_questions_are_too_many():
    eighth = [{**EVENING, "key": f"q{n}"} for n in range(7)]
    assert ("too_many", "") in codes(flow([*eighth, AGE]))


def test_each_language_must_be_complete():
    half = {**WHERE, "text": {"fr": "Tu habites où ?"}}
    assert codes(flow([EVENING, half, AGE])) == [("untold", "where")]


def test_an_option_that_would_stop_everything_is_refused():
    options = [*EVENING["options"][:2], {"key": "no", "label": {"fr": "Arrêter", "en": "No"}}]
    assert codes(flow([{**EVENING, "options": options}, AGE])) == [("is_a_keyword", "evening")]


def test_a_sensitive_subject_is_told_and_blocks_nothing():
    asked = {
        **WHERE,
        "kind": "number",
        "text": {"fr": "Quelle est votre religion ?", "en": "Which religion?"},
    }
    (finding,) = findings_of(flow([EVENING, asked, AGE]), {})
    assert (finding.code, finding.step, finding.blocks) == ("sensitive", "where", False)


def test_a_message_of_190_signs_is_told_for_sms():
    long = {**WHERE, "text": {"fr": "a" * 190, "en": "b"}}
    found = [each for each in findings_of(flow([EVENING, long, AGE]), {"sms": SMS}) if each.step == "where"]
    assert [(each.code, each.seen, each.blocks) for each in found] == [("paid_twice", "sms:190", False)]


@pytest.mark.parametrize(("sign", "is_paid_twice"), [("’", False), ("ê", False), ("🙂", True), ("م", True)])
def test_one_sign_that_cannot_be_folded_into_gsm_makes_a_message_of_seventy(sign, is_paid_twice):
    asked = f"{sign} C est où que tu habites, dis-nous le nom de ta commune ou son code postal ?"
    where = {**WHERE, "text": {"fr": asked, "en": "b"}}
    found = codes(flow([EVENING, where, AGE]), {"sms": SMS})
    assert (("paid_twice", "where") in found) == is_paid_twice


def test_buttons_that_do_not_fit_are_told():
    options = [{"key": f"o{n}", "label": {"fr": f"Option {n}", "en": f"Option {n}"}} for n in range(5)]
    assert codes(flow([{**EVENING, "options": options}, AGE]), {"whatsapp": WHATSAPP}) == [
        ("numbered", "evening")
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": []},
        {"languages": []},
        {"format": "democratic-flow-2"},
        {"hidden": True},
        {"steps": [{**EVENING, "key": "end"}]},
        {"steps": [{**EVENING, "options": EVENING["options"][:1]}]},
        {"steps": [{**EVENING, "kind": "webhook"}]},
    ],
)
def test_what_is_no_flow_is_refused(changes):
    with pytest.raises(ValidationError):
        flow(**changes)


def test_the_shape_is_published_as_json_schema():
    schema = Flow.model_json_schema()
    published = Path(__file__).parents[3] / "docs" / "howto" / "flow.schema.json"
    assert json.loads(published.read_text()) == schema, "write docs/howto/flow.schema.json again"
    assert schema["properties"]["steps"]["maxItems"] == 30
    assert {"ChoiceStep", "TextStep", "RotatingStep"} <= set(schema["$defs"])


def test_news_are_of_the_flow_as_written():
    assert [step.key for step in flow().steps] == [step["key"] for step in STEPS]
    assert flow([EVENING, AGE, NEWS]).in_language({"fr": "oui", "en": "yes"}, "de") == "oui"
    assert flow().in_language({"fr": "oui", "en": "yes"}, "en-GB") == "yes"
