"""Search beside a naive one that reads every word: accents, case and French endings ignored; facets counted by hand."""

import random
import re
import unicodedata
from collections import Counter
from functools import cache

import pytest
from django.db import connection

from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words, post_comment, withdraw_own
from democratic.thread.models import Audience, Kind, Origin, Record, Visibility
from democratic.thread.queries.facets import Chosen, Shelf, count_facets
from democratic.thread.queries.search import MOST_COUNTED, PAGE, Wanted, search_records
from factories import build_territory

SAYINGS, QUESTIONS = 200, 100
LEXICON = tuple(
    """
    éclairer éclairé abri abris vélo vélos bus gare forêt forêts école écolier élève été hiver soir soirée
    navette navettes mobilité théâtre cinéma lycée lycées pièce pied à où sûr sûreté tarif gratuit gratuite
    horaire horaires œuvre cœur Noël maïs aiguë garçon leçon français trajet étang étangs arrêt arrêts
    """.split()  # noqa: SIM905 -- read as words are read
)
PLACES, ORIGINS, STATES = ("Vaubrun", "Montsec", "Les Forges"), tuple(Origin), ("received", "kept", "unkept")

pytestmark = pytest.mark.prove


def bare(word):
    """Lower case, without accents; the two ligatures spelled out."""
    apart = unicodedata.normalize("NFD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@cache
def stem(word):
    """French endings, by PostgreSQL's own stemmer, of a word that we made bare: no part of ours says which rows."""
    with connection.cursor() as cursor:
        cursor.execute("select (ts_lexize('french_stem', %s))[1]", [bare(word)])
        return cursor.fetchone()[0] or ""


def stems(text):
    """In their places: "" where a word says nothing, as « où »."""
    return [stem(word) for word in re.findall(r"\w+", text)]


def alike(word):
    """A word, and its plural or singular where the stemmer leaves them apart."""
    typed = word.lower()
    other = typed.removesuffix("s") if typed.endswith("s") else f"{typed}s"
    both = {stem(typed), stem(other)} if bare(typed.removesuffix("s"))[-1:] in "aiou" else {stem(typed)}
    return both - {""}


class Naive:
    """Everything said, as it was said, and the answer to a question by reading all of it."""

    def __init__(self):
        self.said = {}

    def tell(self, record, text, *, is_shown=True):
        self.said[record.pk] = (stems(text), record, is_shown)

    def hits(self, words):
        wanted = [alike(word) for word in words if stem(word)]
        return {
            pk
            for pk, (spoken, _record, is_shown) in self.said.items()
            if is_shown and wanted and all(each & set(spoken) for each in wanted)
        }

    def in_a_row(self, words):
        wanted = [stem(word) for word in words]
        return {
            pk
            for pk, (spoken, _record, is_shown) in self.said.items()
            if is_shown and any(spoken[at : at + len(wanted)] == wanted for at in range(len(spoken)))
        }

    def boxes(self, pks, column):
        return Counter(str(getattr(self.said[pk][1], column)) for pk in pks)


@pytest.fixture
def talk(territory):
    """Hundreds of sayings drawn from one lexicon; some withdrawn, some for members only, some elsewhere."""
    chosen, naive = random.Random(20260301), Naive()
    members = Audience.objects.create(authority=territory.authority, name="Membres", is_public=False)
    for record in Record.objects.filter(visibility=Visibility.PUBLIC).select_related("wording"):
        naive.tell(record, f"{record.wording.title} . {record.wording.text}")
    elsewhere = build_territory(slug="voisin", host="voisin.example")
    for n in range(SAYINGS):
        text = " ".join(chosen.choices(LEXICON, k=chosen.randint(3, 9)))
        where = elsewhere if n % 23 == 0 else territory
        record = where.say(text, origin=chosen.choice(ORIGINS), place=chosen.choice(PLACES)).idea.record
        state = chosen.choice(STATES)
        Record.objects.filter(pk=record.pk).update(state=state)
        if n % 17 == 0:
            withdraw_own(record=record, clock=territory.clock)
        if n % 19 == 0:
            Record.objects.filter(pk=record.pk).update(audience=members)
        if n % 29 == 0 and n % 17:
            text = f"Oui, {text}"
            subject = Record.objects.get(pk=record.pk)
            record = post_comment(
                subject=subject, author=welcome_guest(), words=Words(text=text), clock=territory.clock
            ).record
        kept = Record.objects.get(pk=record.pk)
        is_shown = (
            kept.visibility == Visibility.PUBLIC
            and kept.audience.is_public
            and kept.authority_id == territory.authority.pk
        )
        naive.tell(kept, text, is_shown=is_shown)
        if record.kind == Kind.COMMENT:
            naive.tell(subject, text.removeprefix("Oui, "), is_shown=is_shown)
    return chosen, naive


def all_hits(territory, words, **ticked):
    """Every page of them, as pairs of kind and code; and what the first page says of all."""
    first = search_records(territory.authority, Wanted(words, **ticked))
    hits = list(first.hits)
    for page in range(2, (min(first.total, MOST_COUNTED) + PAGE - 1) // PAGE + 1):
        hits += search_records(territory.authority, Wanted(words, page=page, **ticked)).hits
    return first, [hit.code for hit in hits]


def other_hand(chosen, word):
    """The same word as another would type it: without accents, in capitals, or as it is."""
    return chosen.choice((word, bare(word), word.upper(), bare(word).capitalize()))


def codes(naive, pks):
    return {naive.said[pk][1].code for pk in pks}


def test_words_find_what_a_naive_reading_finds_and_count_it_alike(territory, talk):
    chosen, naive = talk
    found_something = 0
    for _ in range(QUESTIONS):
        words = [other_hand(chosen, word) for word in chosen.choices(LEXICON, k=chosen.randint(1, 3))]
        expected = naive.hits(words)
        first, hits = all_hits(territory, " ".join(words))
        assert set(hits) == codes(naive, expected), words
        assert len(hits) == len(set(hits)) == first.total
        for boxes, column in ((first.kinds, "kind"), (first.origins, "origin"), (first.states, "state")):
            counted = {box.value: box.n for box in boxes}
            assert counted == {value: n for value, n in naive.boxes(expected, column).items() if value}, words
        found_something += bool(expected)
    assert found_something > QUESTIONS // 2


def test_a_ticked_box_finds_what_it_said_it_would(territory, talk):
    chosen, naive = talk
    for _ in range(QUESTIONS // 8):
        word, origin = chosen.choice(LEXICON), chosen.choice(ORIGINS).value
        expected = {pk for pk in naive.hits([word]) if naive.said[pk][1].origin == origin}
        first, hits = all_hits(territory, bare(word), origins=(origin,))
        assert set(hits) == codes(naive, expected)
        assert {box.value: box.n for box in first.origins} == naive.boxes(naive.hits([word]), "origin")
        assert {box.value: box.n for box in first.states if box.n} == {
            value: n for value, n in naive.boxes(expected, "state").items() if value
        }


def test_quoted_words_are_found_in_a_row_alone(territory, talk):
    chosen, naive = talk
    spoken = [text for text, record, _is_shown in naive.said.values() if record.kind == Kind.IDEA]
    for _ in range(QUESTIONS // 8):
        row = chosen.choice(spoken)
        at = chosen.randrange(max(1, len(row) - 1))
        # Stems stand for themselves: they are words of the lexicon, or stem to the same again.
        words = [word for word in row[at : at + 2] if word and stem(word) == word]
        if len(words) == 2:
            _first, hits = all_hits(territory, f'"{" ".join(words)}"')
            assert set(hits) == codes(naive, naive.in_a_row(words)), words


def test_the_boxes_of_a_shelf_are_the_counts_of_its_rows(territory, talk):
    chosen, naive = talk
    process = territory.process.record
    shelf = Shelf(process.pk, Kind.IDEA, process.audience_id)
    rows = [
        record for _text, record, is_shown in naive.said.values() if is_shown and record.kind == Kind.IDEA
    ]
    for _ in range(QUESTIONS // 4):
        ticked = {
            "states": tuple(chosen.sample(STATES, chosen.randint(0, 2))),
            "origins": tuple(each.value for each in chosen.sample(ORIGINS, chosen.randint(0, 4))),
            "places": tuple(chosen.sample(PLACES, chosen.randint(0, 2))),
        }
        facets = count_facets(shelf, Chosen(**ticked))
        assert facets.everything == len(rows)
        assert facets.matching == sum(_is_under(row, ticked) for row in rows)
        for name, boxes in (
            ("states", facets.states),
            ("origins", facets.origins),
            ("places", facets.places),
        ):
            others = ticked | {name: ()}
            expected = Counter(getattr(row, name[:-1]) for row in rows if _is_under(row, others))
            assert {box.value: box.n for box in boxes if box.n} == dict(expected), (name, ticked)


def _is_under(row, ticked):
    return all(not values or getattr(row, name[:-1]) in values for name, values in ticked.items())
