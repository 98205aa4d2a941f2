"""Every form that takes a link takes a page of the web and nothing else, and so does the act behind it."""

import pytest
from django import forms
from django.apps import apps
from django.db import models

from courses import DECIDED, whole_course
from democratic.kernel.links import refuse_a_bad_link
from democratic.kernel.refusals import Refusal
from democratic.participation.commitments.actions import give_evidence, publish_decision
from democratic.thread.actions import Words
from factories import clock_at
from product_forms import fields_of, forms_of_the_product

HOSTILE = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\tjavascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://exemple.fr/%0aalert(1)",
    "javascript&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    " data:text/html,x",
    "vbscript:msgbox(1)",
    "VBScript:msgbox(1)",
    " vbscript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://exemple.fr/acte.pdf",
    "blob:https://exemple.fr/x",
    "view-source:https://exemple.fr",
    "mailto:elue@exemple.fr",
    "https:///acte",
    "https://",
    "https://exemple.fr/a\r\nSet-Cookie: x=1",
]
TAKEN = ["https://exemple.fr/acte?n=1#p2", "http://exemple.fr/acte.pdf", "HTTPS://exemple.fr/"]
HELD = {
    "DecisionForm.url", "EvidenceForm.url", "FoundingForm.act_url", "NamingForm.act_url", "HearingForm.recording_url",
    "DeclarationForm.plan_url", "DeclarationForm.contact_url", "RecordingForm.url",
    "MeansForm.video_url", "MeansForm.captions_url",
}  # fmt: skip
# Addresses of a provider, longer than a column of links.
LONG = {"video_url", "captions_url"}


def link_fields():
    return {
        f"{form.__name__}.{name}": field
        for form in forms_of_the_product()
        for name, field in fields_of(form).items()
        if isinstance(field, forms.URLField) or "url" in name or "link" in name
    }


def test_the_forms_that_take_a_link_are_these():
    assert set(link_fields()) == HELD


def test_there_is_a_form_for_each_column_that_holds_one():
    columns = {
        field.name
        for model in apps.get_models()
        if model.__module__.startswith("democratic.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.URLField)
    }
    assert columns == {name.partition(".")[2] for name in HELD} - LONG


@pytest.mark.parametrize("name", sorted(HELD))
@pytest.mark.parametrize("link", HOSTILE)
def test_what_a_browser_would_run_or_read_elsewhere_is_refused(name, link):
    with pytest.raises(forms.ValidationError):
        link_fields()[name].clean(link)


@pytest.mark.parametrize("name", sorted(HELD))
@pytest.mark.parametrize("link", TAKEN)
def test_a_page_is_taken(name, link):
    assert link_fields()[name].clean(link) == link
    refuse_a_bad_link(link, "url")


@pytest.mark.parametrize("link", HOSTILE[:-3])
def test_an_act_refuses_it_as_well_whatever_asks_for_it(link):
    with pytest.raises(Refusal) as refusal:
        refuse_a_bad_link(link, "url")
    assert refusal.value.field == "url"


def test_no_link_is_none_to_refuse():
    refuse_a_bad_link("", "url")


def test_a_decision_and_an_evidence_carry_no_other_link(territory):
    course, clock = whole_course(territory), clock_at(DECIDED)
    with pytest.raises(Refusal, match="https://"):
        publish_decision(
            process=territory.process, words=Words("Une ligne"), decided_on=DECIDED, reference="n° 1",
            body="Conseil", answers=[], author=None, clock=clock, url="javascript:alert(1)",
        )  # fmt: skip
    with pytest.raises(Refusal, match="https://"):
        give_evidence(
            subject=course.commitments[0].record,
            words=Words("Vu"),
            author=None,
            clock=clock,
            url="data:text/html,x",
        )
