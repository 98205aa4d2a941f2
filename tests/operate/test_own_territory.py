"""What the page of installation has its reader type opens her authority, and invites who administers it."""

import re
import shlex
from pathlib import Path

import pytest

from democratic.communities.models import Invitation
from democratic.config.cli import COMMANDS
from democratic.config.commands import invite, open_authority
from democratic.thread.models import Authority, Role

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / name for name in ("README.md", "docs/operate/install.md", "docs/operate/systemd.md")]
OURS = {"open-authority": open_authority.main, "invite": invite.main}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_the_page_has_us_type_opens_an_authority_and_invites_its_administrator(db, page):
    typed = re.findall(r"^(?:bin/)?democratic (.*)$", page.read_text(), re.MULTILINE)
    for name, *words in (shlex.split(line, comments=True) for line in typed):
        assert name in COMMANDS
        if name in OURS:
            assert OURS[name](words) == 0
    invitation = Invitation.objects.get()
    assert invitation.role == Role.ADMINISTRATOR
    assert invitation.authority == Authority.objects.get(slug="ma-ville", name="Ma Ville")
