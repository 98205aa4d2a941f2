"""Files of a store of the S3 API: saved, put back, erased again, and what is said when the store fails."""

import hashlib
import io
import shutil
from uuid import uuid4

import pytest

from democratic.config.backup import bucket as buckets
from democratic.config.backup.archive import FILES, Archive
from democratic.config.backup.bucket import Bucket
from democratic.config.backup.chosen import Nearest, source_of, store_of
from democratic.config.backup.following_store import StoreFollower
from democratic.config.backup.place import SecondPlace
from democratic.config.backup.reading import Filling
from democratic.config.backup.stores import ABSENT, ALTERED, Folder, Lacking, StoreFails
from democratic.config.commands import backup as backup_command
from democratic.config.places import Places
from democratic.config.server.errors import CannotStart
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.erasures import keep_erasures_outside
from democratic.kernel.files import hold_file
from democratic.kernel.models import StoredFile
from democratic.thread.actions import NewAttachment, erase_files, erase_words
from democratic.thread.models import Record
from installations import PASSPHRASE
from object_store import BUCKET, gone, s3_server, silent_server
from pictures import picture
from store_that_lies import NO_STORE, lying_store

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:botocore")

PHOTO, DOCUMENT = picture((40, 30)), b"%PDF-1.7 what was promised"


