import pickle

import pytest
from django.template import engines
from django.utils.html import format_html
from django.utils.translation import override

from democratic.kernel.spoken import Spoken, alike, shorten
from democratic.web.sentences import tell, together

SAID = Spoken("Un bus <le soir> ?", "fr")


def printed(template: str, language: str) -> str:
    with override(language):
        return engines["django"].from_string(template).render({"said": SAID})


@pytest.mark.parametrize(
    ("template", "in_english"),
    [
        ("{{ said }}", '<bdi lang="fr">Un bus &lt;le soir&gt; ?</bdi>'),
        ("{{ said|typo }}", '<bdi lang="fr">Un bus &lt;le soir&gt;\u00a0?</bdi>'),
        ("{{ said|shorten:7 }}", '<bdi lang="fr">Un bus…</bdi>'),
        ("{{ said|paragraphs }}", '<p lang="fr">Un bus &lt;le soir&gt; ?</p>'),
        ("<p{{ said|lang }}>", '<p lang="fr">'),
        ("{{ said|plain }}", "Un bus &lt;le soir&gt; ?"),
        ("{{ said|typo|plain }}", "Un bus &lt;le soir&gt;\u00a0?"),
    ],
)
def test_words_say_their_language_on_a_page_in_another(template, in_english):
    assert printed(template, "en") == in_english
    assert "lang=" not in printed(template, "fr")


def test_words_without_a_known_language_or_without_a_sign_say_nothing():
    with override("en"):
        assert format_html("{}", Spoken("Un bus")) == "Un bus"
        assert format_html("{}", Spoken("", "fr")) == ""


def test_a_sentence_of_ours_keeps_the_language_of_the_words_in_it():
    with override("en"):
        told = tell("Because of « %(what)s », %(n)d times & more", what=SAID, n=3)
        assert told == 'Because of « <bdi lang="fr">Un bus &lt;le soir&gt; ?</bdi> », 3 times &amp; more'
        assert together(" · ", "A & B", "", SAID) == f"A &amp; B · {SAID.__html__()}"


def test_what_is_made_of_words_is_in_their_language_and_a_plain_text_in_none():
    assert alike("Un bus", SAID).language == shorten(SAID, 5).language == "fr"
    assert type(alike("Un bus", "Un bus le soir")) is type(shorten("Un bus le soir", 5)) is str


def test_words_are_a_text_like_any_other():
    assert SAID == "Un bus <le soir> ?"
    assert hash(SAID) == hash("Un bus <le soir> ?")
    kept = pickle.loads(pickle.dumps(SAID))
    assert (kept, kept.language) == (SAID, "fr")
