"""``bin/democratic import decidim``: what the operator sees, and what she is refused in one line."""

import pytest
from decidim_exports import comment, proposal

from democratic.config.commands import import_
from democratic.config.server.errors import CannotStart
from democratic.thread.models import Kind, Record
from factories import build_territory


def command(source, *more) -> int:
    return import_.main(["decidim", str(source.folder), *more])


def test_an_import_ends_well_even_with_refused_rows_and_prints_its_report(source, capsys):
    source.write(proposals=[proposal()], comments=[comment(on=99)])
    assert command(source, "--process", "bouger") == 0
    out = capsys.readouterr().out
    assert "Propositions : 1/1" in out
    assert "Créés : 1 propositions." in out
    assert "commentaires.csv, ligne 2 : commente la proposition 99" in out


def test_an_unknown_process_is_refused_and_the_known_ones_are_named(source):
    source.write(proposals=[proposal()])
    with pytest.raises(CannotStart, match=r"« bougez ».*Ici : bouger\."):
        command(source, "--process", "bougez")


def test_a_process_of_the_same_address_at_two_authorities_asks_which(source):
    source.write(proposals=[proposal()])
    build_territory(slug="clairval", host="clairval.example")
    with pytest.raises(CannotStart, match="--authority"):
        command(source, "--process", "bouger")
    assert command(source, "--process", "bouger", "--authority", "clairval") == 0
    assert Record.objects.get(kind=Kind.IDEA).authority.slug == "clairval"


def test_a_folder_that_does_not_exist_is_refused(source):
    source.folder /= "nowhere"
    with pytest.raises(CannotStart, match="n’existe pas"):
        command(source, "--process", "bouger")


def test_a_file_in_another_encoding_is_refused_before_anything_is_written(source):
    source.write(proposals=[proposal()])
    (source.folder / "z.csv").write_bytes("id;été\n".encode("latin-1"))
    with pytest.raises(CannotStart, match=r"z\.csv, ligne 1"):
        command(source, "--process", "bouger")
    assert not Record.objects.filter(kind=Kind.IDEA).exists()


@pytest.mark.parametrize("words", [[], ["decidim"], ["decidim", "x"], ["polis", "x", "--process", "p"]])
def test_words_that_are_not_understood_are_refused(words):
    with pytest.raises(CannotStart, match="--help"):
        import_.main(words)