def digest(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3")) as address:
        yield address


@pytest.fixture
def fresh(server):
    """Buckets, each with nothing in it: their addresses."""

    def make():
        name = f"made-{uuid4().hex[:12]}"
        Bucket.at(server).client.create_bucket(Bucket=name)
        return server.replace(f"/{BUCKET}?", f"/{name}?")

    return make


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setitem(buckets.PATIENCE, "read_timeout", 0.3)


@pytest.fixture
def address(installation, live_territory, fresh):
    """The installation's two files, one of them a photo that a record shows, are in its bucket alone."""
    made = fresh()
    StoredFile.objects.create(
        sha256=digest(PHOTO),
        size=len(PHOTO),
        content_type="image/jpeg",
        width=40,
        height=30,
        has_thumbnails=True,
    )
    photo = NewAttachment(StoredFile.objects.get(pk=digest(PHOTO)), "Un arrêt de bus sans abri.")
    live_territory.say("Il pleut dans l’abri.", photo=photo)
    for content in (PHOTO, DOCUMENT):
        Bucket.at(made).put(digest(content), io.BytesIO(content))
    shutil.rmtree(installation.place.files)
    return made


@pytest.fixture
def asked(installation, tmp_path, monkeypatch, capsys):
    """``backup`` as an operator asks for it, here: its code and what it said. A command refuses the tests' server."""

    def ask(address, *words):
        monkeypatch.setenv("DATABASE_URL", installation.url)
        monkeypatch.setenv("DEMOCRATIC_S3", address)
        passphrase = ["--passphrase-file", str(installation.passphrase_file)]
        try:
            code = backup_command.main(["--to", str(tmp_path / "kept"), *passphrase, *words])
        finally:
            monkeypatch.delenv("DEMOCRATIC_S3")
            monkeypatch.delenv("DATABASE_URL")
        return code, capsys.readouterr().out

    return ask


def saved_by(installation, to, address):
    return installation.back_up(to, files=Bucket.at(address)).path


def restore(empty, path, *words, **env):
    return empty.command("restore", path, "--passphrase-file", empty.passphrase_file, *words, **env)


def held(address, *contents):
    """Those of them that the bucket has, byte for byte."""
    store = Bucket.at(address)
    return [content for content in contents if store._has(digest(content), len(content))]


def files_in(path):
    manifest = Archive(path, PASSPHRASE).verify(lambda *_: None)
    return {name.removeprefix(FILES): sha256 for name, _size, sha256 in manifest["parts"] if FILES in name}


# There and back.


def test_the_files_of_a_bucket_are_saved_and_come_back_into_a_fresh_one(
    installation, address, fresh, empty, tmp_path
):
    path = saved_by(installation, tmp_path / "kept", address)
    assert files_in(path) == {digest(content): digest(content) for content in (PHOTO, DOCUMENT)}
    other = fresh()
    assert held(other, PHOTO, DOCUMENT) == []

    said = restore(empty, path, DEMOCRATIC_S3=other)

    assert "Les fichiers iront dans la réserve S3 « made-" in said
    assert "2 nommés par la base, tous égaux" in said
    assert held(other, PHOTO, DOCUMENT) == [PHOTO, DOCUMENT]
    assert not empty.place.files.exists()
    assert (
        empty.rows("select 1 from kernel_storedfile where has_thumbnails") == []
    )  # the worker's to make again


@pytest.mark.prove
def test_they_come_back_into_the_folder_of_an_installation_that_has_no_bucket_and_the_other_way_round(
    installation, address, fresh, empty, tmp_path
):
    path = saved_by(installation, tmp_path / "kept", address)
    said = restore(empty, path)
    assert f"Les fichiers iront dans {empty.place.files}" in said
    assert "2 nommés par la base, tous égaux" in said
    kept = {file.name: file.read_bytes() for file in empty.place.files.glob("??/*")}
    assert kept == {digest(PHOTO): PHOTO, digest(DOCUMENT): DOCUMENT}

    made = empty.back_up(tmp_path / "local")
    other = fresh()
    for content in (PHOTO, DOCUMENT):
        with Folder(empty.place.files).open(digest(content), len(content)) as file:
            Bucket.at(other).put(digest(content), file)
    assert files_in(made.path).keys() == kept.keys()
    assert held(other, PHOTO, DOCUMENT) == [PHOTO, DOCUMENT]


@pytest.mark.prove
def test_a_photo_that_was_erased_since_leaves_the_bucket_again_before_the_restore_ends(
    installation, address, fresh, empty, tmp_path
):
    path = saved_by(installation, tmp_path / "kept", address)
    record = Record.objects.get(attachments__file=digest(PHOTO))
    assert erase_files(record=record, clock=DATABASE_CLOCK)
    keep_erasures_outside()
    other = fresh()

    said = restore(empty, path, "--erasures", installation.place.erasures, DEMOCRATIC_S3=other)

    assert "1 effacés" in said
    assert held(other, PHOTO, DOCUMENT) == [DOCUMENT]
    assert empty.rows("select sha256 from kernel_storedfile") == [(digest(DOCUMENT),)]


def test_what_the_bucket_still_has_is_not_sent_again_and_what_was_altered_in_it_is(server, fresh):
    store = Bucket.at(fresh())
    sent = []
    store.client.meta.events.register("before-call.s3.PutObject", lambda **more: sent.append(more))
    for _ in range(2):
        assert store.put(digest(PHOTO), io.BytesIO(PHOTO)) == len(PHOTO)
    assert len(sent) == 1
    overwrite(store, digest(PHOTO), bytes(len(PHOTO)))
    store.put(digest(PHOTO), io.BytesIO(PHOTO))
    with store.open(digest(PHOTO), len(PHOTO)) as content:
        assert content.read() == PHOTO


def test_content_that_is_not_that_of_its_name_is_put_nowhere(fresh, tmp_path):
    for store in (Bucket.at(fresh()), Folder(tmp_path)):
        with pytest.raises(Lacking, match=ALTERED):
            store.put(digest(PHOTO), io.BytesIO(DOCUMENT))
        with pytest.raises(Lacking, match=ABSENT), store.open(digest(PHOTO), len(PHOTO)):
            pass


def overwrite(store, sha256, content):
    store.client.put_object(Bucket=store.name, Key=f"{sha256[:2]}/{sha256}", Body=content)


# A file that is lost.


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, ABSENT), (bytes(len(PHOTO)), ALTERED), (PHOTO + b"more", ALTERED), (b"", ALTERED)],
)
def test_one_file_that_is_lost_is_named_and_all_the_rest_is_saved(
    installation, address, tmp_path, content, why
):
    store = Bucket.at(address)
    if content is None:
        store.client.delete_object(Bucket=store.name, Key=f"{digest(PHOTO)[:2]}/{digest(PHOTO)}")
    else:
        overwrite(store, digest(PHOTO), content)
    made = installation.back_up(tmp_path / "kept", files=store)
    assert made.missing == {digest(PHOTO): why}
    assert list(files_in(made.path)) == [digest(DOCUMENT)]


