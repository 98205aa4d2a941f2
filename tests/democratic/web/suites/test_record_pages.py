"""Pages of a theme, an answer, a decision, a commitment, an action and a piece of evidence."""

from datetime import date

import pytest

from courses import answered, grouped, planned, promised, said, shown, whole_course
from democratic.kernel.files import store_file
from democratic.participation.answers.models import Verdict
from democratic.participation.commitments.actions import move_action, move_commitment
from democratic.participation.commitments.models import ActionState, CommitmentState
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.thread.actions import NewAttachment, withdraw_by_authority
from factories import clock_at
from pictures import document


def test_a_theme_shows_its_answer_and_its_voices_fifteen_at_a_time(territory, read, get):
    course = whole_course(territory, voices=17)
    path = f"/sujets/{course.theme.record.code}"
    page = read(path)
    assert "17 voix disent la même chose" in page
    assert "Retenu en partie" in page
    assert "1 à 15 sur 17" in page
    assert "16 à 17 sur 17" in read(f"{path}?page=2")
    get(f"{path}?page=3", status=404)
    html = get(path).content.decode() + get(f"{path}?page=2").content.decode()
    assert all(f"/idees/{idea.code}" in html for idea in course.ideas)


def test_a_theme_without_an_answer_says_who_owes_it_and_since_when(territory, read, on):
    theme = grouped(territory, said(territory, 1))
    page = read(f"/sujets/{theme.record.code}")
    assert "90 jours de retard Odile Vasseur-Thiry" in page
    assert "Promis pour le 12 juin 2026." in page
    on(date(2026, 6, 1))
    assert "jours de retard" not in read(f"/sujets/{theme.record.code}")


def test_an_answer_shows_its_seal_who_signed_and_what_it_gave(territory, read, get):
    course = whole_course(territory)
    page = read(f"/reponses/{course.answer.record.code}")
    for words in ("Rentrer le soir", "Retenu en partie", "Oui le week-end", "Odile Vasseur-Thiry",
                  "promise pour le 12 juin 2026", "Une ligne de nuit à l’essai"):  # fmt: skip
        assert words in page, words
    assert "stamp--seal" in get(f"/reponses/{course.answer.record.code}").content.decode()


def test_a_replaced_answer_stays_readable_and_leads_to_the_new_one(territory, read, get):
    idea = said(territory, 1)[0]
    first = answered(territory, idea, verdict=Verdict.UNKEPT)
    second = answered(territory, idea, verdict=Verdict.KEPT, day=date(2026, 7, 1))
    page = read(f"/reponses/{first.record.code}")
    assert "Cette réponse a été remplacée." in page
    assert "Non retenu" in page
    assert f"/reponses/{second.record.code}" in get(f"/reponses/{first.record.code}").content.decode()
    assert "remplacée" not in read(f"/reponses/{second.record.code}")


def test_an_answer_signed_late_says_by_how_many_days(territory, read):
    idea = said(territory, 1)[0]
    answer = answered(territory, idea, day=date(2026, 6, 20))
    assert "8 jours de retard" in read(f"/reponses/{answer.record.code}")


def test_a_decision_shows_its_votes_its_answers_and_what_it_commits_to(territory, read):
    course = whole_course(territory)
    page = read(f"/decisions/{course.decision.record.code}")
    for words in ("Assemblée départementale", "2026-118", "31 pour, 4 contre, 6 abstentions.",
                  "Rentrer le soir", "Le bus de nuit N1", "13 jours de retard"):  # fmt: skip
        assert words in page, words


