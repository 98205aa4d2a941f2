"""Method templates are data: ten that come with the product, and those that an operator adds."""

import pytest

from civics.legibility.plain import plainness
from democratic.kernel.tools import all_tools
from democratic.participation.processes.methods import files
from democratic.participation.processes.methods.files import (
    LARGEST,
    SHIPPED,
    NoMethod,
    library,
    method_of,
    read_file,
    read_folders,
)
from democratic.participation.processes.methods.tools import FORESEEN, missing_tools

TEN = (
    "order_to_road_map", "express_consultation", "project_concertation", "street_campaign", "chat_campaign",
    "cyber_debate", "youth_forum", "participatory_budget", "drawn_assembly", "petition",
)  # fmt: skip


def written(tmp_path, text, name="mine.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def shipped(key="order_to_road_map"):
    return (SHIPPED / f"{key}.toml").read_text(encoding="utf-8")


def test_ten_methods_come_with_the_product_and_each_is_read():
    read = read_folders(SHIPPED)
    assert tuple(read.methods) == TEN
    assert read.unread == ()


@pytest.mark.parametrize("key", TEN)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_a_method_proposes_in_clear_is_plain(key, language):
    found = plainness(method_of(key).texts(language).in_clear)
    assert found.is_short
    assert found.is_plain


@pytest.mark.parametrize("key", TEN)
def test_a_method_listens_before_it_answers_and_answers_before_its_report_ends(key):
    method = method_of(key)
    last_day = {plan.step: plan.starts + plan.lasts for plan in method.stages}
    assert last_day["listening"] <= last_day["answer"] < last_day["report"]


def test_a_tool_that_is_missing_is_named_in_words():
    there = {tool.key for tool in all_tools()}
    for method in library().methods.values():
        for key in method.needs:
            assert key in there or key in FORESEEN, key


def test_a_method_whose_tools_are_there_lacks_nothing():
    assert missing_tools(method_of("order_to_road_map")) == []
    assert missing_tools(method_of("petition")) == [FORESEEN["petitions"]]


def test_a_new_method_is_a_file_and_no_code(tmp_path, settings):
    settings.VAR = tmp_path
    assert "mine" not in library().methods
    (tmp_path / "methods").mkdir()
    written(tmp_path / "methods", shipped().replace('"order_to_road_map"', '"mine"'))
    assert method_of("mine").fr.name == method_of("order_to_road_map").fr.name


def test_a_method_that_is_not_there_is_said_so():
    with pytest.raises(NoMethod):
        method_of("../secrets")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("schema = 1", "schema = 2"), "schema"),
        (('key = "order_to_road_map"', 'key = "Order; drop"'), "key"),
        (('step = "listening"', 'step = "hearing"'), "stages.1.step"),
        (('"submit_idea", "comment", "support"', '"vote_twice"'), "stages.1.allows.0"),
        (("starts = 21", "starts = 500"), "can't start before"),
        (("starts = 21", "starts = -1"), "stages.1.starts"),
        (("lasts = 55", "lasts = 55.5"), "stages.1.lasts"),
        (('level = "involve"', 'level = "obey"'), "level"),
        (('needs = ["ideas"]', "needs = []"), "needs"),
        (("rank = 10", "rank = 10\ntemplate_path = '/etc/passwd'"), "template_path"),
        (('step = "report"', 'step = "decision"'), "each step once"),
        (("[fr]", "[de]"), "fr"),
    ],
)
def test_a_file_that_is_no_method_is_refused_and_says_where(tmp_path, change, told):
    wrong = read_file(written(tmp_path, shipped().replace(*change, 1)))
    assert isinstance(wrong, files.Unread)
    assert told in " ".join(wrong.why)


@pytest.mark.parametrize(
    "text",
    ["", "schema = ", "schema = 1\n" * 3, "a = " + "[" * 5000 + "]" * 5000, "\x00", "# " + "x" * LARGEST],
)
def test_a_hostile_file_is_refused_in_words(tmp_path, text):
    wrong = read_file(written(tmp_path, text))
    assert isinstance(wrong, files.Unread)
    assert wrong.why
    assert all(wrong.why)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert isinstance(read_file(path), files.Unread)


def test_a_report_is_never_missing(tmp_path):
    text = shipped()
    cut = text.index('[[stages]]\nstep = "report"')
    end = text.index("[[roles]]")
    wrong = read_file(written(tmp_path, text[:cut] + text[end:]))
    assert "report" in " ".join(wrong.why)


def test_the_same_key_twice_keeps_the_first_and_refuses_the_second(tmp_path):
    written(tmp_path, shipped(), "again.toml")
    read = read_folders(SHIPPED, tmp_path)
    assert len(read.methods) == len(TEN)
    assert [each.name for each in read.unread] == ["again.toml"]