@pytest.mark.prove
def test_the_operator_is_told_which_one_what_to_do_and_by_the_code_of_the_end(
    address, fresh, empty, tmp_path, asked
):
    store = Bucket.at(address)
    store.client.delete_object(Bucket=store.name, Key=f"{digest(PHOTO)[:2]}/{digest(PHOTO)}")
    code, said = asked(address)
    assert code == backup_command.INCOMPLETE
    assert "1 fichiers, " in said
    assert "⚠ 1 fichiers que des pages montrent n'ont pu être pris dans la réserve S3" in said
    assert f"{digest(PHOTO)[:2]}/{digest(PHOTO)} : absent" in said
    assert "puis recommencez" in said
    (path,) = (tmp_path / "kept").iterdir()
    said = restore(empty, path, DEMOCRATIC_S3=fresh())
    assert f"dont 1 manquent déjà dans la sauvegarde ({digest(PHOTO)}…)" in said


def test_what_nothing_shows_yet_or_any_more_is_not_missing(installation, address, tmp_path):
    """Its row comes before its bytes, and leaves with them: both may happen during a backup."""
    StoredFile.objects.create(
        sha256="a" * 64, size=3, content_type="application/pdf", erase_after=DATABASE_CLOCK.now()
    )
    assert installation.back_up(tmp_path / "kept", files=Bucket.at(address)).missing == {}
    hold_file(StoredFile.objects.get(pk="a" * 64))
    assert installation.back_up(tmp_path / "more", files=Bucket.at(address)).missing == {"a" * 64: ABSENT}


def test_what_is_erased_while_the_backup_runs_is_not_missing(installation, address, tmp_path):
    store, record = Bucket.at(address), Record.objects.get(attachments__file=digest(PHOTO))

    def erase(part, _size):
        if part.startswith("database/") and Record.objects.filter(attachments__file=digest(PHOTO)).exists():
            erase_words(record=record, clock=DATABASE_CLOCK)
            store.client.delete_object(Bucket=store.name, Key=f"{digest(PHOTO)[:2]}/{digest(PHOTO)}")

    made = installation.back_up(tmp_path / "kept", erase, files=store)
    assert made.missing == {}
    assert list(files_in(made.path)) == [digest(DOCUMENT)]


# A store that fails.


def test_a_store_that_is_gone_leaves_no_archive_and_the_rest_can_be_saved_without_it(
    address, empty, tmp_path, asked
):
    kept, where = tmp_path / "kept", gone()
    with pytest.raises(CannotStart, match="elle ne répond pas") as refused:
        asked(where)
    assert "Aucune sauvegarde n'est faite" in str(refused.value)
    assert "S3RVER" not in str(refused.value)
    assert not kept.exists()

    code, said = asked(where, "--without-files")
    assert code == 0
    assert "Sans les fichiers, comme demandé" in said
    (path,) = kept.iterdir()
    # The bucket that survived has them: nothing is missing.
    assert "2 nommés par la base, tous égaux" in restore(empty, path, DEMOCRATIC_S3=address)


@pytest.mark.prove
def test_a_store_that_falls_silent_after_some_files_leaves_no_archive(installation, address, tmp_path):
    store = Bucket.at(address)

    def fall_silent(part, _size):
        if part.startswith(FILES):
            store.client.meta.events.register("before-send.s3.GetObject", hang_up)

    with pytest.raises(CannotStart, match="Aucune sauvegarde n'est faite"):
        installation.back_up(tmp_path / "kept", fall_silent, files=store)
    assert list((tmp_path / "kept").iterdir()) == []


