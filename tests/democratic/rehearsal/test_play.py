"""A rehearsal is the process's own actions, called by simulated people at a clock that is not ours."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from democratic.config.rehearsing.links import kept_apart
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.rehearsal.crowd import MOST, count_by_origin, crowd
from democratic.rehearsal.play import Play
from democratic.rehearsal.script import CannotRehearse, Script, script_of
from democratic.rehearsal.shelf import ASKED, DONE, Shelf, Told, asked_for
from democratic.thread.models import Authority, Kind, Record

FIRST, LAST = date(2026, 2, 2), date(2026, 3, 29)


def test_a_script_says_the_words_and_dates_and_nobodys_voice(territory):
    territory.say("Une parole vraie.")
    script = script_of(territory.process.pk)
    assert (script.title, script.official) == ("Bouger à 15-25 ans", "Odile Vasseur-Thiry")
    assert script.days_of("listening").opens_on == FIRST
    assert "Une parole vraie" not in script.to_json()
    assert Script.from_json(script.to_json()) == script


def test_a_method_that_is_gone_is_said_so(territory):
    territory.process.template = "gone"
    territory.process.save(update_fields=["template"])
    for language, said in (("fr", "La méthode"), ("en", "The method")):
        with override(language), pytest.raises(CannotRehearse, match=f"{said}.*gone"):
            script_of(territory.process.pk)


class TestCrowd:
    def made(self, expected=200, seed=1):
        return crowd(expected=expected, first=FIRST, last=LAST, subjects=5, seed=seed)

    def test_the_same_seed_makes_the_same_crowd_and_another_makes_another(self):
        assert self.made() == self.made()
        assert self.made() != self.made(seed=2)

    def test_it_comes_from_everywhere_and_mostly_from_the_web(self):
        by_origin = count_by_origin(self.made())
        assert all(by_origin.values())
        assert max(by_origin, key=by_origin.get) == "web"

    def test_it_is_never_larger_than_pages_need(self):
        assert len(self.made(expected=1_000_000)) == MOST

    @given(st.integers(1, 400), st.integers(0, 60), st.integers(1, 6))
    def test_everyone_speaks_within_the_days_and_of_a_subject_that_is_there(self, expected, days, subjects):
        voices = crowd(
            expected=expected, first=FIRST, last=FIRST + timedelta(days), subjects=subjects, seed=expected
        )
        assert all(FIRST <= voice.day <= FIRST + timedelta(days) for voice in voices)
        assert all(0 <= voice.subject < subjects for voice in voices)
        assert voices == sorted(voices, key=lambda voice: (voice.day, voice.minute))


class TestPlay:
    def played(self, territory, **changes):
        """Here beside another territory: nothing of the play looks at the database that it is in."""
        Authority.objects.filter(pk=territory.authority.pk).update(host="orbe.example")
        script = replace(script_of(territory.process.pk), expected=30, **changes)
        settled = []
        play = Play(script, 1, settled.append)
        return play, list(play.scenes()), settled

    def test_it_goes_from_the_opening_to_the_report(self, territory):
        play, scenes, settled = self.played(territory)
        assert [scene.key for scene in scenes] == ["ouverture", "milieu", "cloture", "reponse", "bilan"]
        moments = [scene.clock.moment for scene in scenes]
        assert moments == sorted(moments)
        assert len(settled) == len(scenes)
        said = Record.objects.filter(process=play.process.record, kind=Kind.IDEA)
        assert said.count() == 30
        assert not said.filter(state="received").exists()
        assert all(record.byline.startswith("Simulation") for record in said)

    def test_a_service_that_has_no_time_answers_late_and_the_day_after_shows_it(self, territory):
        _play, scenes, _settled = self.played(territory, answer_due_on=LAST + timedelta(days=3))
        assert "echeance" in [scene.key for scene in scenes]

    def test_it_writes_nothing_of_the_process_that_it_rehearses(self, territory):
        before = list(Record.objects.filter(authority=territory.authority).values_list("pk", "state"))
        self.played(territory)
        after = list(Record.objects.filter(authority=territory.authority).values_list("pk", "state"))
        assert sorted(before) == sorted(after)


class TestShelf:
    @pytest.fixture
    def shelf(self, tmp_path, settings):
        settings.VAR = tmp_path
        return Shelf.of(uuid4())

    def test_what_was_asked_waits_until_it_is_played(self, shelf):
        assert asked_for() == []
        shelf.ask("{}")
        assert [str(each) for each in asked_for()] == [shelf.folder.name]
        assert shelf.state()["state"] == ASKED
        shelf.tell(DONE)
        assert asked_for() == []

    def test_pages_are_read_back_and_no_other_file_is(self, shelf):
        told = Told("ouverture", "Le jour", "2026-02-02", {"web": 1}, 2, 3, 4, 5, 0, ("page",))
        shelf.keep([told], {("ouverture", "page"): "<p>é</p>"})
        assert shelf.scenes() == [told]
        assert shelf.page("ouverture", "page") == "<p>é</p>"
        for scene, page in (("..", "page"), ("ouverture", "../script"), ("ouverture", "rien"), ("", "")):
            assert shelf.page(scene, page) is None


def test_links_of_a_kept_page_lead_to_kept_pages_and_its_forms_send_nothing():
    html = '<a class="x" href="/c/a?b=1#d">A</a><a href="/connexion">B</a><a href="#ici">C</a><form method="post">'
    assert kept_apart(html, {"/c/a": "../s/a"}) == (
        '<a class="x" href="../s/a">A</a><a>B</a><a href="#ici">C</a><form inert method="post">'
    )


@pytest.mark.django_db
def test_the_clock_of_a_rehearsal_stands_where_it_is_put(monkeypatch):
    moment = DATABASE_CLOCK.now() - timedelta(days=400)
    monkeypatch.setattr(DATABASE_CLOCK, "stands_at", moment)
    assert DATABASE_CLOCK.now() == moment
