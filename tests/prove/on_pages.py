"""What is done on a page before it is looked at."""

from urllib.parse import urlsplit

from playwright.sync_api import Page as Tab


def send_empty(tab: Tab) -> None:
    """Send the page's main form as it is."""
    tab.evaluate(
        "document.querySelectorAll('main form[method=post] [required]').forEach(f => f.required = false)"
    )
    with tab.expect_navigation():
        tab.locator("main form[method=post]").first.evaluate(
            "form => { form.noValidate = true; form.requestSubmit() }"
        )


def tap_first(tab: Tab) -> None:
    """Answer the question with its first option."""
    with tab.expect_navigation():
        tab.locator("main button[name=choice]").first.click()


def ask_for_no_change(tab: Tab) -> None:
    """Send the second form of an approval, which asks for a change, without saying which."""
    with tab.expect_navigation():
        tab.locator("main details form").evaluate("form => form.requestSubmit()")


def say_in_class(tab: Tab) -> None:
    tab.locator("main textarea").fill("Un garage à vélos devant le collège.")
    with tab.expect_navigation(url="**/recu/**"):
        tab.locator("main form[method=post]").first.evaluate("form => form.requestSubmit()")


def answer_a_question(tab: Tab) -> None:
    if tab.locator("main .poll-change").count():  # she answered on an earlier picture: she changes her mind
        tab.locator("main .poll-change summary").click()
    with tab.expect_navigation():
        tab.locator("main button[name=option]").first.click()


def offer_a_seat(tab: Tab) -> None:
    """Fill the act in, and look at the link, which is shown once."""
    tab.locator("[name=act_reference]").fill("Procès-verbal du tirage au sort")
    tab.locator("[name=act_on]").evaluate("field => { field.valueAsDate = new Date() }")
    with tab.expect_navigation():
        tab.locator("main form[method=post]").first.evaluate("form => form.requestSubmit()")


def open_map(tab: Tab) -> None:
    """Old enough to be named, she opens the map on which one points."""
    tab.locator("select[name=age_band]").select_option("26_64")
    open_pick(tab)


def look_at_message(tab: Tab) -> None:
    """As it would leave, before it does."""
    tab.locator("main textarea").fill(
        "Le car N2 passe près de chez vous le samedi soir. Dites-nous ce qui manque."
    )
    with tab.expect_navigation():
        tab.locator("main form[method=post] .btn").first.click()


def open_pick(tab: Tab) -> None:
    tab.locator("[data-pick] summary").click()
    tab.locator("[data-pick][data-ready]").wait_for()


def follow_the_screen_s_link(tab: Tab) -> None:
    """Open, on this device, the link that the desk shows."""
    tab.goto(urlsplit(tab.locator("#screen").inner_text()).path)


def make_it_the_kiosk(tab: Tab) -> None:
    follow_the_screen_s_link(tab)
    with tab.expect_navigation():
        tab.get_by_role("main").get_by_role("button").click()


def tap_on_the_kiosk(tab: Tab) -> None:
    make_it_the_kiosk(tab)
    tap_first(tab)