def hang_up(**_more):
    raise buckets.BotoCoreError


@pytest.mark.parametrize(("right", "wrong"), [("//S3RVER:", "//UNKNOWN:"), (BUCKET, "no-such-bucket")])
def test_a_wrong_key_or_a_wrong_bucket_is_told_before_the_database_is_read(
    installation, server, tmp_path, right, wrong
):
    with pytest.raises(CannotStart, match=r"elle répond « (InvalidAccessKeyId|NoSuchBucket) »"):
        installation.back_up(tmp_path / "kept", files=Bucket.at(server.replace(right, wrong)))
    assert not (tmp_path / "kept").exists()


def test_a_store_that_never_answers_is_given_up_within_its_patience(impatient):
    with silent_server() as url:
        store = Bucket.at(url, asks=1)
        for act in (store.examine, store.examine_writing):
            with pytest.raises(StoreFails, match="elle ne répond pas"):
                act()


@pytest.mark.parametrize("answer", NO_STORE)
def test_an_answer_that_no_store_gives_is_a_store_that_fails_and_not_a_file_that_is_absent(impatient, answer):
    with lying_store(answer) as url, pytest.raises(StoreFails):
        Bucket.at(url, asks=1).examine()


@pytest.mark.parametrize("said", [len(PHOTO), 10**12])
def test_a_file_that_stops_on_its_way_or_never_ends_is_not_taken(impatient, said):
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % said + PHOTO[:20]
    kind = StoreFails if said == len(PHOTO) else Lacking
    with (
        lying_store(answer) as url,
        pytest.raises(kind),
        Bucket.at(url, asks=1).open(digest(PHOTO), len(PHOTO)),
    ):
        pytest.fail("half a file was taken for a file")


def test_a_store_that_gives_a_byte_now_and_then_is_given_up(address, monkeypatch):
    monkeypatch.setattr(buckets, "LONGEST", -1.0)
    store = Bucket.at(address)
    with pytest.raises(StoreFails, match="n'est pas venu"), store.open(digest(PHOTO), len(PHOTO)):
        pytest.fail("it was waited for")


def test_a_restore_asks_the_store_before_it_restores_anything(installation, address, empty, tmp_path):
    path = saved_by(installation, tmp_path / "kept", address)
    said = restore(empty, path, expected=2, DEMOCRATIC_S3=gone())
    assert "Les fichiers ne peuvent être remis" in said
    assert not empty.place.secrets.exists()
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"
    with lying_store(answer) as url, pytest.raises(StoreFails, match="n'est pas celle d'une réserve"):
        Bucket.at(url, asks=1).examine_writing()


# The second place.


@pytest.fixture
def second(tmp_path):
    return SecondPlace(tmp_path / "second").prepare()


class Counted:
    """A store that says what was asked of it."""

    def __init__(self, store):
        self.store, self.asked, self.called = store, [], store.called

    def examine(self):
        raise StoreFails("not needed")

    def open(self, sha256, size):
        self.asked.append(sha256)
        return self.store.open(sha256, size)


def test_files_follow_into_the_second_place_once_and_leave_when_the_database_names_them_no_more(
    installation, address, second, monkeypatch
):
    store = Counted(Bucket.at(address))
    follower = StoreFollower(store, second, installation.url)
    monkeypatch.setattr("democratic.config.backup.following_store.EVERY", 0.0)
    for _ in range(2):
        follower.go_round()
    assert sorted(store.asked) == sorted([digest(PHOTO), digest(DOCUMENT)])
    assert {file.read_bytes() for file in second.files.glob("??/*")} == {PHOTO, DOCUMENT}
    StoredFile.objects.filter(pk=digest(DOCUMENT)).delete()
    follower.go_round()
    assert [file.read_bytes() for file in second.files.glob("??/*")] == [PHOTO]


