from datetime import date

import pytest
from django.test import Client

from chatting import open_channel, open_flow
from democratic.participation.conversations.models import FlowCode
from democratic.participation.processes.guarded import process_at
from democratic.web.kits.making import compose, compose_all
from democratic.web.relays.pieces import BY_KEY, PIECES, sheet_of
from democratic.web.relays.told import told_for

TODAY = date(2026, 3, 1)
HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def _in_the_listening_stage(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)


@pytest.fixture
def flow(territory):
    open_channel(territory.authority, "widget")
    return open_flow(territory)


@pytest.fixture
def code(flow):
    return FlowCode.objects.get(flow=flow)


@pytest.fixture
def agent(territory):
    client = Client(headers=HERE)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def told_of_code(territory, code):
    """What the kit of LYC-BRO says on a day of the listening stage, read anew."""

    def told(on=TODAY):
        found = FlowCode.objects.select_related("flow").get(pk=code.pk)
        found.flow.process = process_at(territory.authority, territory.process.slug)
        return told_for(found.flow, on).of(found)

    return told


@pytest.fixture
def piece_of(told_of_code):
    def made(key, told=None):
        piece = BY_KEY[key]
        return compose(sheet_of(piece, told or told_of_code()), piece.form)

    return made


@pytest.fixture
def pieces_of(told_of_code):
    """All of them by key, by one start of the program."""

    def made():
        told = told_of_code()
        files = compose_all([(sheet_of(piece, told), piece.form) for piece in PIECES])
        return {piece.key: file for piece, file in zip(PIECES, files, strict=True)}

    return made
