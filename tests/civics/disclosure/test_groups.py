from hypothesis import given
from hypothesis import strategies as st

from civics.disclosure.counts import LEAST
from civics.disclosure.groups import grouped

sources = st.dictionaries(
    st.sampled_from(["web", "street", "paper", "room", "phone"]),
    st.dictionaries(st.sampled_from("123"), st.integers(0, 12), max_size=3),
)


def test_a_source_with_enough_answers_stands_alone():
    told = grouped({"web": {"1": 7, "2": 3}, "room": {"1": 5}})
    assert [(group.sources, group.total) for group in told] == [(("web",), 10), (("room",), 5)]


def test_a_small_source_is_counted_with_the_next_smallest_and_cannot_be_subtracted():
    told = grouped({"web": {"1": 90}, "room": {"1": 20}, "street": {"2": 2}})
    assert [group.sources for group in told] == [("web",), ("room", "street")]
    assert told[1].counts == {"2": 2, "1": 20}


def test_nothing_is_said_of_fewer_than_five_answers():
    assert grouped({"web": {"1": 2}, "room": {"2": 2}}) == []
    assert grouped({}) == []


@given(sources)
def test_no_group_is_small_and_the_groups_make_the_total(by_source):
    told = grouped(by_source)
    assert all(group.total >= LEAST for group in told)
    everyone = sum(sum(counts.values()) for counts in by_source.values())
    assert sum(group.total for group in told) == (everyone if everyone >= LEAST else 0)


@given(sources)
def test_each_source_that_was_answered_is_in_one_group(by_source):
    told = [source for group in grouped(by_source) for source in group.sources]
    assert len(told) == len(set(told))
    if told:
        assert set(told) == {source for source, counts in by_source.items() if any(counts.values())}
