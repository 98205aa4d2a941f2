"""What is compiled once answers as its queryset would, and can't forget what it was given."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from democratic.kernel.compiled import Compiled, columns_of, instances_of
from democratic.participation.processes.models import Stage
from democratic.people.models import Account, Person

pytestmark = pytest.mark.django_db


def named(*names):
    return [Person.objects.create(name=name) for name in names]


def test_each_value_goes_to_its_place_whatever_their_order():
    lina, _karim = named("Lina", "Karim")
    both = Compiled(
        lambda name, pk: Person.objects.filter(pk=pk, name=name).values_list("name"), name=str, pk=UUID
    )
    assert both.first(pk=lina.pk, name="Lina") == ("Lina",)
    assert both.first(pk=lina.pk, name="Karim") is None
    assert both.rows(name="Lina", pk=lina.pk) == [("Lina",)]


def test_it_is_compiled_once():
    asked = []

    def by_name(name):
        asked.append(name)
        return Person.objects.filter(name=name).values_list("pk")

    compiled = Compiled(by_name, name=str)
    named("Lina")
    for name in ("Lina", "Karim", "'; drop table people_person; --"):
        compiled.rows(name=name)
    assert len(asked) == 1
    assert Person.objects.filter(name="Lina").exists()


def test_a_value_that_decides_nothing_is_refused():
    with pytest.raises(TypeError, match="pk"):
        Compiled(lambda pk: Person.objects.values_list("name"), pk=UUID).rows(pk=UUID(int=1))


def test_a_column_that_django_converts_is_refused():
    with pytest.raises(TypeError, match="converts"):
        Compiled(lambda pk: Stage.objects.filter(pk=pk).values_list("allows"), pk=UUID).rows(pk=UUID(int=1))


def test_moments_are_compared_as_moments():
    late = Compiled(lambda now: Account.objects.filter(last_login__lt=now).values_list("email"), now=datetime)
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    Account.objects.create(email="lina@example.org", person=named("Lina")[0], last_login=moment)
    assert late.first(now=moment + timedelta(seconds=1)) == ("lina@example.org",)
    assert late.first(now=moment) is None


def test_instances_come_back_as_the_orm_makes_them():
    person = named("Lina")[0]
    account = Account.objects.create(email="lina@example.org", person=person)
    columns = [*columns_of(Account), *columns_of(Person, "person__")]
    row = Account.objects.filter(pk=account.pk).values_list(*columns).get()
    found, whose = instances_of(row, Account, Person)
    assert (found, whose, whose.name) == (account, person, "Lina")
    assert not found._state.adding
