"""What a screen reader would need of a document is looked for where it is, and said when it is not there."""

import zlib

import pytest
import typst

from democratic.kernel.files import clean_file, lacks_of, store_file
from factories import NOW, clock_at
from pictures import document, picture

ALL = ("language", "tags", "text")
WHOLE = b"<</StructTreeRoot 4 0 R/Lang(fr-FR)/Resources<</Font<</F1 5 0 R>>>>>>"


def in_object_stream(objects):
    packed = zlib.compress(objects)
    head = b"<</Type/ObjStm/Filter/FlateDecode/Length %d>>" % len(packed)
    return b"6 0 obj" + head + b"stream\n" + packed + b"\nendstream endobj\n"


@pytest.mark.parametrize(
    ("inside", "lacks"),
    [
        (b"", ALL),
        (WHOLE, ()),
        (in_object_stream(WHOLE), ()),
        (WHOLE.replace(b"/Lang(fr-FR)", b"/Lang <66722D4652>"), ()),
        (WHOLE.replace(b"/Lang(fr-FR)", b"/Lang()"), ("language",)),
        (WHOLE.replace(b"/Font", b"/FontDescriptors"), ("text",)),
        (WHOLE.replace(b"/StructTreeRoot", b"/StructTreeRootless"), ("tags",)),
    ],
)
def test_each_thing_that_lacks_is_named(inside, lacks):
    assert clean_file(document(inside)).lacks == lacks


def test_a_document_made_for_everyone_lacks_nothing():
    made = typst.compile(
        b'#set document(title: "Le plan")\n#set text(lang: "fr")\n= Le plan\nUn bus le soir.'
    )
    assert clean_file(made).lacks == ()


def test_a_page_that_was_scanned_has_nothing_to_read():
    assert clean_file(picture(kind="PDF")).lacks == ALL


def test_of_an_image_nothing_is_said():
    assert clean_file(picture()).lacks == ()


@pytest.mark.django_db
def test_it_is_kept_with_the_document_and_said_in_words():
    stored = store_file([document(WHOLE.replace(b"/Lang(fr-FR)", b""))], clock=clock_at(NOW.date()))
    assert (stored.lacks, lacks_of(stored)) == ("language", ["sa langue n’est pas dite"])
