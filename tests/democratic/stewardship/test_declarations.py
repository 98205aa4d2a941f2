"""Nothing of people is kept without being declared: read from the schema itself, so that nobody forgets."""

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from democratic.kernel.data_classes import ALL_CLASSES
from democratic.kernel.personal_data import Basis, DataClass, NoPersonalData, PersonalData, Term, label_of
from democratic.people.models import Account, Person
from democratic.stewardship.declared import (
    LIBRARIES,
    Undeclared,
    declaration_of,
    declarations,
    kept_of_people,
    tables_of,
)
from democratic.stewardship.models import SupportVisit
from democratic.thread.models import Entry, Record, Support

MODELS = sorted(apps.get_models(), key=label_of)


def ties_to(model, targets):
    """The names of its own foreign keys to these models."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model in targets
    }


def leads_to_a_person(model, seen=()):
    """Whether some path of foreign keys, however long, ends at a Person."""
    if model is Person:
        return True
    ahead = {field.related_model for field in model._meta.concrete_fields if isinstance(field, ForeignKey)}
    return any(leads_to_a_person(each, (*seen, model)) for each in ahead - {model, *seen})


@pytest.mark.parametrize("model", MODELS, ids=label_of)
def test_every_table_says_what_it_keeps_or_why_it_keeps_nothing(model):
    said = declaration_of(model)
    if isinstance(said, NoPersonalData):
        assert len(said.why) > 5
        assert not ties_to(model, {Person, Account}), "a row that names a person keeps something of her"
    else:
        assert said.kind in ALL_CLASSES
        assert bool(said.of) != bool(said.unlinked), "whose it is, or why nobody can tell"


@pytest.mark.parametrize("model", MODELS, ids=label_of)
def test_every_tie_to_a_person_is_followed_to_its_end(model):
    """Each foreign key to a Person or an Account is among those by which its rows are found for her, or those of who
    works on what is another's.
    """
    said = declaration_of(model)
    followed = {path.split("__")[0] for path in getattr(said, "of", ())}
    handling = set(getattr(said, "handled_by", ()))
    assert ties_to(model, {Person, Account}) <= followed | handling
    assert not handling or followed - handling, "it is somebody's"
    if leads_to_a_person(model) and not followed:
        assert getattr(said, "unlinked", "") or getattr(said, "why", "")


@pytest.mark.parametrize("model", [m for m, said in kept_of_people().items() if said.of], ids=label_of)
def test_each_declared_path_ends_at_a_person_and_each_hidden_column_exists(db, model):
    said = declaration_of(model)
    person = Person.objects.create()
    for path in said.of:
        assert (
            not model._default_manager.filter(**{f"{path}__in": [person.pk]}).exclude(pk=person.pk).exists()
        )
    columns = {field.attname for field in model._meta.concrete_fields}
    assert set(said.hidden) <= columns


def test_a_model_that_says_nothing_is_refused():
    class Silent:
        _meta = type("Meta", (), {"label": "somewhere.Silent"})

    with pytest.raises(Undeclared):
        declaration_of(Silent)


def test_what_is_declared_of_libraries_is_of_tables_that_exist():
    assert set(LIBRARIES) <= {label_of(model) for model in MODELS}


def test_each_line_of_the_register_has_tables_behind_it_and_each_table_its_line():
    tables = tables_of()
    assert [kind.key for kind, behind in tables.items() if not behind] == []
    assert sum(map(len, tables.values())) == len(kept_of_people())
    assert Record in tables[declaration_of(Record).kind]
    assert SupportVisit in tables[declaration_of(SupportVisit).kind]


def test_no_declaration_speaks_of_the_journal_as_of_a_person():
    said = declarations()
    assert isinstance(said[Entry], NoPersonalData)
    assert isinstance(said[Support], PersonalData)


def test_keys_of_classes_and_jobs_are_told_apart():
    assert len({kind.key for kind in ALL_CLASSES}) == len(ALL_CLASSES)
    jobs = [term.job for kind in ALL_CLASSES for term in kind.terms]
    assert len(set(jobs)) == len(jobs)


def test_a_term_is_told_in_the_unit_in_which_it_was_promised():
    short, long = Term("x", "après l’envoi", days=1), Term("x", "après le retrait", months=12)
    assert (short.told, short.length) == ("1 jour après l’envoi", 1)
    assert (long.told, long.length) == ("12 mois après le retrait", 365)
    kind = DataClass("k", "q", "p", "g", "v", "Le reste, à votre demande.", Basis.TASK, (short, long))
    assert kind.how_long == (
        "1 jour après l’envoi\u00a0; 12 mois après le retrait. Le reste, à votre demande."
    )
    with pytest.raises(ValueError, match="too many"):
        _ = kind.term


@pytest.mark.parametrize("basis", Basis)
def test_each_basis_has_its_words_and_its_article(basis):
    assert str(basis.label)
    assert basis.article.startswith("6.1.")
