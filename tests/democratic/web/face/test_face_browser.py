"""The gallery in Debian's chromium, under the product's policy: axe, widths, keys, the script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from face_gallery import CHROMIUM, WIDTHS, browser, page, served

from debian_chromium import AXE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium"),
]
# Axe takes ten seconds on so long a page: two here, the whole grid in bin/prove.
GRID = [(360, "light"), (1280, "dark")]
REST = [(width, theme) for width in WIDTHS for theme in ("light", "dark") if (width, theme) not in GRID]


@pytest.fixture(scope="module")
def chromium():
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def url():
    with served(page()) as address:
        yield address


@pytest.fixture
def open_page(chromium, url):
    tabs = []

    def opened(width=1280, height=900, address=url, **options):
        tab = chromium.new_page(viewport={"width": width, "height": height}, **options)
        tab.asked, tab.said = [], []
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.on("console", lambda message: tab.said.append(message.text))
        tab.goto(address, wait_until="networkidle")
        tabs.append(tab)
        return tab

    yield opened
    for tab in tabs:
        tab.close()


@pytest.fixture
def fresh(open_page):
    """The gallery with a form that was not sent yet: no summary of errors takes the focus."""
    with served(page(sent=False)) as address:
        yield open_page(address=address)


def violations(tab):
    # The bottom bar sticks, and what lies under it can be scrolled to: a window as tall as the page.
    tall = tab.evaluate("document.documentElement.scrollHeight")
    tab.set_viewport_size({"width": tab.viewport_size["width"], "height": tall})
    found = Axe().run(tab, options=AXE).response["violations"]
    return [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(
    ("width", "theme"), GRID + [pytest.param(*case, marks=pytest.mark.prove) for case in REST]
)
def test_axe_finds_nothing(open_page, width, theme):
    tab = open_page(width, color_scheme=theme, reduced_motion="reduce")
    assert violations(tab) == []


@pytest.mark.prove
@pytest.mark.parametrize("identity", ["ardoise", "prune"])
@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_axe_finds_nothing_in_other_identities_and_in_high_contrast(open_page, identity, theme):
    with served(page(identity=identity, theme=theme)) as address:
        assert violations(open_page(address=address, reduced_motion="reduce")) == []


@pytest.mark.prove
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_when_the_visitor_asks_for_more_contrast(open_page, theme):
    assert violations(open_page(color_scheme=theme, contrast="more", reduced_motion="reduce")) == []


@pytest.mark.parametrize("width", [320, *WIDTHS, 1440])
def test_nothing_runs_out_of_the_window(open_page, width):
    tab = open_page(width)
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [360, 1280])
def test_a_word_without_end_does_not_stretch_the_page(open_page, width):
    hostile = page(person_name="n" * 200, authority={"name": "A" * 200, "kind_label": "b" * 200})
    for words in (
        "Un banc à l’arrêt de l’étang",
        "Le bus part",
        "L’assemblée décide",
        "Inès",
        "Vaubrun · dans",
    ):
        hostile = hostile.replace(words, words + "x" * 300)
    with served(hostile) as address:
        tab = open_page(width, address=address)
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_policy_blocks_nothing_and_nothing_is_asked_elsewhere(open_page, url):
    tab = open_page()
    assert tab.said == []
    home = url.removesuffix("/galerie")
    assert all(asked.startswith(home) for asked in tab.asked)


def test_every_shape_of_the_sprite_is_drawn(open_page):
    tab = open_page()
    empty = tab.evaluate(
        """[...document.querySelectorAll("main use")].filter(use => {
            const svg = use.ownerSVGElement.getBoundingClientRect(), box = use.getBoundingClientRect();
            return svg.width && !(box.width || box.height);
        }).map(use => use.getAttribute("href"))"""
    )
    assert empty == []


def test_the_filters_stand_open_on_a_wide_screen_and_folded_on_a_phone(open_page):
    assert open_page(1280).locator(".facets .btn").is_visible()
    phone = open_page(360)
    assert not phone.locator(".facets .btn").is_visible()
    phone.locator(".facets-fold > summary").click()
    assert phone.locator(".facets .btn").is_visible()


def test_on_a_phone_the_way_back_is_one_line(open_page):
    shown = (
        open_page(360)
        .locator(".trail li")
        .evaluate_all(
            "all => all.filter(one => one.checkVisibility()).map(one => one.nextElementSibling?.ariaCurrent)"
        )
    )
    assert shown == ["page"]  # the page above this one, alone
    assert open_page(1280).locator(".trail li:visible").count() > 2


def test_the_first_key_leads_past_the_menu(fresh):
    fresh.keyboard.press("Tab")
    assert fresh.evaluate("document.activeElement.className") == "skip"
    fresh.keyboard.press("Enter")
    assert fresh.evaluate("document.activeElement.id") == "contenu"


def test_focus_is_seen_on_every_link_and_button(fresh):
    for _ in range(30):
        fresh.keyboard.press("Tab")
        is_seen = fresh.evaluate(
            """(() => {
                const at = document.activeElement, card = at.closest(".card, .choice");
                const seen = (one) => parseFloat(getComputedStyle(one).outlineWidth) >= 3;
                return [at, card].filter(Boolean).some(seen);
            })()"""
        )
        assert is_seen, fresh.evaluate("document.activeElement.outerHTML")


def test_a_double_tap_sends_the_form_once(fresh):
    sent = []

    def answer(route):
        sent.append(route.request.method)
        route.fulfill(status=204)

    fresh.route("**/envoi", answer)
    with fresh.expect_response("**/envoi"):
        fresh.evaluate(
            """() => {
                const form = document.querySelector("form.form");
                form.noValidate = true;
                form.action = "/envoi";
                form.requestSubmit();
                form.requestSubmit();
            }"""
        )
    assert fresh.get_attribute("form.form .btn", "aria-disabled") == "true"
    assert sent == ["POST"]


def test_a_long_text_comes_back_in_the_same_tab(fresh):
    said = "Le bus de 18 h 50 part trop tôt."
    fresh.fill("#id_words", said)
    fresh.reload(wait_until="networkidle")
    assert fresh.input_value("#id_words") == said
    assert fresh.inner_text(".field__count") == f"{len(said)} / 600"


def test_what_was_sent_is_forgotten(fresh):
    fresh.fill("#id_words", "Un banc")
    fresh.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p data-draft-done=gallery>')"
    )
    assert fresh.evaluate("sessionStorage.length") == 1
    fresh.evaluate("import(`${document.querySelector('script').src}?again`)")
    assert fresh.evaluate("sessionStorage.length") == 0


def test_without_script_nothing_dead_is_shown(chromium, url):
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(url)
    assert not any(one.is_visible() for one in tab.locator("[data-print], [data-copy], [data-count]").all())
    assert tab.locator("form.form .btn").first.is_visible()
    context.close()


def test_motion_stops_for_who_asks(open_page):
    tab = open_page(reduced_motion="reduce")
    assert tab.evaluate("getComputedStyle(document.querySelector('.btn')).transitionDuration").startswith(
        "0s"
    )
    assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
