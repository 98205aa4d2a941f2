"""Codes that leave the network: whoever takes them along, the database gives each of them once."""

import threading
from functools import partial
from random import Random

import pytest
from django.db import IntegrityError, transaction

from democratic.kernel.ids import CODE_ALPHABET
from democratic.kernel.refusals import Conflict
from democratic.participation.paper.models import PaperSheet
from democratic.participation.paper.printing import sheets_of
from democratic.participation.street.models import ReservedCode
from democratic.thread.models import HeldCode, Record
from in_the_street import planned, taken_out
from many_hands import at_once
from paper_piles import printed

DRAWN = "democratic.thread.actions.records.reserving.new_code"


def same_for_each_hand(seed):
    """Draws that every thread makes alike: whoever is not the first has to draw again."""
    own = threading.local()

    def draw():
        if not hasattr(own, "random"):
            own.random = Random(seed)
        signs = "".join(own.random.choices(CODE_ALPHABET, k=6))
        return f"{signs[:3]}-{signs[3:]}"

    return draw


@pytest.mark.django_db(transaction=True)
def test_devices_and_printers_that_draw_the_same_codes_at_once_share_none(live_territory, monkeypatch):
    territory = live_territory
    session = planned(territory)
    monkeypatch.setattr(DRAWN, same_for_each_hand(7))
    device, printing = partial(taken_out, session, territory), partial(printed, territory, copies=100)
    outcomes = at_once(device, printing, device, printing)
    assert not [each for each in outcomes if each is None or isinstance(each, Conflict)]
    reserved = list(ReservedCode.objects.values_list("code", flat=True))
    printed_codes = list(PaperSheet.objects.values_list("code", flat=True))
    assert (len(reserved), len(printed_codes)) == (200, 200)
    assert not set(reserved) & set(printed_codes)
    assert set(HeldCode.objects.values_list("code", flat=True)) == {*reserved, *printed_codes}


def test_the_database_refuses_a_sheet_with_a_code_that_a_device_holds(territory):
    out = taken_out(planned(territory), territory)
    run = printed(territory, copies=1)
    with pytest.raises(IntegrityError, match="heldcode"), transaction.atomic():
        PaperSheet.objects.create(run=run, serial=2, code=out.codes[0])
    [sheet] = sheets_of(run)
    with pytest.raises(IntegrityError, match="heldcode"), transaction.atomic():
        PaperSheet.objects.filter(pk=sheet.pk).update(code=out.codes[1])


def test_the_database_refuses_a_device_the_code_of_a_sheet_even_when_it_is_spent(territory):
    out = taken_out(planned(territory), territory)
    [sheet] = sheets_of(printed(territory, copies=1))
    PaperSheet.objects.filter(pk=sheet.pk).update(spent_at=territory.clock.now())
    with pytest.raises(IntegrityError, match="heldcode"), transaction.atomic():
        ReservedCode.objects.create(code=sheet.code, device=out.device)


def test_a_code_that_is_spent_is_borne_by_a_record_and_no_earlier(territory):
    audience = territory.say().idea.record.audience
    [sheet] = sheets_of(printed(territory, copies=1))

    def born():
        return Record.objects.bulk_create(
            [Record(code=sheet.code, authority=territory.authority, kind="idea",
                    audience=audience, happened_at=territory.clock.now())]
        )  # fmt: skip

    with pytest.raises(IntegrityError, match="is held"), transaction.atomic():
        born()
    PaperSheet.objects.filter(pk=sheet.pk).update(spent_at=territory.clock.now())
    assert born()


def test_who_finds_no_free_code_is_told_so_and_nothing_is_half_reserved(territory, monkeypatch):
    taken = sorted(taken_out(planned(territory), territory).codes)
    draws = Random(1)
    monkeypatch.setattr(DRAWN, lambda: draws.choice(taken))
    with pytest.raises(Conflict, match="Réessayez"):
        printed(territory, copies=3)
    assert not PaperSheet.objects.exists()
