"""What looks alike: found by its words, never what is hidden, taken back or elsewhere."""

import csv
import os
from itertools import combinations
from pathlib import Path

import pytest
from django.db import connection

from democratic.participation.ideas.actions import take_back_idea
from democratic.participation.ideas.similar import LEAST_ALIKE, alike_among, likeness, similar_to
from democratic.thread.models import Record, Visibility
from factories import build_territory

REAL = Path(os.environ.get("DEMOCRATIC_SHARED", Path(__file__).parents[4] / "shared")) / "data/decidim"
SAID = "Le dernier bus part trop tôt le samedi soir pour rentrer du cinéma."


def codes(found):
    return [each.code for each in found]


def test_the_same_thing_in_other_forms_is_found_and_the_most_alike_comes_first(territory):
    same = territory.say("LE DERNIER BUS part trop tot, le samedi soir, pour rentrer du cinéma !").idea.record
    near = territory.say("Samedi soir, le dernier bus part bien trop tôt : on rentre à pied.").idea.record
    territory.say("Une piste cyclable entre le lycée et la gare de Vaubrun.")
    found = similar_to(territory.process, SAID)
    assert codes(found) == [same.code, near.code]
    assert found[0].alike == 100
    assert found[1].alike >= LEAST_ALIKE


def test_what_is_hidden_taken_back_or_said_elsewhere_is_not_found(territory):
    hidden, gone = territory.say(SAID).idea.record, territory.say(SAID).idea.record
    Record.objects.filter(pk=hidden.pk).update(visibility=Visibility.HIDDEN)
    take_back_idea(record=gone, clock=territory.clock)
    build_territory(slug="montsec", host="montsec.example").say(SAID)
    assert similar_to(territory.process, SAID) == []


def test_it_can_be_switched_off_and_leaves_out_what_it_is_told_to(territory, settings):
    mine = territory.say(SAID).idea.record
    assert similar_to(territory.process, SAID, but=[mine.pk]) == []
    assert codes(similar_to(territory.process, SAID)) == [mine.code]
    settings.SIMILAR_IDEAS = False
    assert similar_to(territory.process, SAID) == []
    assert alike_among([mine.pk, mine.pk]) == []


@pytest.mark.parametrize(
    "text", ["", "   ", "oui", "'; drop table x; -- \\ & | ! ( : *", "\\' 'a' b\\", "l’a à ô"]
)
def test_no_text_breaks_it(territory, text):
    territory.say("'; drop table x; -- \\ & | ! ( : *")
    similar_to(territory.process, text)


def test_one_question_whatever_was_said(territory, django_assert_num_queries):
    for n in range(8):
        territory.say(f"{SAID} ({n})")
    with django_assert_num_queries(1):
        assert len(similar_to(territory.process, SAID)) == 5


def test_a_short_list_is_sorted_into_groups_in_its_own_order(territory):
    ids = [
        territory.say(text).idea.record.pk
        for text in (SAID, "Une piste cyclable entre le lycée et la gare.", f"{SAID} Vraiment.", "Des abris.")
    ]
    assert alike_among(ids) == [[ids[0], ids[2]]]


def test_too_little_in_common_says_nothing():
    assert likeness({"bus", "nuit"}, {"bus", "nuit", "samed", "gratuit"}) == 0
    assert likeness({"bus", "nuit"}, {"bus", "nuit"}) == 100
    assert likeness({"a", "b", "c", "d"}, {"a", "b", "c", "d", *map(str, range(10))}) == 0


@pytest.mark.skipif(not REAL.is_dir(), reason="the real contributions are not on this machine")
def test_on_real_contributions_few_pairs_are_proposed_and_copies_all_are(db):
    """The figures of docs/benchmarks.md: 889 contributions, their pairs at the threshold and at the one below."""
    texts = []
    for name in ("propositions-libres.csv", "commentaires_debats.csv"):
        with (REAL / name).open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, delimiter=";")
            texts += [f"{row.get('title') or ''} {row['body']}".strip() for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "select array(select lexeme from unnest(to_tsvector('fr', t.text)))"
            " from unnest(%s::text[]) with ordinality as t(text, n) order by n",
            [texts],
        )
        stems = [set(row[0]) for row in cursor.fetchall()]
    scores = {(i, j): likeness(stems[i], stems[j]) for i, j in combinations(range(len(texts)), 2)}
    proposed = [pair for pair, score in scores.items() if score >= LEAST_ALIKE]
    assert 40 <= len(proposed) <= 90, len(proposed)
    copies = [(i, j) for i, j in scores if texts[i] == texts[j] and len(stems[i]) >= 4]
    assert set(copies) <= set(proposed)
