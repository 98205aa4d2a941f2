"""Time is told of groups, and of what people declared only when it points at none of them."""

from hypothesis import given
from hypothesis import strategies as st

from civics.floor.times import Speech, time_by_group, time_by_private_group

speeches = st.lists(
    st.builds(
        Speech,
        group=st.sampled_from(["woman", "man", "other", ""]),
        speaker=st.sampled_from([f"p{n}" for n in range(30)]),
        seconds=st.integers(0, 600),
    ),
    max_size=60,
)


@given(speeches)
def test_no_second_is_lost(made):
    assert sum(time_by_group(made).values()) == sum(speech.seconds for speech in made)


@given(speeches)
def test_a_declared_group_is_told_apart_only_when_each_has_five_speakers(made):
    groups = {speech.group for speech in made}
    told = time_by_private_group(made)
    few = [g for g in groups if len({s.speaker for s in made if s.group == g}) < 5]
    assert told == ({} if few or len(groups) < 2 else time_by_group(made))
