"""A file of passwords that leaked is searched where it stands, and is never read whole."""

import hashlib
import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from democratic.people.models import Account
from democratic.web.accounts.leaked import LeakedFile
from democratic.web.accounts.passwords import NotLeaked
from factories import PASSWORD

LEAKED = [f"fuite numéro {n}" for n in range(5000)]
END = {"unix": "\n", "windows": "\r\n"}


def print_of(password):
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def lines_of(passwords):
    return [f"{digest}:{n * n}" for n, digest in enumerate(sorted(map(print_of, passwords)))]


@pytest.fixture
def written(tmp_path):
    def write(lines, end="\n", *, last=True) -> LeakedFile:
        path = tmp_path / "leaked.txt"
        path.write_bytes((end.join(lines) + (end if last else "")).encode())
        return LeakedFile(path)

    return write


@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("end", END.values(), ids=END)
def test_each_password_of_the_file_is_found_and_no_other(written, end, last):
    file = written(lines_of(LEAKED), end, last=last)
    assert file.fault() == ""
    assert [word for word in LEAKED if not file.holds(word)] == []
    assert [n for n in range(2000) if file.holds(f"personne {n}")] == []


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_a_short_file_is_searched_to_both_ends(written, count):
    file = written(lines_of(LEAKED[:count]))
    assert [file.holds(word) for word in LEAKED[: count + 1]] == [True] * count + [False]


def test_a_line_without_a_count_is_read_as_well(written):
    file = written(sorted(map(print_of, LEAKED[:50])))
    assert (file.fault(), file.holds(LEAKED[7]), file.holds("autre")) == ("", True, False)


def test_a_few_short_reads_find_one_in_five_thousand(written, monkeypatch):
    file, read = written(lines_of(LEAKED)), []

    class Counted(io.FileIO):
        def read(self, size=-1):
            read.append(size)
            return super().read(size)

    monkeypatch.setattr(Path, "open", lambda self, *_given, **_named: Counted(self))
    assert file.holds(LEAKED[1234])
    assert len(read) <= 20
    assert max(read) < 200
    assert min(read) > 0


SPOILT = {
    "order": lambda lines: lines[2500:] + lines[:2500],
    "lines": lambda lines: [line.lower() for line in lines],
    "empty": lambda _lines: [],
}


@pytest.mark.parametrize("fault", SPOILT)
def test_what_is_wrong_with_a_file_is_named(written, fault):
    file = written(SPOILT[fault](lines_of(LEAKED)), last=fault != "empty")
    assert file.fault() == fault


def test_a_file_in_the_other_order_is_told(written):
    assert written(lines_of(LEAKED)[::-1]).fault() == "order"


def test_prose_is_no_list_of_passwords(written):
    assert written(["Une très longue phrase sans fin. " * 20]).fault() == "lines"


def test_a_file_that_is_not_there_is_missing(tmp_path):
    assert LeakedFile(tmp_path / "nulle-part").fault() == "missing"


@pytest.fixture
def operator_gave_a_file(written, settings):
    file = written(lines_of([*LEAKED, "bonjour les voisins"]))
    settings.LEAKED_PASSWORDS = str(file.path)
    return file


def test_a_password_that_leaked_is_refused_in_words(territory, visitor, operator_gave_a_file):
    given = {"is_15": "on", "email": "ines@val-orbe.example", "password1": "bonjour les voisins"}
    assert "a fuité ailleurs" in visitor().send("/compte/creer", **given).content.decode()
    assert not Account.objects.filter(email=given["email"]).exists()
    assert visitor().send("/compte/creer", **given | {"password1": PASSWORD}).status_code == 302


def test_without_a_file_nothing_is_compared(settings):
    settings.LEAKED_PASSWORDS = ""
    NotLeaked().validate("bonjour les voisins")


def test_a_file_that_went_away_stops_nobody_and_is_an_error_of_the_log(operator_gave_a_file, caplog):
    operator_gave_a_file.path.unlink()
    NotLeaked().validate("bonjour les voisins")
    assert [line.levelname for line in caplog.records] == ["ERROR"]
    assert "bonjour" not in caplog.text


def test_the_print_is_of_the_password_exactly_as_typed(operator_gave_a_file):
    with pytest.raises(ValidationError):
        NotLeaked().validate("bonjour les voisins")
    for other in ("Bonjour les voisins", "bonjour les voisins ", "bonjour  les voisins"):
        NotLeaked().validate(other)
