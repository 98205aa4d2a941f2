"""A page changes while one reads it: a line says so, and nothing else moves."""

import pytest
from playwright.sync_api import expect

from democratic.people.actions import suspend_account
from democratic.thread.actions import Words, post_comment
from democratic.thread.journal import drain
from entry_server import cookie_of, entry_server

pytestmark = [pytest.mark.browser]


@pytest.fixture
def address(live_territory, tmp_path):
    """The real service: Django's own for tests knows no streams."""
    with entry_server(tmp_path / "entry") as server:
        yield server.url


@pytest.fixture
def idea(live_territory):
    return live_territory.say("Un bus de nuit.").idea.record


@pytest.fixture
def comment(live_territory, idea):
    def posted(text):
        said = {"subject": idea, "author": idea.author, "alignment": 1, "clock": live_territory.clock}
        post_comment(words=Words(text=text), **said)
        drain(clock=live_territory.clock)

    return posted


def listening(tab, path):
    with tab.expect_response(lambda got: "/live/" in got.url):
        tab.goto(path)


def position(tab):
    return tab.evaluate("[scrollY, document.activeElement.tagName, document.documentElement.scrollHeight]")


def test_readers_are_told_calmly_and_who_wants_silence_has_it(open_tab, seen, live_territory, idea, comment):
    """One service for all of them: it takes seconds to start."""
    path = f"/idees/{idea.code}"
    a_reader_is_told_looks_and_asks_for_silence(open_tab(width=360), path, comment, seen)
    without_script_nothing_is_proposed(open_tab(javascript=False), path, seen)
    a_phone_that_saves_data_asks_for_nothing(open_tab(width=360), path)
    who_is_suspended_is_told_that_her_session_is_over(
        open_tab(), f"/en/fil/{idea.code}", live_territory.citizen, seen
    )


def a_reader_is_told_looks_and_asks_for_silence(tab, path, comment, seen):
    listening(tab, path)
    tab.locator("#commentaires").scroll_into_view_if_needed()
    before = position(tab)
    comment("Oui, le vendredi.")
    line = tab.get_by_role("status").filter(has_text="Du nouveau sur cette page.")
    expect(line).to_be_visible()
    assert position(tab) == before
    assert "Oui, le vendredi." not in tab.content()
    seen(tab)
    with tab.expect_response(lambda got: "/live/" in got.url):
        line.get_by_role("button", name="Voir").click()
    expect(tab.get_by_text("Oui, le vendredi.")).to_be_visible()
    expect(line).to_have_count(0)

    comment("Et le samedi.")
    line.get_by_role("button", name="Ne plus me le dire").click()
    choice = tab.get_by_role("button", name="Me dire quand cette page change")
    expect(choice).to_have_attribute("aria-pressed", "false")
    expect(line).to_have_count(0)
    seen(tab)
    tab.reload()
    expect(choice).to_have_attribute("aria-pressed", "false")
    with tab.expect_response(lambda got: "/live/" in got.url):
        choice.click()
    comment("Et le dimanche.")
    expect(line).to_be_visible()


def without_script_nothing_is_proposed(tab, path, seen):
    tab.goto(path)
    expect(tab.locator("main")).to_contain_text("Et le dimanche.")
    expect(tab.locator(".live-choice")).to_be_hidden()
    seen(tab)


def a_phone_that_saves_data_asks_for_nothing(tab, path):
    asked = []
    tab.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(path, wait_until="networkidle")
    expect(tab.locator(".live-choice")).to_be_hidden()
    assert [url for url in asked if "/live/" in url] == []


def who_is_suspended_is_told_that_her_session_is_over(tab, path, account, seen):
    name, _, value = cookie_of(account).partition("=")
    tab.goto("/healthz")
    tab.context.add_cookies([{"name": name, "value": value, "url": tab.url}])
    listening(tab, path)
    suspend_account(account=account)
    line = tab.get_by_role("status").filter(has_text="Your session is over.")
    expect(line).to_be_visible()
    expect(line.get_by_role("link", name="Sign in")).to_have_attribute("href", "/en/connexion")
    seen(tab)
