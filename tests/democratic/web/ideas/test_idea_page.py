from datetime import date

import pytest
from django.test import Client

from conversations import plain
from democratic.participation.answers.actions import (
    AnswerDraft,
    declare_inadmissible,
    draft_answer,
    group_contributions,
    open_theme,
    sign_answer,
)
from democratic.participation.answers.models import Verdict
from democratic.participation.debates.actions import open_debate
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.people.actions import welcome_guest
from democratic.thread.actions import (
    Words,
    follow,
    post_comment,
    reword_record,
    support,
    withdraw_by_authority,
    withdraw_own,
)
from democratic.thread.models import Audience, ExternalReference, ImportedTally, Origin, Record
from democratic.web.ideas.keeping import LONGEST_KEPT
from factories import GROUPING, clock_at


@pytest.fixture
def idea(territory):
    return territory.say(
        "Le dernier bus part à 18 h 50.", origin=Origin.STREET, place="Vaubrun", byline="Lina, 17 ans"
    ).idea.record


@pytest.fixture
def path(idea):
    return f"/idees/{idea.code}"


def answer(territory, subject, verdict=Verdict.PART, reason="Oui le week-end.", passed_to=""):
    clock = clock_at(date(2026, 6, 10))
    drafted = draft_answer(
        process=territory.process,
        subject=subject,
        draft=AnswerDraft(verdict, reason, territory.official, passed_to=passed_to),
        author=territory.agent.person,
        clock=clock,
    )
    return sign_answer(answer=drafted, signer=territory.official, clock=clock)


def grouped(territory, idea):
    theme = open_theme(
        process=territory.process, words=Words(title="Rentrer le soir"), author=None, clock=GROUPING
    )
    group_contributions(contributions=[idea], theme=theme, clock=GROUPING)
    return theme.record


def test_the_words_who_said_them_how_where_and_when(idea, path, read):
    words = read(path)
    assert "« Le dernier bus part à 18 h 50. »" in words
    assert "Lina, 17 ans , dite dans la rue le 1er mars, Vaubrun" in words
    assert idea.code in words
    assert "Une réponse est promise avant le 12 juin 2026, par Odile Vasseur-Thiry" in words


def test_a_long_text_stands_whole_under_its_title(territory, read):
    text = "Une phrase qui se répète. " * 30
    record = territory.say(text, title="Un titre").idea.record
    words = read(f"/idees/{record.code}")
    assert "« Un titre »" in words
    assert words.count("Une phrase qui se répète.") == 30


def test_words_in_another_language_say_so(territory, client):
    record = territory.say("A night bus").idea.record
    reword_record(record=record, words=Words(text="A night bus", language="en"), clock=territory.clock)
    assert (
        '«&nbsp;<bdi lang="en">A night bus</bdi>&nbsp;»'
        in client.get(f"/idees/{record.code}").content.decode()
    )


def test_a_late_answer_counts_its_days_and_keeps_its_first_promise(territory, path, read, on):
    postpone(
        obligation=obligation_of(territory.process.record, Owed.ANSWER),
        new_on=date(2026, 7, 3),
        reason="Le vote du budget.",
        function="la vice-présidente",
        clock=territory.clock,
    )
    on(date(2026, 6, 22))
    words = read(path)
    assert "10 jours de retard" in words
    assert "Une réponse était promise avant le 12 juin 2026" in words
    assert "Reportée 1 fois. Nouvelle date : 3 juillet 2026. Motif : Le vote du budget." in words


def test_its_own_answer_is_shown_with_reason_and_signature(territory, idea, path, read, on):
    answer(territory, idea)
    on(date(2026, 6, 11))
    words = read(path)
    assert "Retenu en partie Oui le week-end." in words
    assert "Odile Vasseur-Thiry vice-présidente, jeunesse et mobilités, le 10 juin 2026" in words
    assert "Réponse donnée à tout le sujet" not in words


def test_the_answer_of_its_theme_is_inherited_and_its_own_overrides_it(territory, idea, path, read, on):
    theme = grouped(territory, idea)
    answer(territory, theme)
    on(date(2026, 6, 11))
    words = read(path)
    assert "Réponse donnée à tout le sujet « Rentrer le soir »" in words
    answer(territory, idea, Verdict.PASSED, "Les trains sont de la Région.", "la Région")
    words = read(path)
    assert "Transmis : la Région Les trains sont de la Région." in words
    assert "tout le sujet" not in words


def test_an_answer_taken_back_in_public_says_so(territory, idea, path, read, on):
    signed = answer(territory, idea)
    withdraw_by_authority(
        record=signed.record, reason="Erreur de date.", function="la vice-présidente", clock=territory.clock
    )
    on(date(2026, 6, 11))
    assert "Réponse retirée le 1er mars 2026 par la vice-présidente. Raison : Erreur de date." in read(path)


def test_what_is_outside_says_why_and_who_said_so(territory, idea, path, read):
    declare_inadmissible(
        contribution=idea, reason="Les trains.", function="cheffe de service", clock=territory.clock
    )
    words = read(path)
    assert "Hors du champ Les trains. cheffe de service" in words
    assert "promise avant" not in words


def test_an_imported_idea_says_where_from_and_its_votes_apart(territory, read):
    record = territory.say("Un bus", origin=Origin.IMPORT).idea.record
    ImportedTally.objects.create(record=record, name="votes", source="participation.example", count=57)
    ExternalReference.objects.create(
        host="participation.example", type="proposal", external_id="457", record=record
    )
    words = read(f"/idees/{record.code}")
    assert "par import, dite le 1er mars" in words
    assert "57 votes importés, sans votants" in words
    assert "participation.example proposal 457" in words
    assert "Soutenir 0" in words


