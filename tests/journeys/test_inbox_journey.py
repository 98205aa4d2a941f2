"""A letter comes by mail, and the agent, by keyboard alone, sorts it, gives it, asks back, and answers by mail."""

import os
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from playwright.sync_api import Page, expect
from walking import by_code, heading, tab_onto, told

from democratic.config.places import LIFE
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.inbox.models import Conversation
from democratic.participation.inbox.replies import keep_template
from entry_server import _url_of

pytestmark = [pytest.mark.browser]
ROOT = Path(__file__).parents[2]
HERS, OURS = "tissot@mail.example", "boite@val-orbe.example"


@pytest.fixture
def send(live_territory, tmp_path, settings):
    """As a mail server hands a message over: our command, in a process of its own, on the same database."""
    settings.INBOX_ADDRESS = OURS
    (tmp_path / "secrets").mkdir(mode=0o700)
    (tmp_path / "secrets" / "django").write_text(settings.SECRET_KEY)
    (tmp_path / "secrets" / "django").chmod(0o600)
    known = {"DATABASE_URL": _url_of(connection.settings_dict), LIFE: "examined by who started it"}
    env = {**os.environ, **known, "PYTHONPATH": str(ROOT / "src"), "DEMOCRATIC_VAR": str(tmp_path)}

    def hand_over(text: str, *, to: str, number: int, answering: str = "") -> None:
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = f"Mme Tissot <{HERS}>", to, "Un banc à l’étang"
        made["Message-ID"] = f"<{number}@mail.example>"
        if answering:
            made["In-Reply-To"] = answering
        made.set_content(text)
        command = [sys.executable, "-m", "democratic.config.cli", "receive-mail"]
        done = subprocess.run(
            command, input=made.as_bytes(), env=env, capture_output=True, timeout=90, check=False
        )
        assert done.returncode == 0, done.stderr.decode()

    return hand_over


@pytest.mark.parametrize("javascript", [True, False], ids=["with_script", "without_script"])
def test_a_letter_is_sorted_given_asked_back_and_answered_by_mail(
    live_territory, live_clock, open_tab, seen, catch_up, send, javascript
):
    live_clock.turn_to(DATABASE_CLOCK.now().date())  # that of the command which receives the mail
    keep_template(
        authority=live_territory.authority,
        name="Posé bientôt",
        texts={"fr": "Merci, le banc est commandé."},
    )
    send("Peut-on poser un banc ? J’attends debout.", to=OURS, number=1)
    tab = open_tab(javascript=javascript)
    by_code(tab, live_territory.agent.email)
    open_the_letter(tab, seen)
    sort_it(tab, seen)
    give_it(tab, seen, live_clock.day)
    write(tab, "À quel arrêt ?", "Demander une précision")
    told(tab, "Question envoyée.")
    conversation = Conversation.objects.get()
    assert conversation.state == "asked"

    asked = next_mail(catch_up)
    assert (asked.to, "À quel arrêt ?" in asked.body) == ([HERS], True)
    send("Celui du bas.", to=asked.reply_to[0], number=2, answering=asked.extra_headers.get("Message-ID", ""))
    assert Conversation.objects.get().state == "assigned"

    open_the_letter(tab, seen)
    expect(tab.get_by_text("Celui du bas.")).to_be_visible()
    tab_onto(tab, button(tab, "Ajouter au message"))
    tab.keyboard.press("Enter")
    expect(tab.locator("textarea[name=text]")).to_have_value("Merci, le banc est commandé.")
    tab_onto(tab, tab.locator("textarea[name=text]"))
    tab.keyboard.press("Control+End")
    write(tab, " Il sera posé en avril.", "Envoyer la réponse", is_there=True)
    told(tab, "Réponse envoyée.")
    seen(tab)
    answer = next_mail(catch_up)
    assert answer.to == [HERS]
    assert "Merci, le banc est commandé. Il sera posé en avril." in answer.body
    assert Conversation.objects.get().state == "answered"


def open_the_letter(tab: Page, seen) -> None:
    tab.goto("/bureau")
    seen(tab)
    tab_onto(tab, tab.locator("main").get_by_role("link", name="Un banc à l’étang").first, presses=90)
    tab.keyboard.press("Enter")
    heading(tab, "Un banc à l’étang")
    seen(tab)


def sort_it(tab: Page, seen) -> None:
    tab_onto(tab, tab.locator("#tags"))
    tab.keyboard.type("Mobilier")
    tab_onto(tab, button(tab, "Ajouter"))
    tab.keyboard.press("Enter")
    told(tab, "1 échange classé.")
    seen(tab)


def give_it(tab: Page, seen, today) -> None:
    """The twelfth of the twelfth month: typed the same in the order of every country."""
    year = today.year if (today.month, today.day) < (12, 12) else today.year + 1
    tab_onto(tab, tab.get_by_role("link", name="Confier, changer la date"))
    tab.keyboard.press("Enter")
    heading(tab, "Confier cet échange")
    seen(tab)
    tab_onto(tab, tab.locator("[name=service]"))
    tab.keyboard.press("ArrowDown")
    tab_onto(tab, tab.locator("[name=due_on]"))
    tab.keyboard.type(f"1212{year}")
    tab_onto(tab, button(tab, "Confier"))
    tab.keyboard.press("Enter")
    told(tab, "C’est confié.")
    given = Conversation.objects.select_related("service").get()
    assert given.service is not None
    assert given.due_on.isoformat() == f"{year}-12-12"


def write(tab: Page, words: str, send: str, *, is_there: bool = False) -> None:
    if not is_there:
        tab_onto(tab, tab.locator("textarea[name=text]"))
    tab.keyboard.type(words)
    tab_onto(tab, button(tab, send))
    tab.keyboard.press("Enter")


def button(tab: Page, name: str):
    return tab.locator("main").get_by_role("button", name=name, exact=True)


def next_mail(catch_up):
    before = len(mail.outbox)
    catch_up()
    sent = [each for each in mail.outbox[before:] if each.to == [HERS]]
    return sent[-1]
