"""What the environment says, as a fresh program reads it."""

import json
import os
import subprocess
import sys

import pytest

from democratic.config.places import ROOT
from democratic.config.server.throwaway import throwaway_postgres


def fresh(tmp_path, *argv, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DEMOCRATIC_")}
    (tmp_path / "fresh").mkdir(exist_ok=True)
    env = {**kept, "PYTHONPATH": str(ROOT / "src"), "DEMOCRATIC_VAR": str(tmp_path / "fresh"), **environment}
    return subprocess.run(
        [sys.executable, *argv], env=env, capture_output=True, text=True, check=False, timeout=120
    )


def setting(tmp_path, expression, **environment):
    code = f"from democratic.config import settings as s; print(repr({expression}))"
    return fresh(tmp_path, "-c", code, **environment)


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("smtp://relay", ("relay", 25, False, False)),
        ("smtp+tls://u:p@mail.ville.fr", ("mail.ville.fr", 587, True, False)),
        ("smtps://u:p@mail.ville.fr", ("mail.ville.fr", 465, False, True)),
        ("smtp+tls://u:p@mail.ville.fr:2525", ("mail.ville.fr", 2525, True, False)),
    ],
)
def test_the_scheme_says_how_closed_the_line_is_and_at_which_port(tmp_path, address, read):
    asked = "(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL)"
    assert setting(tmp_path, asked, DEMOCRATIC_SMTP=address).stdout.strip() == repr(read)


def test_a_scheme_that_would_send_in_clear_what_was_meant_to_be_closed_is_refused(tmp_path):
    done = setting(tmp_path, "s.EMAIL_HOST", DEMOCRATIC_SMTP="smtp+ssl://u:motdepasse@mail.ville.fr")
    assert done.returncode != 0
    assert "smtps://" in done.stderr
    assert "motdepasse" not in done.stderr


def test_the_database_s_certificate_is_checked_as_its_address_says(tmp_path):
    url = "postgresql://u:p@db.ville.fr/x?sslmode=verify-full&sslrootcert=/etc/ca.pem&application_name=y"
    asked = "{k: v for k, v in s.DATABASES['default']['OPTIONS'].items() if 'name' in k or 'ssl' in k}"
    done = setting(tmp_path, asked, DATABASE_URL=url)
    assert done.stdout.strip() == repr({"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"})


@pytest.mark.parametrize(("environment", "hosts"), [({}, "warning"), ({"DEMOCRATIC_HTTPS": "1"}, "refused")])
def test_check_says_all_that_is_wrong_at_once_and_ends_with_1(tmp_path, environment, hosts):
    with throwaway_postgres() as server:
        done = fresh(
            tmp_path,
            "-m",
            "democratic.config.cli",
            "check",
            "--json",
            DATABASE_URL=server.url(),
            **environment,
        )
    assert done.returncode == 1
    found = {each["name"]: each["state"] for each in json.loads(done.stdout)}
    assert found["fsync"] == found["synchronous_commit"] == found["migrations"] == "refused"
    assert found["hosts"] == found["public_url"] == hosts
    assert found["secrets"] == found["debug"] == found["clock"] == "ok"


def test_folders_of_files_are_closed_as_they_are_made(tmp_path):
    code = (
        "import django; django.setup(); from django.core.files.base import ContentFile;"
        "from django.core.files.storage import storages; storages['private'].save('ab/cd', ContentFile(b'x'))"
    )
    done = fresh(tmp_path, "-c", code, DJANGO_SETTINGS_MODULE="democratic.config.settings")
    assert done.returncode == 0, done.stderr
    made = [
        path.stat().st_mode & 0o777 for path in ((tmp_path / "fresh/files"), (tmp_path / "fresh/files/ab"))
    ]
    assert made == [0o700, 0o700]


def test_with_https_django_s_own_deployment_check_says_nothing(tmp_path):
    done = fresh(
        tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING",
        DJANGO_SETTINGS_MODULE="democratic.config.settings", DEMOCRATIC_HTTPS="1", DEMOCRATIC_HOSTS="a.fr",
    )  # fmt: skip
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


COOKIES = """
import django; django.setup()
from django.conf import settings as s
from django.http import HttpRequest, HttpResponse
from democratic.web import guests
from democratic.web.talks.screens import COOKIE as SCREEN
from democratic.web.flashes import FlashStorage
answer = HttpResponse()
FlashStorage(HttpRequest())._update_cookie("x", answer)
FlashStorage(HttpRequest())._update_cookie("", gone := HttpResponse())
flash, away = (each.cookies[FlashStorage.cookie_name] for each in (answer, gone))
print([s.SESSION_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, FlashStorage.cookie_name, guests.COOKIE, SCREEN])
print([s.SESSION_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, bool(flash["secure"]), bool(away["secure"])])
print([flash["path"], away["path"], flash["domain"], s.LANGUAGE_COOKIE_PATH, s.LANGUAGE_COOKIE_DOMAIN])
"""


@pytest.mark.parametrize(
    ("https", "prefix"), [({"DEMOCRATIC_HTTPS": "1"}, "__Host-"), ({}, "")], ids=["https", "http"]
)
def test_over_https_each_cookie_is_closed_and_of_this_host_alone(tmp_path, https, prefix):
    done = fresh(tmp_path, "-c", COOKIES, DJANGO_SETTINGS_MODULE="democratic.config.settings", **https)
    assert done.returncode == 0, done.stderr
    names, closed, places = done.stdout.splitlines()
    assert names == repr(
        [f"{prefix}{name}" for name in ("session", "language", "messages", "guest", "screen")]
    )
    assert closed == repr([bool(https)] * 4)
    assert places == repr(["/", "/", "", "/", None])
