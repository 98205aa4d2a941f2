"""An authority that leaves with its observatory: all of it arrives, and nobody there can change it either."""

import psycopg
import pytest

from democratic.config.commands import portable_acts
from democratic.config.commands.signer import installation_signer
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.observatory.actions import Act, correct_hearing, erase_judge, offer_seat, reply_to_verdict
from democratic.observatory.models import Seat
from democratic.observatory.states import Says
from democratic.thread.journal import drain
from judging import bench

TABLES = ("observatory", "closing", "hearing", "correction", "verdict", "dissenter", "reply")
OF_SEATS = (
    "select id, observatory_id, name, act_on, act_reference, since, term_ends_on, until, end_reason"
    " from observatory_seat where since is not null order by id"
)
FOUND = (
    "select r.code from thread_recordsearch s join thread_record r on r.id = s.record_id"
    " where s.vector::text like '%luminesc%'"
)
HANDS = (
    "update observatory_verdict set says = 'kept'",
    "delete from observatory_dissenter",
    "update observatory_reply set text = 'Autre chose'",
    "update observatory_hearing set transcript = ''",
    "delete from observatory_correction",
    "update observatory_seat set act_reference = 'Autre'",
    "update thread_record set visibility = 'hidden' where kind = 'verdict'",
    "delete from thread_wording where record_id in (select record_id from observatory_hearing)",
)


@pytest.fixture
def court(installation, live_territory, monkeypatch):
    """Two hearings, one of which was corrected twice; three verdicts, a dissent, a reply; a name that was taken off."""
    monkeypatch.setattr(
        "democratic.config.portable.writing.settings.JOURNAL_PUBLIC_KEY",
        installation_signer().public_key.public_bytes_raw().hex(),
    )
    court = bench(live_territory)
    hearing = court.hear()
    court.hear(transcript="La directrice a cité Xyzzy Untel.")
    correct_hearing(hearing=hearing, note="Le 3, pas le 2.", person_ids=court.ids(), clock=court.clock)
    correct_hearing(
        hearing=hearing,
        note="Un passage.",
        strike="La directrice dit",
        person_ids=court.ids(),
        clock=court.clock,
    )
    verdict = court.find(minority="C’est trop tôt.", dissenters=[court.seats[2]], votes_against=1)
    court.find(Says.DOING)
    court.find(Says.KEPT, commitment=court.commitments[1])
    reply_to_verdict(
        verdict=verdict, official=live_territory.official, text="Le marché est relancé.", clock=court.clock
    )
    offer_seat(
        observatory=court.observatory,
        by=court.speaker.person,
        act=Act(court.today, "Pas encore"),
        clock=court.clock,
    )
    erase_judge(seat=court.seats[1])
    drain(clock=DATABASE_CLOCK, signer=installation_signer())
    return court


def export(court, path, *, with_private=False, passphrase_file=None):
    slug = court.territory.authority.slug
    portable_acts.export(slug, path, with_private=with_private, passphrase_file=passphrase_file)
    return path


def test_all_that_was_judged_arrives_is_found_and_is_nobody_s_to_change_there(
    court, installation, ready, tmp_path
):
    path = export(court, tmp_path / "left.zip")
    key = installation_signer().public_key.public_bytes_raw().hex()
    ready.command("import-authority", path, "--key", key)
    for table in TABLES:
        question = f"select * from observatory_{table} order by 1"
        assert ready.rows(question) == installation.rows(question), table
    assert ready.rows("select count(*) from observatory_verdict") == [(3,)]
    assert ready.rows("select count(*) from observatory_correction where strikes") == [(1,)]
    assert ready.rows(OF_SEATS) == installation.rows(OF_SEATS) != []
    assert ready.rows(
        "select count(*) from observatory_seat where since is null or person_id is not null"
    ) == [(0,)]
    assert sorted(ready.rows(FOUND)) == sorted(installation.rows(FOUND)) != []
    for statement in HANDS:
        with psycopg.connect(ready.url) as hand, pytest.raises(psycopg.Error, match=r"stays|insert-only"):
            hand.execute(statement)


def test_what_is_private_of_members_leaves_only_sealed(court, installation, ready, tmp_path):
    opened = export(court, tmp_path / "left.zip").read_bytes()
    assert b"Pas encore" not in opened
    sealed = export(
        court, tmp_path / "left.sealed", with_private=True, passphrase_file=installation.passphrase_file
    )
    ready.command("import-authority", sealed, "--passphrase-file", installation.passphrase_file)
    question = "select id, person_id, offered_by_id, secret_hash, since from observatory_seat order by id"
    assert ready.rows(question) == installation.rows(question)
    assert len(ready.rows(question)) == Seat.objects.count() == 4
