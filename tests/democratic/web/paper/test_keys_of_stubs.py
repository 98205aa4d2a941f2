"""The keys of stubs are given once, to whoever prepared the sheets; a sheet already out keeps its own."""

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.test import Client

from conversations import plain
from democratic.participation import migrations
from democratic.participation.paper import keys
from democratic.participation.paper.actions import finish_entry, keep_draft
from democratic.participation.paper.models import PaperSheet, PrintRun
from democratic.participation.paper.printing import sheets_of
from democratic.thread.actions import give_role
from democratic.thread.models import ClaimSecret, Role
from democratic.web.charts.slots import CannotDraw
from factories import staff_account
from paper_piles import WORDS, cells, pile, printed
from pdf_files import words_of

C = "/bureau/concertations/bouger/papiers"
KEY = re.compile(r"\b\w{5}-\w{5}-\w{5}\b")


@pytest.fixture
def as_account(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)

    def sign_in(account):
        client = Client(headers={"sec-fetch-site": "same-origin"})
        client.force_login(account)
        return client

    return sign_in


@pytest.fixture
def agent(territory, as_account):
    return as_account(territory.agent)


@pytest.fixture
def other_agent(territory, as_account):
    account = staff_account("karim@val-orbe.example", "Karim", password=None)
    give_role(person=account.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock)
    return as_account(account)


def path_of(run):
    return f"{C}/tirages/{run.pk}.pdf"


def keys_in(given):
    assert given.headers["Content-Type"] == "application/pdf"
    return KEY.findall(words_of(given.content))


def told(territory, sheet):
    batch, by = pile(territory, is_checked=False), territory.agent.person
    keep_draft(batch=batch, rows={1: cells(sheet, choice=None, consents=True, text=WORDS)}, by=by)
    finish_entry(batch=batch, by=by, clock=territory.clock)


def opens(key):
    page = plain(Client(headers={"sec-fetch-site": "same-origin"}).post("/retrouver/cle", {"secret": key}))
    return WORDS in page


def test_nobody_prints_again_the_key_of_a_sheet_not_even_whoever_printed_it(territory, agent, other_agent):
    run = printed(territory, copies=1)
    [key] = keys_in(agent.post(path_of(run)))
    told(territory, sheets_of(run)[0])
    for client in (agent, other_agent):
        assert not keys_in(client.get(path_of(run)))
        assert client.post(path_of(run)).status_code == 302
    assert opens(key)


def test_a_colleague_is_given_no_key_of_sheets_that_she_did_not_prepare(territory, agent, other_agent):
    run = printed(territory, copies=2)
    refused = other_agent.post(path_of(run), follow=True)
    assert "Les clés sont pour la personne qui a préparé ces feuilles" in plain(refused)
    assert "PDF avec ses clés" not in plain(other_agent.get(C))
    assert not keys_in(other_agent.get(path_of(run)))
    assert len(keys_in(agent.post(path_of(run)))) == 2


def test_a_download_that_failed_is_taken_again_for_ten_minutes_and_the_last_keys_are_good(
    territory, agent, monkeypatch
):
    run = printed(territory, copies=1)
    [first] = keys_in(agent.post(path_of(run)))
    [second] = keys_in(agent.post(path_of(run)))
    monkeypatch.setattr(keys, "AGAIN", timedelta(0) - timedelta(seconds=1))
    late = agent.post(path_of(run), follow=True)
    assert "elles ne le sont qu’une fois" in plain(late)
    told(territory, sheets_of(run)[0])
    assert not opens(first)
    assert opens(second)


def test_a_pdf_that_cannot_be_composed_drew_no_key(territory, agent, monkeypatch):
    run = printed(territory, copies=1)

    def fail(*_args):
        raise CannotDraw

    monkeypatch.setattr("democratic.web.paper.leaves.compose", fail)
    assert agent.post(path_of(run)).status_code == 503
    assert PaperSheet.objects.get().key_hash == ""


def test_a_sheet_whose_key_nobody_took_is_told_under_one_that_nobody_knows(territory):
    run = printed(territory, copies=1)
    told(territory, sheets_of(run)[0])
    assert len(ClaimSecret.objects.get().secret_hash) == 64


def test_a_sheet_that_was_printed_before_keys_were_drawn_keeps_its_own(territory, agent):
    [name] = [each.stem for each in Path(migrations.__file__).parent.glob("*_paper_keys.py")]
    migration = import_module(f"{migrations.__name__}.{name}")
    run = printed(territory, copies=1)
    [sheet] = sheets_of(run)
    PrintRun.objects.update(printed_at=territory.clock.now() - timedelta(hours=1))
    migration.keep_prints(apps, SimpleNamespace(execute=lambda _statement: None))
    assert agent.post(path_of(run)).status_code == 302  # nobody draws another over it
    told(territory, sheet)
    assert opens(migration.key_as_it_was(sheet))
