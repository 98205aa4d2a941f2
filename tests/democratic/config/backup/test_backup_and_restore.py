"""From a filled installation to an empty one, and what is refused on the way."""

import errno
import json
import stat

import psycopg
import pytest

from democratic.config.backup import archive as archives
from democratic.config.backup import dump, reading
from democratic.config.backup.archive import Archive
from democratic.config.commands.signer import installation_signer
from democratic.config.server.errors import CannotStart
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.erasures import keep_erasures_outside
from democratic.kernel.models import StoredFile
from democratic.messaging.incoming import accept
from democratic.messaging.models import IncomingMessage, OutgoingMessage
from democratic.messaging.ports import Arrived
from democratic.observatory.actions import erase_judge
from democratic.people.actions import stop_address
from democratic.people.models import ContactAddress
from democratic.thread.actions import erase_words, withdraw_own
from democratic.thread.journal import drain
from democratic.thread.models import Record, Wording
from installations import PASSPHRASE
from judging import bench


@pytest.fixture
def saved(installation, tmp_path):
    return installation.back_up(tmp_path / "kept")


def restore(empty, path, *words, **more):
    return empty.command("restore", path, "--passphrase-file", empty.passphrase_file, *words, **more)


def nothing_came(empty):
    with psycopg.connect(empty.url) as asked:
        return dump.table_names(asked) == [] and not empty.place.secrets.exists()


def test_what_was_saved_comes_back_whole_and_says_so(installation, saved, empty):
    said = restore(empty, saved.path)
    assert "chacune a les lignes et l'empreinte" in said
    assert "Le journal est entier" in said
    assert "1 nommés par la base, tous égaux" in said
    for question in (
        "select code, visibility, byline from thread_record order by id",
        "select record_id, text from thread_wording order by id",
        "select part, salt, value from thread_opening order by id",
        "select * from thread_head",
    ):
        assert empty.rows(question) == installation.rows(question) != []
    assert empty.place.head.read_bytes() == installation.place.head.read_bytes()
    for name in ("django", "signing-key.pem"):
        assert (empty.place.secrets / name).read_bytes() == (installation.place.secrets / name).read_bytes()
        assert stat.S_IMODE((empty.place.secrets / name).stat().st_mode) == 0o600


def test_an_archive_is_one_file_that_only_its_owner_reads_and_says_nothing(saved):
    assert [path.name for path in saved.path.parent.iterdir()] == [saved.path.name]
    assert stat.S_IMODE(saved.path.stat().st_mode) == 0o600
    assert b"dernier bus" not in saved.path.read_bytes()


def test_what_waits_for_an_age_is_erased_before_a_backup_begins(installation, tmp_path, live_territory):
    sent = [Arrived("m1", "enfant-4217", "mon secret")]
    accept(live_territory.authority, "widget", sent)
    IncomingMessage.objects.update(state="held")
    installation.back_up(tmp_path / "kept")
    assert installation.rows("select state, text, address from messaging_incomingmessage") == [
        ("done", "", "")
    ]


def test_it_holds_one_instant_whatever_is_written_meanwhile(installation, tmp_path, live_territory):
    told = []

    def speak_once(part, _size):
        if not told:  # the first part is written once the snapshot is taken
            live_territory.say("Dit pendant la sauvegarde.")
        told.append(part)

    before = Record.objects.count()
    made = installation.back_up(tmp_path / "kept", speak_once)
    assert Record.objects.count() == before + 1
    assert made.manifest["tables"]["thread_record"].rows == before


