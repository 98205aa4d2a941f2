"""The shell and the parts, drawn with the product's own template engine."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from face_sample import IdeaForm, parts, shell


def frame(**changes):
    return render_to_string("web/shell.html", shell(**changes) | {"main": mark_safe("<p>ici</p>")})


def part(name, **context):
    return render_to_string(f"web/parts/{name}.html", {"prefix": ""} | context)


def test_the_page_stands_in_the_middle_as_it_was_drawn():
    assert re.search(r'<main id="contenu" tabindex="-1">\s*<p>ici</p>\s*</main>', frame())


@pytest.mark.parametrize(
    ("section", "label"),
    [("participate", "Participer"), ("agenda", "Agenda"), ("follow", "Suivre"), ("data", "Données")],
)
def test_the_thread_stops_under_the_current_entry_alone(section, label):
    nav = re.search(r'<nav class="mast__nav".*?</nav>', frame(section=section), re.DOTALL).group()
    assert re.findall(r'aria-current="true">(\w+)', nav) == [label]


def test_no_entry_no_thread():
    html = frame(section=None, path="/retrouver")
    assert "aria-current" not in html


def test_a_stranger_is_offered_to_sign_in_and_sees_no_desk():
    html = frame(signed_in=False, can_work=False, person_name="", flashes=[], demo=False)
    assert 'href="/connexion"' in html
    assert "/bureau" not in html
    assert 'role="status"' not in html
    assert "fictif" not in html


def test_an_agent_sees_the_desk_and_what_just_happened():
    html = frame()
    assert 'href="/bureau"' in html
    assert re.search(r'role="status">.*C’est noté\.', html, re.DOTALL)
    assert "Démonstration" in html


def test_links_keep_the_language_of_the_page():
    html = frame(language="en", prefix="/en", other_language_url="/galerie", section=None, path="/galerie")
    internal = {url for url in re.findall(r'<a[^>]* href="(/[^"]*)"', html) if url != "/galerie"}
    pages = {url for url in internal if not url.startswith("/journal/export/")}  # files have no language
    assert all(url.startswith("/en/") for url in pages)
    assert re.search(r'<a[^>]* href="/galerie" lang="fr"', html)


def test_what_people_are_called_is_escaped():
    assert "<script>alert" not in frame(
        person_name="<script>alert(1)</script>", title="<script>alert(1)</script>"
    )


def test_the_look_of_an_authority_is_an_attribute_or_a_file_of_its_own():
    html = frame(identity="prune", theme="contrast", theme_css="/theme.css")
    assert '<html lang="fr" data-identity="prune" data-theme="contrast">' in html
    assert '<link rel="stylesheet" href="/theme.css">' in html
    assert "theme.css" not in frame()


def test_a_late_step_shows_its_days_and_its_reason_after_itself():
    html = part("steps", steps=parts()["process"]["steps"])
    late = re.search(r"<li>(?:(?!</li>).)*Analyse.*?</li>", html, re.DOTALL).group()
    assert "7 jours de retard" in late
    assert "papier à dépouiller" in late
    assert "#slack-across" in late
    assert html.count("steps__slack--across") == 1
    assert html.count("Nous sommes ici") == 1


def test_a_hole_in_the_story_is_drawn_as_one():
    html = part("fil", knots=parts()["knots"])
    hole = re.search(r'<li class="knot knot--hole.*?</li>', html, re.DOTALL).group()
    assert "n’est pas publié" in hole
    assert html.count("<h1") == 1


def test_words_said_by_people_are_escaped_in_the_story():
    assert "<i>" not in part(
        "fil", knots=[{"icon": "walk", "said": "<i>x</i>", "text": "<i>y</i>", "when": ""}]
    )


def test_a_commitment_in_the_tally_has_its_whole_name():
    html = part("tally", tally=parts()["tally"])
    assert 'aria-label="En retard, abris éclairés"' in html
    assert html.count("<li>") == len(parts()["tally"])


@pytest.mark.parametrize(("level", "at"), [("inform", 0), ("involve", 2), ("codecide", 3)])
def test_the_level_promised_is_marked_once(level, at):
    context = parts()
    html = part("promise", promise=context["promise"] | {"level": level}, levels=context["levels"])
    assert html.split("<ol>")[1].split("<li")[at + 1].startswith(' aria-current="true"')
    assert html.count("aria-current") == 1


def test_an_answer_passed_on_says_to_whom():
    assert "Transmis\u00a0: la Région" in part(
        "answer", answer={"verdict": "passed", "passed_to": "la Région"}
    )


def test_a_row_without_state_nor_count_keeps_its_title_alone():
    html = part("rows", rows=[{"origin": "web", "title": "Un banc", "url": "/x", "meta": ""}])
    assert "rows__end" not in html
    assert "Un banc" in html


def test_a_refused_field_keeps_what_was_typed_and_is_tied_to_its_error():
    form = IdeaForm({"email": "lina", "words": "Bonjour"})
    html = part("field", field=form["email"])
    assert 'value="lina"' in html
    described = re.search(r'aria-describedby="([^"]+)"', html).group(1).split()
    assert all(f'id="{name}"' in html for name in described)
    assert "id_email_error" in described
    assert 'aria-invalid="true"' in html


def test_every_line_of_the_summary_leads_to_its_field():
    form = IdeaForm({"email": "lina"})
    html = part("errors", form=form) + "".join(part("field", field=field) for field in form)
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert len(targets) == 3
    assert all(f'id="{target}"' in html for target in targets)


def test_a_form_without_fault_has_no_summary():
    assert part("errors", form=IdeaForm({"words": "Bonjour", "age": "18"})).strip() == ""


def test_what_was_withdrawn_leaves_its_public_line_and_nothing_to_answer():
    html = part("comments", comments=parts()["comments"])
    gone = html.split('id="c4"')[1]
    assert "Retiré par son auteur" in gone
    assert "Répondre" not in gone


def test_an_empty_list_says_who_acts_next():
    html = part("empty", empty=parts()["empty"])
    assert "Odile Vasseur-Thiry répond avant" in html
    assert html.count('class="btn"') == 1
