"""Photos and voices that were erased: named in the register, erased again after a restore, and in no store."""

import pytest

from democratic.config.backup import again
from democratic.config.backup.again import erase_again
from democratic.kernel.clock import FixedClock
from democratic.kernel.erasures import Erased
from democratic.kernel.files import erase_due_files
from democratic.kernel.models import Erasure, StoredFile
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.files import let_go
from democratic.participation.conversations.keeping import part_with_answers
from democratic.participation.conversations.models import FlowFile
from democratic.participation.conversations.releasing import release_photo, remove_file, write_down
from democratic.people.models import Person
from democratic.stewardship.erasure import erase_guest
from democratic.thread.models import Attachment
from sending_files import HELD, SPOKEN, at_the_photo, held_by_telegram, sent
from traces import files_kept, traces_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(territory, monkeypatch, settings, tmp_path):
    """A photo and a voice wait for an agent."""
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    held_by_telegram(monkeypatch)
    lina = at_the_photo(territory).says(media=[HELD]).says(media=[SPOKEN])
    fetch_what_is_awaited(territory.clock)
    assert len(bytes_kept()) == 2
    return lina


def bytes_kept():
    return [path.name for path in files_kept()]


def swept(clock):
    erase_due_files(FixedClock(clock.now()))
    return bytes_kept()


def named():
    return set(Erasure.objects.filter(kind="sent").values_list("target", flat=True))


@pytest.mark.parametrize("how", ["stop", "erased", "removed", "old", "child"])
def test_each_file_that_was_erased_is_named_and_a_backup_that_brings_it_back_loses_it_again(
    kept, how, monkeypatch
):
    """Rows come back as an older backup would bring them: the register alone knows that they are to go."""
    rows, clock = list(FlowFile.objects.all()), kept.territory.clock
    {
        "stop": lambda: kept.says("STOP"),
        "erased": lambda: part_with_answers(person_ids=[kept.her.person_id], clock=clock),
        "removed": lambda: [remove_file(sent=each, clock=clock) for each in rows],
        "old": lambda: let_go(FlowFile.objects.filter(sent_at__lte=clock.now()), now=clock.now()),
        "child": lambda: kept.says("LYC-BRO").says("1").says("Moins de 15 ans"),
    }[how]()
    assert named() == {row.pk for row in rows}
    lines = [Erased("sent", row.pk) for row in rows]
    assert erase_again(lines, clock=clock) == {}, "known here: it is erased"
    StoredFile.objects.update(erase_after=None)
    FlowFile.objects.bulk_create(rows)
    monkeypatch.setattr(again, "unknown_here", list)
    assert erase_again(lines, clock=clock) == {"sent": 2}
    assert not FlowFile.objects.exists()
    assert swept(clock) == []


def test_what_was_released_or_written_down_is_what_she_sent_it_for_and_no_erasure(kept):
    """A backup of before brings the voice back without her words: it is then heard again, and not lost."""
    clock = kept.territory.clock
    release_photo(sent=sent(), alternative="L’abribus", clock=clock)
    write_down(sent=sent("voice"), text="Des vélos à la gare", clock=clock)
    assert named() == set()
    assert swept(clock) == [Attachment.objects.get().file_id]


def test_erasing_herself_with_her_words_leaves_no_byte_of_what_she_sent_even_once_published(kept):
    clock = kept.territory.clock
    release_photo(sent=sent(), alternative="L’abribus de nuit", clock=clock)
    shown = Attachment.objects.get().file_id
    assert shown in bytes_kept()
    erase_guest(guest=Person.objects.get(pk=kept.her.person_id), with_words=True, clock=clock)
    assert swept(clock) == []
    assert [traces_of(shown), traces_of("L’abribus de nuit"), traces_of("Un bus après minuit")] == [
        [],
        [],
        [],
    ]
