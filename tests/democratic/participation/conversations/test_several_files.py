"""Several photos or voices in one message: each up to what the step says, the rest left in words."""

import pytest

from democratic.messaging.ports import TooLarge
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.models import FlowFile
from democratic.participation.conversations.releasing import release_photo, write_down
from democratic.participation.ideas.models import Idea
from democratic.thread.models import Attachment
from pictures import photo_with_place
from sending_files import PHOTO, SPEECH, VOICE, at_the_photo, held_by_telegram
from spoken_flows import AGE, EVENING, IDEA, NEWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(monkeypatch):
    return held_by_telegram(monkeypatch)


def several(kind, n, held):
    """Each of its own bytes."""
    content = photo_with_place() if kind == "photo" else SPEECH
    refs = [f"{kind}-{rank}" for rank in range(n)]
    held.says |= {ref: content + bytes([rank]) for rank, ref in enumerate(refs, 1)}
    return [{"kind": kind, "ref": ref} for ref in refs]


def files(**which):
    return FlowFile.objects.filter(**which).order_by("pk")


@pytest.mark.parametrize(("most", "kept"), [(None, 3), (1, 1), (5, 4)])
def test_as_many_photos_are_kept_as_the_step_says_and_the_others_are_told(territory, held, most, kept):
    step = PHOTO | ({"most_files": most} if most else {})
    lina = at_the_photo(territory, steps=[EVENING, AGE, IDEA, step, VOICE, NEWS])
    lina.says("L’abribus", media=several("photo", 4, held))
    assert files().count() == kept
    left = {3: "une photo n’est pas gardée", 1: "3 photos ne sont pas gardées", 4: ""}[kept]
    assert left in lina.last
    assert ("Cette question n’en prend pas plus" in lina.last) == bool(left)
    assert lina.run.step == "said"
    fetch_what_is_awaited(territory.clock)
    assert held.asked == [f"photo-{rank}" for rank in range(kept)], "what is left is asked of nobody"


def test_each_photo_is_released_with_the_same_sentence(territory, held):
    at_the_photo(territory).says("L’abribus", media=several("photo", 2, held))
    fetch_what_is_awaited(territory.clock)
    records = {release_photo(sent=each, alternative="L’abribus", clock=territory.clock) for each in files()}
    assert len(records) == 1
    assert Attachment.objects.count() == len(set(Attachment.objects.values_list("file", flat=True)))


def test_two_voices_of_one_answer_become_two_contributions(territory, held):
    steps = [EVENING, AGE, IDEA, VOICE | {"most_files": 2}, NEWS]
    lina = at_the_photo(territory, steps=steps).says(media=several("voice", 3, held))
    assert "vos messages vocaux" in lina.last
    assert "un message vocal n’est pas gardé" in lina.last
    fetch_what_is_awaited(territory.clock)
    first, second = (
        write_down(sent=each, text=f"Des vélos, {rank}", clock=territory.clock)
        for rank, each in enumerate(files(medium="voice"))
    )
    assert Idea.objects.count() == 3
    assert lina.run.answers.get(step="said").record == first != second


def test_one_that_could_not_be_taken_is_sent_again_and_the_others_stay(territory, held):
    lina = at_the_photo(territory)
    sent = several("photo", 3, held)
    held.says["photo-1"] = TooLarge("20971520 bytes")
    lina.says("L’abribus", media=sent)
    fetch_what_is_awaited(territory.clock)
    assert sorted(files().values_list("state", flat=True)) == ["kept", "kept", "refused"]
    before = set(files(state="kept").values_list("pk", flat=True))
    held.says["smaller"] = photo_with_place() + b"9"
    lina.says(media=[{"kind": "photo", "ref": "smaller"}])
    fetch_what_is_awaited(territory.clock)
    assert set(files().values_list("state", flat=True)) == {"kept"}
    assert before < set(files().values_list("pk", flat=True))
    assert set(files().values_list("words", flat=True)) == {"L’abribus"}


def test_stop_takes_all_of_them(territory, held):
    lina = at_the_photo(territory).says(media=several("photo", 3, held))
    fetch_what_is_awaited(territory.clock)
    lina.says("STOP")
    assert not files().exists()