def test_a_commitment_shows_its_first_date_each_postponement_and_its_history(territory, read):
    course = whole_course(territory)
    commitment = course.commitments[0]
    for at, (day, reason) in enumerate(((5, "Marché relancé."), (12, "Conducteur absent."))):
        postpone(
            obligation=obligation_of(commitment.record, Owed.COMMITMENT), new_on=date(2026, 9, day),
            reason=reason, function="Service jeunesse", clock=clock_at(date(2026, 8, 20 + at)),
        )  # fmt: skip
    move_commitment(
        commitment=commitment, to=CommitmentState.DOING, note="Les bus sont là.", function="Service jeunesse",
        clock=clock_at(date(2026, 8, 25)),
    )  # fmt: skip
    page = read(f"/engagements/{commitment.record.code}")
    for words in (
        "13 jours de retard",
        "Première date promise 28 août 2026",
        "Reporté du 28 août 2026 au 5 septembre 2026. Marché relancé.",
        "Reporté du 5 septembre 2026 au 12 septembre 2026. Conducteur absent.",
        "Promis par la décision Une ligne de nuit à l’essai",
        "Service jeunesse",
        "146 000 €",
        "Passe de « À venir » à « En cours » Service jeunesse Les bus sont là.",
        "492 montées en six semaines",
    ):
        assert words in page, words
    assert "Nathalie" not in page


def test_a_commitment_said_kept_without_evidence_says_so(territory, read):
    course = whole_course(territory, commitments=1)
    bare = promised(territory, course.decision, title="Sans preuve")
    move_commitment(
        commitment=bare, to=CommitmentState.KEPT, note="Fait.", function="f", clock=clock_at(date(2026, 8, 1))
    )
    assert "aucune preuve n’est publiée" in read(f"/engagements/{bare.record.code}")
    assert "aucune preuve n’est publiée" not in read(f"/engagements/{course.commitments[0].record.code}")


def test_a_withdrawn_commitment_stays_with_its_reason_and_is_not_late(territory, read):
    course = whole_course(territory)
    record = course.commitments[0].record
    withdraw_by_authority(
        record=record, reason="Marché infructueux.", function="Présidence", clock=clock_at(date(2026, 9, 1))
    )
    page = read(f"/engagements/{record.code}")
    assert "par Présidence. Marché infructueux." in page
    assert "13 jours de retard" not in page


def test_an_action_shows_its_state_and_the_commitment_that_it_keeps(territory, read):
    course = whole_course(territory)
    action = course.actions[0]
    move_action(
        action=action, to=ActionState.DONE, note="Signés.", function="f", clock=clock_at(date(2026, 8, 19))
    )
    page = read(f"/actions/{action.record.code}")
    assert "Faite" in page
    assert "Pour tenir l’engagement Le bus de nuit N1" in page


def test_evidence_by_a_link_leads_to_its_source_and_by_a_document_to_its_file(territory, get):
    course = whole_course(territory)
    link = get(f"/preuves/{course.evidence[0].record.code}").content.decode()
    assert 'href="https://exemple.fr/n1" rel="nofollow noopener"' in link
    file = store_file([document()], clock=territory.clock)
    contracts = shown(course.actions[0].record, title="Contrats", url="", file=NewAttachment(file))
    assert f'href="/fichiers/{file.sha256}"' in get(f"/preuves/{contracts.record.code}").content.decode()


@pytest.mark.parametrize("folder", ["sujets", "reponses", "decisions", "engagements", "actions", "preuves"])
def test_a_code_of_another_kind_is_not_at_this_address(territory, get, folder):
    get(f"/{folder}/{territory.mandate.record.code}", status=404)
    get(f"/{folder}/AAA-AAA", status=404)


@pytest.mark.parametrize("n", [1, 3])
def test_a_cold_page_of_a_record_asks_a_fixed_number_of_questions(
    territory, client, warm, n, django_assert_num_queries
):
    course = whole_course(territory, voices=n, commitments=n)
    for _at in range(n):
        planned(territory, course.commitments[0])
        shown(course.commitments[0].record)
    for path, questions in (
        (f"/sujets/{course.theme.record.code}", 10),
        (f"/reponses/{course.answer.record.code}", 9),
        (f"/decisions/{course.decision.record.code}", 9),
        (
            f"/engagements/{course.commitments[0].record.code}",
            15,
        ),  # two ask the observatory, three when it was last heard of
        (f"/actions/{course.actions[0].record.code}", 11),
        (f"/preuves/{course.evidence[0].record.code}", 5),
    ):
        warm()
        with django_assert_num_queries(questions):
            assert client.get(path).status_code == 200
