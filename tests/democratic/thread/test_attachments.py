"""A Record shows a file; who may see it; what becomes of it when its author takes the Record back."""

import pytest
from django.core.files.storage import storages

from democratic.kernel.files import erase_due_files, store_file
from democratic.kernel.files.keeping import path_of
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Refusal
from democratic.participation.ideas.actions import take_back_idea
from democratic.people.actions import welcome_guest
from democratic.stewardship.actions import leave
from democratic.thread.actions import (
    NewAttachment,
    attach_file,
    erase_files,
    erase_words,
    give_role,
    withdraw_by_authority,
)
from democratic.thread.models import Attachment, Entry, Opening, Record, Role, Visibility
from democratic.thread.queries.attachments import attachment_shown_to, file_still_shown
from democratic.thread.rules import Viewer
from factories import build_territory, verified_account
from pictures import document, picture


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


def stored(territory, content=None):
    return store_file([content or picture()], clock=territory.clock)


def with_photo(territory, content=None, text="Regardez l’arrêt.", **more):
    photo = NewAttachment(stored(territory, content), "Un arrêt de bus sans abri.")
    return territory.say(text, photo=photo, **more).idea.record


def shown(viewer, record_or_file):
    return attachment_shown_to(viewer, record_or_file.pk) is not None


def photo_of(record):
    return StoredFile.objects.get(attachments__record=record)


def test_an_image_without_words_is_refused_and_a_document_needs_none(territory):
    record = territory.say().idea.record
    with pytest.raises(Refusal, match="Décrivez") as refused:
        attach_file(record=record, new=NewAttachment(stored(territory), " \u200b "))
    assert refused.value.field == "file_alt"
    assert attach_file(record=record, new=NewAttachment(stored(territory, document()))).alternative == ""


def test_the_journal_commits_to_the_file_and_to_its_words_and_can_forget_both(territory):
    record = with_photo(territory)
    entry = Entry.objects.get(record=record, kind="idea_submitted")
    parts = dict(Opening.objects.filter(entry=entry).values_list("part", "value"))
    assert parts["file"] == photo_of(record).pk
    assert parts["alternative"] == "Un arrêt de bus sans abri."
    assert "file" not in entry.data
    erase_files(record=record, clock=territory.clock)
    left = set(Opening.objects.filter(entry=entry).values_list("part", flat=True))
    assert left == {"title", "text"}
    assert Entry.objects.filter(record=record, kind="files_erased").exists()


def test_a_photo_is_seen_by_all_as_long_as_its_idea_is(territory):
    record = with_photo(territory)
    file = photo_of(record)
    assert shown(territory.viewer(), file)
    assert file_still_shown(record.pk, file.pk) == file
    withdraw_by_authority(record=record, reason="Visages.", function="f", clock=territory.clock)
    assert not shown(territory.viewer(), file)
    assert file_still_shown(record.pk, file.pk) is None


@pytest.mark.parametrize("visibility", [Visibility.DRAFT, Visibility.HIDDEN])
def test_of_what_is_not_public_the_photo_is_its_authors_and_its_agents_alone(territory, visibility):
    author = territory.citizen.person
    record = with_photo(territory, author=author)
    file = photo_of(record)
    Record.objects.filter(pk=record.pk).update(visibility=visibility)
    neighbour = verified_account("voisine@exemple.fr", "Voisine", password=None)
    moderator = verified_account("moderation@exemple.fr", "Modération", password=None)
    give_role(
        person=moderator.person, role=Role.MODERATOR, authority=territory.authority, clock=territory.clock
    )
    assert shown(territory.viewer(author), file)
    assert shown(territory.viewer(territory.agent.person), file)
    assert shown(territory.viewer(moderator.person), file)
    assert not shown(territory.viewer(neighbour.person), file)
    assert not shown(territory.viewer(welcome_guest()), file)
    assert not shown(territory.viewer(), file)


def test_an_agent_of_another_process_sees_nothing_of_this_ones_drafts(territory):
    record = with_photo(territory)
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.HIDDEN)
    scoped = verified_account("ailleurs@exemple.fr", "Ailleurs", password=None)
    give_role(
        person=scoped.person, role=Role.AGENT, authority=territory.authority,
        process=territory.mandate.record, clock=territory.clock,
    )  # fmt: skip
    assert not shown(territory.viewer(scoped.person), photo_of(record))


def test_a_neighbours_authority_shows_none_of_our_files_even_to_its_agents(territory):
    file = photo_of(with_photo(territory))
    other = build_territory("ailleurs", host="ailleurs.example")
    assert not shown(other.viewer(), file)
    assert not shown(Viewer(other.authority, other.agent.person, is_signed_in=True), file)


@pytest.mark.parametrize("erase", [erase_words, take_back_idea, erase_files])
def test_when_its_author_takes_it_back_the_photo_its_words_and_its_bytes_go(territory, erase):
    record = with_photo(territory)
    file = photo_of(record)
    erase(record=record, clock=territory.clock)
    assert not Attachment.objects.exists()
    assert not shown(territory.viewer(), file)
    assert not Opening.objects.filter(part__in=("file", "alternative")).exists()
    assert erase_due_files(territory.clock) == 1
    assert not storages["private"].exists(path_of(file.pk))


def test_a_photo_that_another_record_shows_too_stays_until_that_one_goes(territory):
    first, second = with_photo(territory), with_photo(territory, text="Moi aussi.")
    erase_words(record=first, clock=territory.clock)
    assert erase_due_files(territory.clock) == 0
    assert shown(territory.viewer(), photo_of(second))
    erase_words(record=second, clock=territory.clock)
    assert erase_due_files(territory.clock) == 1


def test_nothing_to_erase_says_nothing_in_public(territory):
    record = territory.say().idea.record
    assert not erase_files(record=record, clock=territory.clock)
    assert not Entry.objects.filter(kind="files_erased").exists()


@pytest.mark.parametrize(("without_name", "left"), [(True, 0), (False, 1)])
def test_who_leaves_without_her_name_leaves_without_her_photos(territory, without_name, left):
    with_photo(territory, author=territory.citizen.person, byline="Gabriel")
    leave(account=territory.citizen, without_name=without_name, clock=territory.clock)
    assert Attachment.objects.count() == left
    assert erase_due_files(territory.clock) == 1 - left


def test_a_file_that_a_record_shows_is_never_erased_by_mistake(territory, caplog):
    record = with_photo(territory)
    StoredFile.objects.update(erase_after=territory.clock.moment)
    assert erase_due_files(territory.clock) == 0
    assert shown(territory.viewer(), photo_of(record))
    assert "a Record shows it" in caplog.text