@pytest.mark.parametrize("what", ["cut", "altered", "of another kind", "empty"])
def test_an_archive_that_is_not_whole_is_refused_before_anything_is_touched(saved, empty, what):
    raw = bytearray(saved.path.read_bytes())
    if what == "cut":
        del raw[len(raw) // 2 :]
    elif what == "altered":
        raw[len(raw) // 2] ^= 1
    else:
        raw = bytearray(b"" if what == "empty" else b"PGDMP" + bytes(1000))
    saved.path.write_bytes(raw)
    said = restore(empty, saved.path, expected=2)
    assert ("coupée ou altérée" if what in ("cut", "altered") else "n'est pas une sauvegarde") in said
    assert said.count("\n") == 1
    assert nothing_came(empty)


def test_another_passphrase_and_an_installation_that_is_not_empty_are_refused(
    installation, saved, empty, tmp_path
):
    other = tmp_path / "other"
    other.write_text("une autre phrase de passe")
    said = empty.command("restore", saved.path, "--passphrase-file", other, expected=2)
    assert "pas la phrase de passe" in said
    assert nothing_came(empty)
    assert "n'est pas vide" in restore(installation, saved.path, expected=2)
    with psycopg.connect(empty.url, autocommit=True) as asked:
        asked.execute("create table somebody_elses (id int)")
    assert "a déjà 1 tables" in restore(empty, saved.path, expected=2)


def test_the_archive_of_a_newer_version_is_refused(installation, saved, empty, tmp_path):
    with psycopg.connect(installation.url, autocommit=True) as asked:
        asked.execute(
            "insert into django_migrations (app, name, applied) values ('thread', '0999_later', now())"
        )
    try:
        made = installation.back_up(tmp_path / "newer")
    finally:
        with psycopg.connect(installation.url, autocommit=True) as asked:
            asked.execute("delete from django_migrations where name = '0999_later'")
    said = restore(empty, made.path, expected=2)
    assert "version plus récente" in said
    assert "thread.0999_later" in said
    assert nothing_came(empty)


def test_a_table_that_is_not_the_one_that_was_saved_is_named(installation, saved):
    manifest = Archive(saved.path, PASSPHRASE).verify(lambda *_: None)
    reading.compare(installation.url, manifest)
    Wording.objects.filter(pk=Wording.objects.first().pk).update(title="Un mot de plus")
    with pytest.raises(CannotStart, match="thread_wording"):
        reading.compare(installation.url, manifest)


def test_a_lost_file_keeps_nothing_else_from_being_saved_and_secrets_may_open_apart(
    installation, tmp_path, empty
):
    stored = StoredFile.objects.get()
    (installation.place.files / stored.pk[:2] / stored.pk).unlink()
    apart = tmp_path / "apart"
    apart.write_text("celle des secrets seuls")
    made = installation.back_up(tmp_path / "kept", secrets_passphrase=b"celle des secrets seuls")
    assert made.missing == {stored.pk: "absent"}
    assert "une autre phrase de passe" in restore(empty, made.path, expected=2)
    said = restore(empty, made.path, "--secrets-passphrase-file", apart)
    assert "1 manquent déjà dans la sauvegarde" in said
    assert "Aucun registre donné" in said
    assert (empty.place.secrets / "django").exists()


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
def test_a_backup_that_stops_halfway_leaves_no_archive(installation, tmp_path, fault):
    def stop(part, _size):
        if part.startswith(archives.DATABASE):
            raise fault

    with pytest.raises(type(fault)):
        installation.back_up(tmp_path / "kept", stop)
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_restore_that_stops_halfway_keeps_anything_from_starting(saved, empty):
    with psycopg.connect(empty.url, autocommit=True) as asked:
        asked.execute("create view thread_record as select 1")  # pg_restore finds it in its way
    assert "pg_restore a échoué" in restore(empty, saved.path, expected=2)
    for command in (["run", "--port", "1"], ["migrate"], ["backup"]):
        assert "n'est pas allée au bout" in empty.command(*command, expected=2)


def test_what_was_erased_since_is_erased_again_and_what_was_signed_since_asks_for_an_epoch(
    installation, tmp_path, empty, live_territory
):
    ideas = list(Record.objects.filter(kind="idea").order_by("pk"))
    canary = ideas[0].wording.text
    address = ContactAddress.objects.create(person=live_territory.agent.person, email="lina@exemple.fr")
    OutgoingMessage.objects.create(
        authority=ideas[0].authority, address=address, purpose="notice", subject="s", body="b"
    )
    saved = installation.back_up(tmp_path / "kept")
    erase_words(record=ideas[0], clock=DATABASE_CLOCK)
    withdraw_own(record=ideas[1], clock=DATABASE_CLOCK)
    stop_address(address=address, clock=DATABASE_CLOCK)
    drain(clock=DATABASE_CLOCK, signer=installation_signer())
    keep_erasures_outside()
    register, head = installation.place.erasures, installation.place.head
    assert canary not in register.read_text()

    said = restore(empty, saved.path, "--erasures", register, "--head", head)

    assert "1 paroles, 1 retraits, 1 adresses arrêtées" in said
    assert empty.rows(f"select text from thread_wording where record_id = '{ideas[0].pk}'") == [("",)]
    assert empty.rows(f"select visibility from thread_record where id = '{ideas[1].pk}'") == [("withdrawn",)]
    assert empty.rows("select count(*) from people_contactaddress where stopped_at is null") == [(0,)]
    assert empty.rows("select count(*) from thread_entry where kind = 'words_erased'") == [(1,)]
    kept = {json.loads(line)["target"] for line in empty.place.erasures.read_text().splitlines()}
    assert kept == {str(ideas[0].pk), str(ideas[1].pk), str(address.pk)}  # the next backup knows of them
    assert "1 attendaient" in said  # a mail that may have left since
    assert empty.rows("select state, reason from messaging_outgoingmessage") == [("stopped", "restauration")]
    assert "journal new-epoch" in said
    said = empty.command("journal", "new-epoch", "--reason", "Un essai de restauration.")
    assert "L'époque 2 est ouverte" in said


def test_a_member_s_name_that_was_taken_off_since_is_taken_off_again(
    installation, tmp_path, empty, live_territory
):
    court = bench(live_territory)
    verdict = court.find(minority="Non.", dissenters=[court.seats[0]], votes_against=1)
    drain(clock=DATABASE_CLOCK, signer=installation_signer())
    saved = installation.back_up(tmp_path / "kept")
    erase_judge(seat=court.seats[0])
    keep_erasures_outside()

    said = restore(empty, saved.path, "--erasures", installation.place.erasures)

    assert "1 noms de membres d'observatoire" in said
    names = "select name from observatory_seat order by name"
    assert empty.rows(names) == installation.rows(names) == [("",), ("Jurée 1",), ("Jurée 2",)]
    assert empty.rows("select count(*) from thread_opening where value::text like '%Jurée 0%'") == [(0,)]
    kept = f"select says, minority from observatory_verdict where record_id = '{verdict.pk}'"
    assert empty.rows(kept) == installation.rows(kept) == [("unkept", "Non.")]
