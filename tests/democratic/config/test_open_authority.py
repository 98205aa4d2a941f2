"""An authority opened by the command: it answers at its address, and what cannot be is refused in one line."""

import pytest

from democratic.config.commands import account_acts, open_authority
from democratic.config.server.errors import CannotStart
from democratic.thread.models import Authority
from democratic.web.authorities import KEPT

WORDS = ["--name", "Ma Ville", "--kind", "la Commune"]


def opened(*words: str) -> str:
    KEPT.forget()
    assert open_authority.main(list(words)) == 0
    KEPT.forget()
    return words[0]


def test_it_answers_and_its_administrator_can_be_invited(db, client, capsys):
    opened("ma-ville", *WORDS)
    assert "bin/democratic invite ADRESSE --authority ma-ville" in "".join(capsys.readouterr())
    assert "Ma Ville" in client.get("/").content.decode()
    account_acts.invite("maire@ma-ville.example", "ma-ville")
    assert "/invitation/" in "".join(capsys.readouterr())


def test_a_second_one_has_its_host_or_its_path(db, client):
    opened("ma-ville", *WORDS, "--host", "Ma-Ville.example")
    opened("voisine", "--name", "Voisine", "--kind", "la Commune", "--under-path")
    client.defaults["SERVER_NAME"] = "ma-ville.example"
    assert "Ma Ville" in client.get("/").content.decode()
    assert "Voisine" in client.get("/c/voisine/").content.decode()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ma-ville", *WORDS], "déjà ouverte"),
        (["autre", *WORDS], "donnez --host, ou --under-path"),
        (["autre", *WORDS, "--host", "https://autre.example"], "pas un nom d’hôte"),
        (["autre", *WORDS, "--host", "autre..example"], "pas un nom d’hôte"),
        (["Ma Ville à moi", *WORDS, "--under-path"], "Le nom court"),
        (["autre", "--name", " ", "--kind", "la Commune", "--under-path"], "--name"),
        (["autre", "--name", "x" * 121, "--kind", "la Commune", "--under-path"], "--name"),
        (["autre", "--name", "Autre"], "--kind"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_nothing_changes(db, words, told):
    opened("ma-ville", *WORDS)
    with pytest.raises(CannotStart, match=told) as refused:
        open_authority.main(words)
    assert "\n" not in str(refused.value)
    assert Authority.objects.count() == 1
