from pathlib import Path

import pytest

from democratic.config.server.checks import refuse_wrong_places_of_files
from democratic.config.server.errors import CannotStart
from democratic.config.server.storage import files_origin, private_storage

FOLDER = Path("var/files")


def test_without_an_address_files_are_in_a_folder_that_others_cannot_read():
    options = private_storage("", FOLDER)["OPTIONS"]
    assert options == {
        "location": FOLDER,
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    }


def test_one_address_says_it_all():
    options = private_storage("https://KEY:se%2Fcret@s3.example.fr:8443/files?region=fr-par", FOLDER)[
        "OPTIONS"
    ]
    assert options["access_key"] == "KEY"
    assert options["secret_key"] == "se/cret"
    assert options["bucket_name"] == "files"
    assert options["region_name"] == "fr-par"
    assert options["endpoint_url"] == "https://s3.example.fr:8443"
    assert options["default_acl"] is None


@pytest.mark.parametrize(
    "address",
    [
        "https://s3.example.fr/files",
        "https://KEY@s3.example.fr/files",
        "https://KEY:hunter2@s3.example.fr/",
        "https://KEY:hunter2@s3.example.fr/a/b",
        "http://KEY:hunter2@s3.example.fr/files",
        "ftp://KEY:hunter2@127.0.0.1/files",
        "files",
    ],
)
def test_an_address_that_lacks_something_or_travels_in_the_clear_stops_the_start(address):
    with pytest.raises(CannotStart, match="DEMOCRATIC_S3 s'écrit") as refused:
        private_storage(address, FOLDER)
    assert "hunter2" not in str(refused.value)


def test_a_server_of_this_machine_may_be_spoken_to_in_the_clear():
    assert (
        private_storage("http://K:S@127.0.0.1:4568/b", FOLDER)["OPTIONS"]["endpoint_url"]
        == "http://127.0.0.1:4568"
    )


def test_the_files_origin_is_another_host_without_a_path():
    assert files_origin("", "https://participer.example.fr") == ""
    assert files_origin("https://f.example.fr/", "https://participer.example.fr") == "https://f.example.fr"
    for wrong in (
        "https://participer.example.fr",
        "https://f.example.fr/files",
        "f.example.fr",
        "javascript:x",
    ):
        with pytest.raises(CannotStart):
            files_origin(wrong, "https://participer.example.fr")


def test_a_wrong_place_is_said_before_anything_starts(monkeypatch):
    refuse_wrong_places_of_files(FOLDER, "http://127.0.0.1:8000")
    monkeypatch.setenv("DEMOCRATIC_S3", "https://s3.example.fr/files")
    with pytest.raises(CannotStart, match="DEMOCRATIC_S3 s'écrit"):
        refuse_wrong_places_of_files(FOLDER, "http://127.0.0.1:8000")
    monkeypatch.delenv("DEMOCRATIC_S3")
    monkeypatch.setenv("DEMOCRATIC_FILES_URL", "http://127.0.0.1:8000")
    with pytest.raises(CannotStart, match="un autre hôte"):
        refuse_wrong_places_of_files(FOLDER, "http://127.0.0.1:8000")
    monkeypatch.delenv("DEMOCRATIC_FILES_URL")
    monkeypatch.setenv("DEMOCRATIC_CLAMD", "/run/clamav/clamd.ctl")
    with pytest.raises(CannotStart, match="DEMOCRATIC_CLAMD s'écrit"):
        refuse_wrong_places_of_files(FOLDER, "http://127.0.0.1:8000")
