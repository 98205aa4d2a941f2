"""Conversations and campaigns leave with their authority, sealed: same codes, same figures, and nobody's address."""

import json
import zipfile
from uuid import uuid4

import pytest
from django.test import Client

from democratic.config.commands import portable_acts
from democratic.config.commands.signer import installation_signer
from democratic.config.portable.container import MANIFEST
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.campaigns.lists.counting import recount
from democratic.participation.conversations.models import FlowRun
from democratic.thread.journal import drain
from leaving_campaign import PRIVATE, cells, in_clear, read_there, walked
from packages import members, rewritten

SAME = (
    "select id, process_id, name, draft, edition from participation_flow order by id",
    "select * from participation_flowrevision order by id",
    "select * from participation_flowcode order by id",
    "select * from participation_flowopening order by id",
    "select id, revision_id, code_id, kind, step, age_band, state = 'done' from participation_flowrun order by id",
    "select * from participation_flowanswer order by id",
    "select id, process_id, name, starts_on, ends_on, goal from participation_campaign order by id",
    "select * from participation_campaignpublic order by id",
    "select * from participation_campaigncode order by id",
    "select * from participation_campaignstep order by id",
    "select * from participation_censuscount order by id",
    "select id, code, person_id, subject from participation_conversation order by id",
    "select id, name, source, basis, size, stopped from participation_addresslist order by id",
    "select id, code_id, body, sent, delivered, failed, fare from participation_listwave order by id",
)
NOBODY = (
    "messaging_correspondent", "messaging_channeluse", "messaging_outgoingmessage", "messaging_incomingmessage",
    "participation_flowinvitation", "participation_listedaddress", "participation_flowfile",
)  # fmt: skip
UNSETTLED = (
    "participation_flow where is_open or came_at is null",
    "participation_flowrun where state = 'open' or correspondent_id is not null or due_at is not null",
    "participation_conversation where correspondent_id is not null",
    "participation_addresslist where erased_at is null",
    "participation_listwave where over_at is null or not is_settled or state = 'running'",
)
FLOW, RUN = "data/participation.flow.jsonl", "data/participation.flowrun.jsonl"


@pytest.fixture
def left(installation, live_territory, monkeypatch):
    key = installation_signer().public_key.public_bytes_raw().hex()
    monkeypatch.setattr("democratic.config.portable.writing.settings.JOURNAL_PUBLIC_KEY", key)
    with monkeypatch.context() as then:
        then.setattr("democratic.web.middleware.DATABASE_CLOCK", live_territory.clock)
        left = walked(live_territory)
    drain(clock=DATABASE_CLOCK, signer=installation_signer())
    return left


def export(left, path, passphrase_file=None):
    slug = left.territory.authority.slug
    is_sealed = passphrase_file is not None
    portable_acts.export(slug, path, with_private=is_sealed, passphrase_file=passphrase_file)
    return path


def counted(installation, rows):
    return installation.rows(f"select count(*) from {rows}")[0][0]


def test_conversations_and_campaigns_arrive_whole_shut_and_without_anyone_s_address(
    left, installation, ready, tmp_path, capsys
):
    path = export(left, tmp_path / "left.sealed", installation.passphrase_file)
    stays = capsys.readouterr().out
    for told in (
        "encore chez leur opérateur : 1,", "Lettres venues par un canal, à répondre : 1.",
        "Envois à une liste, en cours : 1.", "Conversations en cours : 1.", "Adresses de listes : 3,",
    ):  # fmt: skip
        assert told in stays
    recount(left.wave)
    said = ready.command("import-authority", path, "--passphrase-file", installation.passphrase_file)
    assert "fermées, avec les mêmes codes : 1 conversation, 2 codes." in said
    assert "Les liens donnés aux relais" in said
    for question in SAME:
        assert ready.rows(question) == installation.rows(question) != [], question
    for rows in (*NOBODY, *UNSETTLED):
        assert counted(ready, rows) == 0, rows
    assert FlowRun.objects.filter(state="open").count() == 1, "here she goes on, until it is closed"
    assert counted(ready, "participation_flowrun where state = 'silent'") == 1


