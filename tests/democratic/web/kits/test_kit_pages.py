"""« Imprimer » at the desk, and the report beside its page: what is given, kept, refused, and when it fails."""

import os
import signal
import subprocess
from datetime import timedelta

import pytest
from django.core.cache import cache

from courses import whole_course
from democratic.communities.reserve.actions import Dates, schedule_reserve
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.web.kits import making
from democratic.web.kits.all_kits import KITS
from pdf_files import words_of

DESK, REPORT = "/bureau/concertations/bouger/imprimer", "/concertations/bouger/bilan.pdf"
UNAVAILABLE = "ne peut pas être composée pour l’instant"


@pytest.fixture
def desk(territory, client):
    client.force_login(territory.agent)
    return client


@pytest.fixture
def started(monkeypatch):
    """How often the program was started."""
    starts, run = [], subprocess.run

    def counted(words, **more):
        starts.append(words)
        return run(words, **more)

    monkeypatch.setattr(making.subprocess, "run", counted)
    return starts


def test_the_page_shows_each_sheet_says_what_it_is_for_and_gives_it(desk):
    page = desk.get(DESK).content.decode()
    for kit in KITS:
        assert f"{DESK}/{kit.key}.pdf" in page
        assert f"{DESK}/{kit.key}.svg" in page
        assert str(kit.purpose) in page
    assert (
        "/bureau/concertations/bouger/imprimer" in desk.get("/bureau/concertations/bouger").content.decode()
    )


def test_without_an_address_for_rights_the_page_says_so_before_the_notice_is_printed(desk):
    assert "/bureau/collectivite/mentions" in desk.get(DESK).content.decode()


def test_a_sheet_is_composed_once_and_who_has_it_is_told_so(desk, started):
    first = desk.get(f"{DESK}/affiche-a4.pdf")
    assert first["Content-Type"] == "application/pdf"
    assert first.content[:5] == b"%PDF-"
    assert 'filename="affiche-a4-bouger.pdf"' in first["Content-Disposition"]
    again = desk.get(f"{DESK}/affiche-a4.pdf", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert desk.get(f"{DESK}/affiche-a4.pdf").content == first.content
    assert len(started) == 1


def test_another_word_makes_another_sheet(desk, territory, started):
    first = desk.get(f"{DESK}/affiche-a4.pdf")
    territory.mandate.answerer.name = "Ada Martin"
    territory.mandate.answerer.save(update_fields=["name"])
    second = desk.get(f"{DESK}/affiche-a4.pdf", headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]
    assert len(started) == 2


def test_in_an_election_reserve_a_poster_names_a_service_and_nobody(desk, territory):
    named = words_of(desk.get(f"{DESK}/affiche-a4.pdf").content)
    vote = Dates(DATABASE_CLOCK.now().date() + timedelta(days=60))
    schedule_reserve(authority=territory.authority, election="élections", dates=vote, clock=DATABASE_CLOCK)
    bare = words_of(desk.get(f"{DESK}/affiche-a4.pdf").content)
    assert "Vasseur" in named
    assert "Vasseur" not in bare
    assert "Service jeunesse" in bare


def test_the_english_desk_prints_in_english(desk):
    french, english = (desk.get(f"{prefix}{DESK}/cartes.pdf") for prefix in ("", "/en"))
    assert french["ETag"] != english["ETag"]


def test_a_preview_is_a_drawing_that_may_load_and_run_nothing(desk):
    shown = desk.get(f"{DESK}/pointage.svg")
    assert shown["Content-Type"].startswith("image/svg+xml")
    assert "sandbox" in shown["Content-Security-Policy"]
    assert b"<svg" in shown.content
    assert b"<script" not in shown.content


@pytest.mark.parametrize(
    "path", [f"{DESK}/inconnu.pdf", f"{DESK}/bilan.pdf", "/bureau/concertations/x/imprimer"]
)
def test_what_is_not_a_kit_is_not_found(desk, path):
    assert desk.get(path).status_code == 404


@pytest.mark.parametrize("path", [DESK, f"{DESK}/affiche-a4.pdf", f"{DESK}/affiche-a4.svg"])
def test_a_citizen_gets_no_kit_of_the_desk(territory, client, path):
    client.force_login(territory.citizen)
    assert client.get(path).status_code == 403


def test_anyone_prints_the_report_and_its_page_leads_to_it(territory, client):
    whole_course(territory)
    assert REPORT in client.get("/concertations/bouger/bilan").content.decode()
    given = client.get(REPORT)
    assert given.content[:5] == b"%PDF-"
    assert client.get("/concertations/inconnue/bilan.pdf").status_code == 404


def test_a_report_that_is_kept_costs_its_network_nothing(territory, client, monkeypatch):
    spent = []
    monkeypatch.setattr("democratic.web.kits.giving.spend", lambda limit, network: spent.append(limit.name))
    for _ in range(3):
        client.get(REPORT)
    assert spent == ["sheets-of-network"]


def killed(*_args, **_more):
    child = subprocess.Popen(["sleep", "60"])
    os.kill(child.pid, signal.SIGKILL)
    raise subprocess.CalledProcessError(child.wait(), "compiler")


@pytest.mark.parametrize(
    "fault",
    [killed, OSError("no memory"), subprocess.TimeoutExpired("compiler", 30)],
    ids=["killed", "not started", "too long"],
)
def test_a_program_that_dies_is_told_in_a_sentence_and_not_started_by_each_reader(
    client, monkeypatch, territory, fault
):
    tries = []

    def fall(*args, **more):
        tries.append(1)
        if callable(fault):
            fault()
        raise fault

    monkeypatch.setattr(making.subprocess, "run", fall)
    for _ in range(3):
        answer = client.get(REPORT)
        assert answer.status_code == 503
        assert UNAVAILABLE in answer.content.decode()
    assert len(tries) == 1
    assert client.get("/concertations/bouger/bilan").status_code == 200
    monkeypatch.undo()
    cache.clear()
    assert client.get(REPORT).status_code == 200


def test_a_program_that_asks_for_too_much_memory_stops_alone(territory, monkeypatch, tmp_path):
    greedy = tmp_path / "greedy.py"
    source = making.PROGRAM.read_text(encoding="utf-8")
    greedy.write_text(source.replace("asked = json.load(sys.stdin)", "bytearray(4 << 30)"), encoding="utf-8")
    monkeypatch.setattr(making, "PROGRAM", greedy)
    sheet = making.Sheet("x", "poster", {}, territory.mandate.answer_due_on)
    with pytest.raises(making.CannotDraw):
        making.compose(sheet, making.PDF)


def test_the_program_reads_no_file_but_its_templates(territory, monkeypatch, tmp_path):
    (tmp_path / "poster.typ").write_text('#read("/../../../../etc/hostname")', encoding="utf-8")
    monkeypatch.setattr(making, "SHEETS", tmp_path)
    with pytest.raises(making.CannotDraw):
        making.compose(making.Sheet("x", "poster", {}, territory.mandate.answer_due_on), making.PDF)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(territory, desk, django_assert_max_num_queries, count):
    for number in range(count):
        territory.say(f"Parole {number}")
    desk.get(DESK)
    with django_assert_max_num_queries(11):
        desk.get(DESK)