def test_a_file_that_has_not_come_yet_is_told_once_and_keeps_no_other_from_following(
    installation, address, second, monkeypatch, caplog
):
    late = b"%PDF-1.7 on its way"
    StoredFile.objects.create(sha256=digest(late), size=len(late), content_type="application/pdf")
    follower = StoreFollower(Bucket.at(address), second, installation.url)
    monkeypatch.setattr("democratic.config.backup.following_store.EVERY", 0.0)
    for _ in range(2):
        follower.go_round()
    assert [record.args for record in caplog.records] == [(digest(late), ABSENT)]
    assert len(list(second.files.glob("??/*"))) == 2
    Bucket.at(address).put(digest(late), io.BytesIO(late))
    follower.go_round()
    assert len(list(second.files.glob("??/*"))) == 3


@pytest.mark.prove
def test_a_large_store_is_followed_bit_by_bit(installation, address, second, monkeypatch):
    monkeypatch.setattr("democratic.config.backup.following_store.PORTION", -1.0)
    follower = StoreFollower(Counted(Bucket.at(address)), second, installation.url)
    follower.go_round()
    assert follower.store.asked == []
    assert follower._next == 0.0  # the next round goes on at once


@pytest.mark.prove
def test_a_backup_takes_from_the_second_place_what_it_has_and_fetches_the_rest(
    installation, address, second, tmp_path
):
    near, store = Folder(second.files), Counted(Bucket.at(address))
    near.put(digest(PHOTO), io.BytesIO(PHOTO))
    made = installation.back_up(tmp_path / "kept", files=Nearest(near, store))
    assert made.missing == {}
    assert store.asked == [digest(DOCUMENT)]
    assert files_in(made.path).keys() == {digest(PHOTO), digest(DOCUMENT)}
    (second.files / digest(PHOTO)[:2] / digest(PHOTO)).write_bytes(bytes(len(PHOTO)))  # a disk that forgets
    assert files_in(installation.back_up(tmp_path / "more", files=Nearest(near, store)).path) == files_in(
        made.path
    )


def test_a_base_brings_back_no_file_that_was_erased_since_and_those_that_came_since(
    installation, address, fresh, second, tmp_path
):
    path, late, other = saved_by(installation, tmp_path / "kept", address), b"%PDF-1.7 came later", fresh()
    for content in (PHOTO, DOCUMENT, late):  # the second place had not heard of the erasure yet
        Folder(second.files).put(digest(content), io.BytesIO(content))
    erase_files(record=Record.objects.get(attachments__file=digest(PHOTO)), clock=DATABASE_CLOCK)
    StoredFile.objects.filter(pk=digest(PHOTO)).delete()
    StoredFile.objects.create(sha256=digest(late), size=len(late), content_type="application/pdf")
    place, told = Places(tmp_path / "elsewhere").prepare(), []
    filling = Filling(
        Archive(path, PASSPHRASE), place, Bucket.at(other), 17, lambda part, _size: told.append(part)
    )
    filling.fill_beside(installation.url)
    filling.add_files(second.files)
    assert held(other, PHOTO, DOCUMENT, late) == [DOCUMENT, late]
    assert told == [f"{FILES}{digest(DOCUMENT)}", f"{FILES}{digest(late)}"]  # each once
    assert place.head.read_bytes() == installation.place.head.read_bytes()


def test_the_store_is_the_one_that_the_environment_names(installation, address, tmp_path, monkeypatch):
    assert isinstance(store_of(installation.place), Folder)
    monkeypatch.setenv("DEMOCRATIC_ARCHIVE", str(tmp_path / "second"))
    assert isinstance(source_of(installation.place), Folder)
    monkeypatch.setenv("DEMOCRATIC_S3", address)
    assert isinstance(store_of(installation.place), Bucket)
    assert isinstance(source_of(installation.place), Nearest)
    monkeypatch.setenv("DEMOCRATIC_S3", "https://s3.example.fr/files")
    with pytest.raises(CannotStart, match="DEMOCRATIC_S3 s'écrit"):
        store_of(installation.place)
