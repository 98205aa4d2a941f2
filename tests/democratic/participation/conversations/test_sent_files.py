"""Photos and voices in a conversation: of whom they are kept, what a provider may do, and when they go."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from PIL import Image

from chatting import open_channel, open_flow
from democratic.kernel.clock import FixedClock
from democratic.kernel.files import erase_due_files, open_file
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Conflict
from democratic.messaging.correspondents import forget_leaving
from democratic.messaging.incoming import forget_old_incoming
from democratic.messaging.models import Correspondent, IncomingMessage, OutgoingMessage
from democratic.messaging.ports import Later, Refused, TooLarge
from democratic.participation.conversations import fetching
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.files import forget_old_files
from democratic.participation.conversations.models import FlowFile
from democratic.participation.ideas.models import Idea
from democratic.participation.inbox.models import Conversation
from democratic.people.models import Person
from democratic.stewardship.erasure import erase_guest
from hostile_files import KEPT, hostile_files
from sending_files import HELD, PHOTO, SPOKEN, STEPS, VOICE, at_the_photo, begins, held_by_telegram, sent
from spoken_flows import AGE, EVENING, IDEA
from traces import files_kept, traces_of

pytestmark = pytest.mark.django_db
LAST = {"kind": "in_body", "key": "last", "text": {"fr": "Déjà membre ?", "en": "A member?"}}
# One of each trick: all of them are in the decoder's own tests.
TRICKS = (
    "a drawing with a script", "a page named .jpg", "a photo in HEIC", "a moving PNG", "a PNG of 50,000 by 50,000",
    "a zTXt bomb", "an archive of zeros (42.zip)", "a JPEG cut at 50 %", "a PNG with a page behind",
    "a JPEG that is a script (comment)", "a JPEG with an archive in a segment", "a PDF",
)  # fmt: skip


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    return storages["private"]


@pytest.fixture
def held(monkeypatch):
    return held_by_telegram(monkeypatch)


@pytest.fixture
def lina(territory, held):
    return at_the_photo(territory)


def fetch(lina, later=timedelta(0)):
    return fetch_what_is_awaited(FixedClock(lina.territory.clock.now() + later))


def swept(clock, later=timedelta(hours=2)):
    erase_due_files(FixedClock(clock.now() + later))
    return files_kept()


def leaves():
    """Once what was said to her has left."""
    OutgoingMessage.objects.update(state="sent")
    forget_leaving()


# --- of whom


@pytest.mark.parametrize("age", ["Moins de 15 ans", "Je ne dis pas"])
def test_a_photo_sent_before_an_age_under_15_or_unsaid_is_never_fetched_and_leaves_no_trace(
    territory, held, age
):
    enfant = begins(territory, address="enfant-4217").says("1").says("regarde", media=[HELD])
    message = IncomingMessage.objects.get(state="held")
    assert (message.media, held.asked) == ([HELD], [])
    enfant.says(age)
    leaves()
    fetch(enfant)
    assert held.asked == []
    assert [traces_of(words) for words in ("enfant-4217", HELD["ref"], "regarde")] == [[], [], []]
    assert (files_kept(), StoredFile.objects.count(), FlowFile.objects.count()) == ([], 0, 0)
    assert enfant.answers == {"evening": "bus", "age": enfant.run.age_band}


@pytest.mark.parametrize("age", ["Moins de 15 ans", "Je ne dis pas"])
def test_a_photo_and_a_voice_sent_after_such_an_age_are_asked_of_nobody_and_kept_nowhere(
    territory, held, age
):
    """The conversation is over once she said it; what she sends then is from someone of whom nothing is known."""
    enfant = begins(territory, address="enfant-4217", steps=[EVENING, AGE, IDEA, PHOTO, VOICE, LAST])
    enfant.says("1").says(age)
    assert enfant.run.step == "last", "neither a sentence, nor a photo, nor a voice is asked of her"
    enfant.says(media=[HELD]).says(media=[SPOKEN]).says("1")
    leaves()
    fetch(enfant)
    assert held.asked == []
    assert [traces_of(words) for words in ("enfant-4217", HELD["ref"], SPOKEN["ref"])] == [[], [], []]
    assert files_kept() == []


def test_a_photo_held_for_an_age_that_never_comes_goes_with_its_name(territory, held):
    begins(territory).says("1").says(media=[HELD])
    IncomingMessage.objects.update(received_at=territory.clock.now() - timedelta(days=400))
    forget_old_incoming()
    assert traces_of(HELD["ref"]) == []
    assert held.asked == []


def test_who_is_15_or_more_and_sent_a_photo_before_is_told_by_a_person_and_the_letter_says_what_it_lacks(
    territory, held
):
    begins(territory).says("1").says("tenez", media=[HELD]).says("18-25 ans")
    letter = Conversation.objects.get().messages.get()
    assert (letter.text, [each["name"] for each in letter.attachments]) == ("tenez", ["photo"])
    assert traces_of(HELD["ref"]) == []


def test_who_says_later_that_she_is_under_15_has_what_waited_forgotten(lina):
    lina.says(media=[HELD])
    fetch(lina)
    assert sent().state == "kept"
    lina.says("LYC-BRO").says("1").says("Moins de 15 ans")
    assert not FlowFile.objects.exists()
    assert swept(lina.territory.clock) == []


# --- what she is told, and what is kept


def test_she_is_asked_for_a_word_with_the_photo_and_it_is_kept_beside_it(lina):
    assert lina.last.endswith("Une photo ?\nAjoutez un mot à la photo\u00a0: qu’y voit-on\u00a0?")
    assert [label for _key, label in lina.messages[-1].buttons] == ["Sans photo"]
    lina.says("L’abribus, de nuit", media=[HELD])
    assert "une personne la regarde avant qu’elle paraisse" in lina.last
    assert "Un vocal ?" in lina.last
    fetch(lina)
    assert (sent().words, sent().state) == ("L’abribus, de nuit", "kept")


def test_where_it_was_taken_and_by_what_is_erased_before_it_is_kept(lina):
    lina.says(media=[HELD])
    fetch(lina)
    image = Image.open(io.BytesIO(open_file(sent().file)))
    assert (dict(image.getexif()), image.info.get("comment")) == ({}, None)
    assert image.size[0] < image.size[1], "turned as it was held"


def test_who_has_no_photo_goes_on_and_nothing_is_noted(lina):
    lina.says("sans photo").says("Passer")
    assert lina.run.step == "news"
    assert not FlowFile.objects.exists()
    assert set(lina.answers) == {"evening", "age", "idea"}


def test_words_where_a_voice_is_asked_for_are_a_contribution(lina):
    lina.says("sans photo").says("Et des vélos à la gare")
    assert Idea.objects.count() == 2
    assert lina.run.answers.get(step="said").record is not None


def test_the_same_message_twice_is_one_file_and_is_fetched_once(lina, held):
    lina.says(media=[HELD], name="m-1").says(media=[HELD], name="m-1")
    fetch(lina)
    fetch(lina)
    assert held.asked == [HELD["ref"]]
    assert FlowFile.objects.count() == 1


def test_a_photo_where_a_voice_is_asked_for_is_for_a_person_and_the_question_stays(lina):
    lina.says("sans photo").says(media=[HELD])
    assert lina.run.step == "said"
    assert "Je transmets à une personne" in lina.last


def test_by_text_message_a_photo_is_skipped_in_words_and_a_voice_is_written(territory):
    lina = at_the_photo(territory, "sms")
    assert "Ce canal ne prend pas les photos\u00a0: on continue sans." in lina.told[-2]
    assert lina.last == "Un vocal ?\nIci, écrivez-le en une phrase.\n1. Passer"
    lina.says("Un abri à l’arrêt")
    assert Idea.objects.count() == 2
    assert lina.run.step == "news"


# --- what a provider and a file may do


@pytest.mark.parametrize("trick", TRICKS)
def test_a_hostile_picture_is_made_safe_or_refused_in_words_and_the_conversation_goes_on(lina, held, trick):
    hostile = next(each for each in hostile_files() if each.what == trick)
    held.says[HELD["ref"]] = hostile.content
    lina.says(media=[HELD])
    fetch(lina)
    if hostile.becomes == KEPT and trick != "a PDF":
        assert b"<script" not in open_file(sent().file)
        assert b"PK\x03\x04" not in open_file(sent().file)
    else:
        assert sent().state == "refused"
        assert (hostile.becomes if hostile.becomes != KEPT else "non un document") in lina.last
        assert "autres réponses sont gardées" in lina.last
        assert swept(lina.territory.clock) == []
    assert lina.run.step == "said"


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00" + bytes(99), b"<html>", b"%PDF-1.7", b"\xff\xd8\xff"])
def test_what_is_no_recording_is_refused_in_words(lina, held, content):
    held.says[SPOKEN["ref"]] = content
    lina.says("sans photo").says(media=[SPOKEN])
    fetch(lina)
    assert sent("voice").state == "refused"
    assert "ne se lit pas" in lina.last


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"OggS" + bytes(50), "audio/ogg"),
        (b"\x00\x00\x00\x20ftypM4A " + bytes(50), "audio/mp4"),
        (b"\x1a\x45\xdf\xa3" + bytes(50), "audio/webm"),
        (b"ID3\x04" + bytes(50), "audio/mpeg"),
        (b"\xff\xfb\x90" + bytes(50), "audio/mpeg"),
    ],
)
def test_a_voice_is_known_by_its_container(lina, held, content, content_type):
    held.says[SPOKEN["ref"]] = content
    lina.says("sans photo").says(media=[SPOKEN])
    fetch(lina)
    assert sent("voice").file.content_type == content_type


def test_a_provider_that_asks_to_wait_is_asked_for_nobody_else_s_file(lina, held):
    other = {"kind": "photo", "ref": "another"}
    held.says |= {HELD["ref"]: Later("429", after=600), "another": b"x"}
    lina.says(media=[HELD])
    lina.address = "ines"
    lina.says("LYC-BRO").says("1").says("18-25 ans").says("Autre chose").says(media=[other])
    fetch(lina)
    assert held.asked == [HELD["ref"]]
    assert fetch(lina, timedelta(seconds=599)) == 0


def test_after_three_days_she_is_told_that_it_did_not_come(lina, held):
    held.says[HELD["ref"]] = Later("down")
    lina.says(media=[HELD])
    for days in (0, 1, 2):
        fetch(lina, timedelta(days=days))
    assert sent().state == "awaited"
    fetch(lina, timedelta(days=4))
    assert sent().state == "refused"
    assert "ne nous est pas parvenue" in lina.last


def test_a_fault_of_the_connector_s_own_stops_nobody_else_s_file(lina, held):
    other = {"kind": "voice", "ref": "another"}
    held.says |= {HELD["ref"]: KeyError("what"), "another": held.says[SPOKEN["ref"]]}
    lina.says(media=[HELD]).says(media=[other])
    assert fetch(lina) == 2
    assert (sent().state, sent("voice").state) == ("awaited", "kept")


@pytest.mark.parametrize("fault", [TooLarge("20971520 bytes"), Refused("404")])
def test_a_second_sending_takes_the_place_of_the_first_even_once_all_is_said(lina, held, fault):
    held.says[HELD["ref"]] = fault
    again = {"kind": "photo", "ref": "smaller"}
    lina.says(media=[HELD]).says("Passer").says("non merci")
    fetch(lina)
    assert lina.run.state == "done"
    held.says["smaller"] = small_photo()
    lina.says("La voici", media=[again])
    fetch(lina)
    assert (sent().state, sent().words) == ("kept", "La voici")
    assert not Conversation.objects.exists(), "it is no letter"


def small_photo():
    out = io.BytesIO()
    Image.new("RGB", (64, 48)).save(out, "JPEG")
    return out.getvalue()


def test_a_worker_killed_between_fetching_and_keeping_is_followed_by_one_that_keeps_it(
    lina, held, monkeypatch
):
    lina.says(media=[HELD])
    with monkeypatch.context() as killed:
        killed.setattr(fetching, "_keep", lambda *_said: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            fetch(lina)
    assert sent().state == "awaited"
    assert StoredFile.objects.get().erase_after is not None, "shown by nothing: it goes within the hour"
    assert fetch(lina) == 0, "it is somebody's still, as far as anyone knows"
    fetch(lina, fetching.LEASE)
    assert sent().state == "kept"
    assert StoredFile.objects.get().erase_after is None
    assert len(files_kept()) == 1


def test_a_worker_killed_for_good_leaves_no_bytes_behind(lina, monkeypatch):
    lina.says(media=[HELD])
    monkeypatch.setattr(fetching, "_keep", lambda *_said: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        fetch(lina)
    assert len(files_kept()) == 1
    assert swept(lina.territory.clock) == []
    assert not StoredFile.objects.exists()


def test_who_leaves_while_it_is_fetched_finds_nothing_kept(lina, held):
    lina.says(media=[HELD])

    def leaving(ref):
        lina.says("STOP")
        return small_photo()

    held.fetch = lambda _channel, _account, ref, _most: leaving(ref)
    fetch(lina)
    assert not FlowFile.objects.exists()
    assert swept(lina.territory.clock) == []


# --- when they go


@pytest.fixture
def kept(lina):
    lina.says(media=[HELD]).says(media=[SPOKEN])
    fetch(lina)
    assert len(files_kept()) == 2
    return lina


def test_stop_erases_what_was_not_published(kept):
    kept.says("STOP")
    assert not FlowFile.objects.exists()
    assert swept(kept.territory.clock) == []


@pytest.mark.parametrize("with_words", [True, False])
def test_erasing_oneself_erases_the_files_wherever_they_stand(kept, with_words):
    erase_guest(
        guest=Person.objects.get(pk=kept.her.person_id), with_words=with_words, clock=kept.territory.clock
    )
    assert not FlowFile.objects.exists()
    assert not Correspondent.objects.exists()
    assert swept(kept.territory.clock) == []


def test_after_ninety_days_what_nobody_looked_at_goes(kept):
    FlowFile.objects.update(sent_at=kept.territory.clock.now() - timedelta(days=5000))
    assert forget_old_files() == 2
    assert swept(kept.territory.clock, timedelta(days=5000)) == []


def test_the_same_photo_of_two_people_stays_until_both_let_it_go(lina, held):
    lina.says(media=[HELD])
    lina.address = "ines"
    lina.says("LYC-BRO").says("1").says("18-25 ans").says("Autre chose").says(media=[HELD])
    fetch(lina)
    assert StoredFile.objects.count() == 1
    lina.says("STOP")
    assert len(swept(lina.territory.clock)) == 1
    lina.address = "lina-8841"
    lina.says("STOP")
    assert swept(lina.territory.clock) == []


def test_a_flow_that_asks_for_a_photo_before_the_age_or_without_a_sentence_is_not_published(territory):
    open_channel(territory.authority)
    for steps in ([EVENING, PHOTO, AGE, IDEA], [EVENING, AGE, PHOTO]):
        with pytest.raises(Conflict):
            open_flow(territory, steps, has_places=False, name=str(len(steps)))
    open_flow(territory, STEPS, has_places=False, name="ok")
