"""What an authority says of itself: legal pages, colour, languages."""

import pytest
from django.db import IntegrityError, transaction

from democratic.communities.describing import (
    Declaration,
    choose_appearance,
    choose_languages,
    describe_controller,
)
from democratic.communities.models import Conformity, Controller
from democratic.communities.queries import conformity_of, controller_of
from democratic.kernel.pages import stamp_of
from democratic.kernel.refusals import Refusal
from democratic.thread.models import Entry

TRUE_SIRET = "73282932000074"


def described(territory, **more):
    declared = Declaration(legal_name="Département du Val-d’Orbe", **more)
    return describe_controller(authority=territory.authority, declared=declared, clock=territory.clock)


def test_until_it_is_declared_the_name_stands_alone(territory):
    assert controller_of(territory.authority).legal_name == "Val-d’Orbe"
    assert not Controller.objects.exists()


def test_what_is_declared_is_kept_clean_and_told_without_a_word_in_the_journal(territory):
    described(
        territory, siret="732 829 320 00074", postal_address="1 place\r\ndu Marché\x00", officer="  Ada  "
    )
    kept = controller_of(territory.authority)
    assert (kept.siret, kept.postal_address, kept.officer) == (TRUE_SIRET, "1 place\ndu Marché", "Ada")
    told = Entry.objects.get(kind="authority_described")
    assert (told.data, told.commitments, told.authority) == ({"part": "identity"}, {}, territory.authority)


def test_declared_again_it_replaces(territory):
    described(territory, phone="01")
    described(territory, email="a@example.org")
    kept = Controller.objects.get()
    assert (kept.phone, kept.email) == ("", "a@example.org")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"siret": "123"}, "siret"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(territory, said, field):
    with pytest.raises(Refusal) as refusal:
        described(territory, **said)
    assert refusal.value.field == field
    assert not Controller.objects.exists()


def test_a_name_of_unseen_signs_is_no_name(territory):
    with pytest.raises(Refusal):
        describe_controller(
            authority=territory.authority, declared=Declaration(legal_name="\u200e"), clock=territory.clock
        )


def test_without_a_declaration_nothing_conforms(territory):
    assert conformity_of(territory.authority) == Conformity.NONE


def test_the_database_wants_the_audit_too(territory):
    with pytest.raises(IntegrityError), transaction.atomic():
        Controller.objects.create(authority=territory.authority, legal_name="X", accessibility_rate=80)


def coloured(territory, accent="", identity=""):
    return choose_appearance(
        authority=territory.authority, identity=identity, accent=accent, clock=territory.clock
    )


def test_a_colour_that_reads_is_taken_and_every_page_is_made_again(territory):
    before = stamp_of(territory.authority.pk).version
    assert coloured(territory, " #0B3D41 ").accent == "#0b3d41"
    assert stamp_of(territory.authority.pk).version > before


def test_a_colour_too_light_is_refused_with_a_better_one(territory):
    with pytest.raises(Refusal) as refusal:
        coloured(territory, "#ffcc00")
    better = str(refusal.value.message).rstrip(".").rsplit(" ", 1)[-1].rsplit("\u00a0", 1)[-1]
    assert coloured(territory, better).accent == better


@pytest.mark.parametrize(
    ("accent", "identity"), [("red", ""), ("#12", ""), ("#0f5257}", ""), ("", "marianne")]
)
def test_what_is_no_appearance_is_refused(territory, accent, identity):
    with pytest.raises(Refusal):
        coloured(territory, accent, identity)


@pytest.mark.parametrize(
    ("languages", "zone", "field"),
    [("en", "Europe/Paris", "languages"), ("fr", "Europe/Vaubrun", "time_zone")],
)
def test_what_is_no_language_or_zone_is_refused(territory, languages, zone, field):
    with pytest.raises(Refusal) as refusal:
        choose_languages(
            authority=territory.authority, languages=languages, time_zone=zone, clock=territory.clock
        )
    assert refusal.value.field == field