def test_every_version_of_the_words_stays_readable(territory, idea, path, read):
    reword_record(record=idea, words=Words(text="Le dernier bus part à 19 h."), clock=territory.clock)
    words = read(path)
    assert "2 versions" in words
    assert "Le dernier bus part à 18 h 50." in words


def test_a_stub_of_a_debate_has_no_invented_title(territory, read):
    debate = open_debate(
        process=territory.process, words=Words(), clock=territory.clock, is_stub=True, origin=Origin.IMPORT
    )
    ExternalReference.objects.create(
        host="participation.example", type="debate", external_id="23", record=debate.record
    )
    words = read(f"/debats/{debate.record.code}")
    assert "Débat n° 23 (participation.example), importé sans son titre" in words
    assert "Ce qu’elle est devenue" not in words


def test_a_debate_with_a_title_shows_it(territory, read):
    debate = open_debate(
        process=territory.process, words=Words(title="La nuit", text="Et le jour ?"), clock=territory.clock
    )
    assert "« La nuit » " in read(f"/debats/{debate.record.code}")


def test_what_is_not_hers_to_see_is_not_there(territory, idea, path, client):
    Record.objects.filter(pk=idea.pk).update(audience=Audience.objects.create(authority=territory.authority))
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/idees/K7P-4RM", "/idees/k7p4rm", "/debats/K7P-4RM", "/idees/%00", "/idees/'"]
)
def test_what_never_was_is_not_there(territory, client, path):
    assert client.get(path).status_code == 404


def test_an_idea_is_no_debate(idea, client):
    assert client.get(f"/debats/{idea.code}").status_code == 404


def test_what_was_taken_back_leaves_a_line_and_none_of_its_words(territory, idea, path, client):
    assert client.get(path).status_code == 200
    withdraw_own(record=idea, clock=territory.clock)
    response = client.get(path)
    assert response.status_code == 410
    assert "La personne qui l’avait dite l’a retirée." in plain(response)
    assert "dernier bus" not in response.content.decode()


def test_what_moderation_hides_says_so(idea, path, client):
    Record.objects.filter(pk=idea.pk).update(visibility="hidden")
    response = client.get(path)
    assert response.status_code == 410
    assert "masquée par la modération" in plain(response)


def test_marks_of_one_reader_are_shown_to_her_alone(territory, idea, path, browser):
    me, other = browser(territory.citizen), browser()
    support(record=idea, person=territory.citizen.person)
    follow(record=idea, person=territory.citizen.person)
    mine, theirs = plain(me.get(path)), plain(other.get(path))
    assert "Vous soutenez 1" in mine
    assert "Suivie. Ne plus suivre" in mine
    assert "Votre âge" not in mine
    assert "Vous soutenez" not in theirs
    assert "Soutenir 0 Suivre" in theirs
    assert "Votre âge" in theirs


def test_its_author_can_take_it_back_and_nobody_else(territory, browser):
    record = territory.say("Un bus", author=territory.citizen.person).idea.record
    mine, theirs = browser(territory.citizen), browser(territory.agent)
    path = f"/idees/{record.code}"
    assert f"{path}/retirer" in mine.get(path).content.decode()
    assert f"{path}/retirer" not in theirs.get(path).content.decode()
    assert theirs.get(f"{path}/retirer").status_code == 404
    assert theirs.post(f"{path}/retirer").status_code == 404
    assert "Une ligne publique restera" in plain(mine.get(f"{path}/retirer"))
    response = mine.post(f"{path}/retirer", {"key": "k"}, follow=True)
    assert response.redirect_chain == [("/concertations/bouger/idees", 302)]
    assert "Une ligne publique reste, sans vos mots." in plain(response)
    assert mine.get(path).status_code == 410


def test_when_a_stage_closes_buttons_give_way_to_words(path, read, on, client):
    assert "Soutenir" in read(path)
    on(date(2026, 9, 1))
    words = read(path)
    assert "Soutenir" not in words
    assert "Les commentaires ne sont pas ouverts à cette étape." in words
    assert "0 voix" in words


@pytest.mark.parametrize("query", ["suite=x", "fil=K7P-4RM", "nouveau=%00", "suite=%27", "a=" + "b" * 4000])
def test_a_broken_address_still_shows_the_idea(path, client, query):
    assert client.get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_an_idea_costs_a_fixed_number_of_queries_whatever_is_said_of_it(
    territory, idea, path, browser, count, django_assert_num_queries
):
    for n in range(count):
        first = post_comment(
            subject=idea, author=welcome_guest(), words=Words(text=f"{n}"), clock=territory.clock
        )
        post_comment(
            subject=idea,
            author=welcome_guest(),
            words=Words(text=f"réponse {n}"),
            parent=first,
            clock=territory.clock,
        )
    anonymous, signed_in = browser(), browser(territory.citizen)
    with django_assert_num_queries(12):
        anonymous.get(path)
    with django_assert_num_queries(2):
        anonymous.get(path)
    with django_assert_num_queries(8):
        signed_in.get(path)


def test_an_address_too_long_to_be_kept_knows_who_reads_all_the_same(territory, client, on):
    path = f"/idees/{territory.say('Un bus.').idea.record.code}"
    client.force_login(territory.agent)
    asks_age = [
        "Votre âge" in client.get(path, query).content.decode() for query in ({}, {"x": "a" * LONGEST_KEPT})
    ]
    assert asks_age == [False, False]
    assert "Votre âge" in Client().get(path, {"x": "a" * LONGEST_KEPT}).content.decode()
