"""A canary in every field that people write: shown as text wherever it is shown, run nowhere."""

import pytest

from democratic.participation.answers.actions import group_contributions, open_theme
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words, post_comment, reword_record
from democratic.thread.models import ExternalReference, ImportedTally, Origin, Record
from factories import GROUPING

CANARIES = (
    "<script>window.canari=1</script>",
    "<img src=x onerror=window.canari=1>",
    '"><svg onload=window.canari=1>',
    "'-alert(1)-'",
    "<!--me:support-->canari<!--/me-->",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "</textarea><script>window.canari=1</script>",
    "javascript:window.canari=1",
    "\u202e\u2066gro.live//:sptth",
)
UNSEEN = set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\x00")
ACTIVE = (
    "<script>window",
    "<img src=x",
    "<svg onload",
    "onerror=window.canari=1>",
    "<!--me:support-->canari",
)


def unharmed(response, *, own=False):
    """``own``: a form that is given back to who typed it may hold her own unseen signs, to be edited."""
    html = response.content.decode()
    assert response.status_code in {200, 400, 404, 422}
    for active in ACTIVE:
        assert active not in html
    assert "142026" not in html
    assert own or not UNSEEN & set(html)
    return html


@pytest.fixture(params=CANARIES, ids=range(len(CANARIES)))
def canary(request):
    return request.param


@pytest.fixture
def planted(territory, canary):
    """An idea, its theme, a comment and its answer, each with the canary in all its words."""
    words = f"bus {canary}"
    record = territory.say(
        words, title=words[:150], byline=words[:100], place=words[:60], origin=Origin.IMPORT
    ).idea.record
    reword_record(record=record, words=Words(title=words[:150], text=words * 20), clock=territory.clock)
    theme = open_theme(
        process=territory.process,
        words=Words(title=words[:150], text=words),
        author=None,
        clock=GROUPING,
    )
    group_contributions(contributions=[record], theme=theme, clock=GROUPING)
    ExternalReference.objects.create(
        host=canary.strip("\u202e\u2066"), type="proposal", external_id="1", record=record
    )
    ImportedTally.objects.create(record=record, name="votes", source="x", count=1)
    comment = post_comment(
        subject=record,
        author=welcome_guest(),
        words=Words(text=words, byline=words[:100]),
        clock=territory.clock,
    )
    post_comment(
        subject=record,
        author=welcome_guest(),
        words=Words(text=words, byline=words[:100]),
        parent=comment,
        clock=territory.clock,
    )
    return record


def test_reading_pages_show_it_as_text(territory, client, planted):
    idea, comment = planted.code, Record.objects.filter(kind="comment").first().code
    for path in (
        "/concertations/bouger/idees",
        "/concertations/bouger/dire",
        f"/idees/{idea}",
        f"/paroles/{idea}/commenter?a={comment}",
        f"/suivre/{idea}",
        "/recherche?q=bus",
        "/recherche?q=canari",
    ):
        unharmed(client.get(path))


def test_what_is_asked_for_is_shown_as_text(territory, client, canary):
    for path, names in (
        ("/concertations/bouger/idees", ("q", "lieu", "sujet", "etat", "origine", "apres", "tri")),
        ("/recherche", ("q", "genre", "concertation", "page")),
        ("/retrouver", ("code",)),
    ):
        for name in names:
            unharmed(client.get(path, {name: canary}))


def test_forms_that_are_sent_back_show_it_as_text(territory, client, planted, canary):
    unharmed(
        client.post(
            "/concertations/bouger/dire",
            {"text": canary + "a" * 10_001, "place": canary, "byline": canary, "email": canary, "key": "k"},
        ),
        own=True,
    )
    unharmed(
        client.post(f"/paroles/{planted.code}/commenter", {"text": canary + "a" * 10_001, "byline": canary}),
        own=True,
    )
    unharmed(client.post(f"/suivre/{planted.code}", {"email": canary, "is_15": "on"}), own=True)
    unharmed(client.post("/retrouver/cle", {"secret": canary}), own=True)


def test_the_confirmation_shows_it_as_text(territory, client, canary):
    response = client.post(
        "/concertations/bouger/dire",
        {"age_band": "26_64", "text": f"mot {canary}", "place": canary, "byline": canary[:60], "key": "k"},
        follow=True,
    )
    assert response.redirect_chain
    unharmed(response)
    code = Record.objects.get(kind="idea").code
    unharmed(client.get(f"/idees/{code}"))
    unharmed(client.get(f"/idees/{code}/retirer"))
