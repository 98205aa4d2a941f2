"""Read-only mode: everything is read, nothing is written, and nobody loses what she typed."""

import pytest
from django.urls import reverse

from democratic.config.commands import sequencing
from democratic.config.commands.read_only import main
from democratic.kernel.pages import stamp_of
from democratic.kernel.switches import read_only, turn_read_only, turn_writable
from democratic.messaging import jobs
from democratic.thread.models import Record
from democratic.web import shell

BANNER = "La plateforme est en lecture seule"
SENTENCE = "Un abribus devant le lycée, <b>s’il vous plaît</b>."
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _asked_of_the_database(monkeypatch):
    monkeypatch.setattr(shell.READ_ONLY, "_read", lambda _name: read_only())
    monkeypatch.setattr(shell.READ_ONLY, "_seconds", 0.0)


@pytest.fixture
def closed(territory):
    turn_read_only(reason="Nous changeons de machine jusqu’à midi.")
    return territory


def say(client, territory, **more):
    path = reverse("say", args=[territory.process.slug])
    typed = {"text": SENTENCE, "key": "a-hidden-key-of-the-form", "age_band": "", "consent": "on", **more}
    return client.post(path, typed, headers=HERE)


def test_an_act_is_refused_in_words_and_what_was_typed_is_given_back(client, closed):
    before = Record.objects.count()
    answer = say(client, closed, password="never shown", email="lina@exemple.fr")
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "600")
    assert "Rien ne peut être enregistré pour le moment" in page
    assert "Nous changeons de machine" in page
    assert "Un abribus devant le lycée, &lt;b&gt;s’il vous plaît&lt;/b&gt;." in page
    for hidden in ("a-hidden-key", "never shown", "lina@exemple.fr"):
        assert hidden not in page
    assert Record.objects.count() == before


@pytest.mark.parametrize("path", ["/connexion", "/compte/fermer", "/une-page-qui-n-existe-pas", "/bureau"])
def test_there_is_one_door_whatever_the_page(client, closed, path):
    assert client.post(path, {}, headers=HERE).status_code == 503


def test_staff_is_told_too(client, closed):
    client.force_login(closed.agent)
    assert BANNER in client.get(reverse("desk")).content.decode()


@pytest.mark.parametrize("path", ["/", "/participer", "/connexion"])
def test_pages_are_read_under_a_banner_and_without_it_as_soon_as_it_is_over(client, closed, path):
    page = client.get(path)
    assert page.status_code == 200
    assert BANNER in page.content.decode()
    assert turn_writable()
    assert BANNER not in client.get(path).content.decode()


def test_a_stored_page_gets_the_banner_at_once(client, territory):
    before = stamp_of(territory.authority.pk)
    assert BANNER not in client.get("/").content.decode()
    turn_read_only(reason="")
    assert stamp_of(territory.authority.pk).version > before.version
    assert BANNER in client.get("/").content.decode()


def test_what_watches_over_the_installation_still_answers(client, closed):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_reading_asks_the_database_nothing_more(client, territory, django_assert_max_num_queries):
    client.get("/")
    shell.READ_ONLY._seconds = float("inf")
    with django_assert_max_num_queries(2):  # the version with the switch, and the authority
        client.get("/")


def test_the_environment_closes_it_too_and_the_command_says_so(client, territory, settings, capsys):
    settings.READ_ONLY = True
    assert say(client, territory).status_code == 503
    assert main(["off"]) == 0
    assert "DEMOCRATIC_READ_ONLY=1" in capsys.readouterr().out


def test_the_command_turns_it_on_and_off(territory, capsys):
    for act, said in (
        ("status", "On peut écrire."),
        ("on", "refusé dès maintenant"),
        ("status", "Lecture seule"),
    ):
        assert main([act]) == 0
        assert said in capsys.readouterr().out
    assert read_only() == ""
    main(["off"])
    assert read_only() is None
    assert "On peut de nouveau écrire" in capsys.readouterr().out


def test_the_worker_and_the_sequencer_wait(closed, monkeypatch):
    sent = []
    monkeypatch.setattr(jobs, "deliver", lambda _n: sent.append(1))
    jobs.deliver_messages(0)
    jobs.tidy(0)
    jobs.recount(0)
    assert sent == []

    rounds = []
    monkeypatch.setattr(sequencing.Runner, "go_round", lambda _self: rounds.append(1))

    class Over(Exception):
        pass

    def pause(seconds):
        rounds.append(seconds)
        raise Over

    with pytest.raises(Over):
        sequencing._go_round(pause)
    assert rounds == [sequencing.STAND_BY]