def test_its_figures_are_the_same_and_an_agent_opens_it_again_there(left, installation, ready, tmp_path):
    path = export(left, tmp_path / "left.sealed", installation.passphrase_file)
    ready.command("import-authority", path, "--passphrase-file", installation.passphrase_file)
    recount(left.wave)
    agent = Client(headers={"sec-fetch-site": "same-origin"})
    agent.force_login(left.territory.agent)
    page, drop, publish = left.flow_page, f"{left.flow_page}/etapes/news/retirer", f"{left.flow_page}/publier"
    asked = [("get", each) for each in (*left.figures, page)]
    there = read_there(ready, left.territory.agent.email, *asked)
    for figures in left.figures:
        here = cells(agent.get(figures).content.decode())
        assert cells(there[figures]) == here
        assert any(each.isdecimal() for each in here)
    (counts,) = ready.rows("select before from participation_campaign")[0]
    assert counts == {"told": 1, "street": {}, "paper": [["15_17", "", 7], ["unsaid", "", 2]]}
    assert "Elle vient d’une autre installation" in there[page]
    again = read_there(ready, left.territory.agent.email, ("post", drop), ("post", publish), ("get", page))
    assert "autre installation" not in again[page]
    assert ready.rows("select is_open, came_at from participation_flow") == [(True, None)]
    steps = "select jsonb_array_length(content->'steps') from participation_flowrevision order by number"
    assert ready.rows(steps) == [(6,), (5,)]


def test_the_package_holds_no_address_no_unseen_photo_and_no_erased_word(left, tmp_path):
    path = tmp_path / "clear.zip"
    path.write_bytes(in_clear(left.territory))
    every = b"\n".join(members(path).values()).decode()
    assert "canari-phrase" in every
    assert "canari-lettre" in every
    assert [each for each in PRIVATE if each in every] == []
    answers = [json.loads(line) for line in members(path)["data/participation.flowanswer.jsonl"].splitlines()]
    assert len(answers) > 20, "what she answered is counted, of nobody"


def test_without_private_data_they_stay_and_that_is_said(left, tmp_path, capsys):
    path = export(left, tmp_path / "left.zip")
    assert "Restent ici, avec leurs chiffres : 1 conversation et 1 campagne." in capsys.readouterr().out
    with zipfile.ZipFile(path) as opened:
        for table in ("flow", "flowcode", "flowrun", "flowanswer", "campaign", "listwave"):
            assert opened.read(f"data/participation.{table}.jsonl") == b""


def _lead_to_someone(found):
    """A run that claims to be of whoever has this key here."""
    someone = f'"correspondent_id":"{uuid4()}"'.encode()
    found[RUN] = found[RUN].replace(b'"correspondent_id":null', someone)


def _spoil(found):
    found[FLOW] = found[FLOW].replace(b'"kind":"choice"', b'"kind":"spell"', 1)


def _drop_a_run(found):
    found[RUN] = b"\n".join(found[RUN].splitlines()[1:]) + b"\n"


def _count_more(found):
    name = "data/participation.campaign.jsonl"
    found[name] = found[name].replace(b'"told":1', b'"told":"<b>1</b>"')


CHANGES = (
    (_spoil, "participation.flow.jsonl, ligne 1"),
    (_drop_a_run, "Rien n'a été repris"),
    (_count_more, "participation.campaign.jsonl, ligne 1"),
)


def test_what_was_changed_on_the_way_is_refused_and_what_an_archive_may_not_say_is_not_heard(
    left, ready, tmp_path
):
    whole = in_clear(left.territory)
    for change, said in CHANGES:
        changed = tmp_path / f"{change.__name__}.zip"
        changed.write_bytes(whole)
        rewritten(changed, change)
        assert said in ready.command("import-authority", changed, expected=2), change.__name__
    assert ready.rows("select count(*) from participation_flow") == [(0,)]
    led = tmp_path / "led.zip"
    led.write_bytes(whole)
    assert b'"is_open":true' in members(led)[FLOW]
    rewritten(led, _lead_to_someone)
    ready.command("import-authority", led)
    for rows in UNSETTLED:
        assert counted(ready, rows) == 0, rows


def _as_before_they_left(found):
    """An export of the version before: it has none of these tables."""
    manifest = json.loads(found[MANIFEST])
    for name in [each for each in found if each.startswith("data/participation.flow")]:
        del found[name]
        del manifest["rows"][name.removeprefix("data/").removesuffix(".jsonl")]
    found[MANIFEST] = json.dumps(manifest).encode()


def test_an_archive_of_before_conversations_left_still_arrives(left, ready, tmp_path):
    path = export(left, tmp_path / "left.zip")
    rewritten(path, _as_before_they_left)
    ready.command("import-authority", path)
    assert ready.rows("select count(*) from thread_record where kind = 'idea'") != [(0,)]
