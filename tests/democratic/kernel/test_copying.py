"""Rows copied in are those that ``bulk_create`` would have written."""

import pytest
from django.db import IntegrityError, transaction

from democratic.kernel.copying import copy_rows
from democratic.participation.sheets.models import SheetRow
from democratic.participation.sheets.problems import Problem
from democratic.participation.sheets.states import Outcome
from sheets import exported, sent

ODD = "Une tabulation\tune barre \\ deux lignes\n\\. \\N fin, « NULL » et 🚌"


@pytest.fixture
def sheet(territory):
    territory.say("Le dernier bus part trop tôt.")
    return sent(territory, exported(territory.process))


def row(sheet, number, **more):
    return SheetRow(sheet=sheet, number=number, outcome=Outcome.NEW, **more)


def test_what_was_copied_is_read_back_as_it_was(sheet):
    rows = [row(sheet, 2, reason=ODD), row(sheet, 3, problem=Problem.CELL, stamp=7), row(sheet, 4)]
    copy_rows(rows)
    read = list(SheetRow.objects.order_by("number"))
    columns = [field.attname for field in SheetRow._meta.concrete_fields]
    assert [[getattr(each, name) for name in columns] for each in read] == [
        [getattr(each, name) for name in columns] for each in rows
    ]
    assert read[1].subject_id is None, "nothing, and not the word"


def test_a_row_once_copied_is_saved_again_as_an_update(sheet):
    copied = row(sheet, 2)
    copy_rows([copied])
    copied.reason = "Mieux."
    copied.save()
    assert SheetRow.objects.get().reason == "Mieux."


def test_the_database_refuses_what_it_would_refuse_and_then_none_is_there(sheet):
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows([row(sheet, 2), row(sheet, 2)])
    assert not SheetRow.objects.exists()


def test_no_row_asks_nothing(sheet, django_assert_num_queries):
    with django_assert_num_queries(0):
        copy_rows([])
