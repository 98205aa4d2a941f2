"""Le fil as a page: what anyone reads, in French and in English, and what is never shown."""

import re
from datetime import date

import pytest

from courses import answered, decided, grouped, promised, said, shown, whole_course
from democratic.kernel.files import store_file
from democratic.participation.answers.actions import AnswerDraft, draft_answer
from democratic.participation.answers.models import Verdict
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.thread.actions import NewAttachment, follow, link, withdraw_by_authority, withdraw_own
from democratic.thread.models import LinkKind, Record, Visibility
from factories import clock_at
from pictures import picture


def test_a_sentence_is_followed_to_its_evidence_on_one_page(territory, read):
    course = whole_course(territory)
    page = read(f"/fil/{course.ideas[0].code}")
    for words in (
        "« Le dernier bus part à 18 h 50. Après, c’est ma mère ou rien. »",
        "Lina, 17 ans, dans la rue, Vaubrun",
        "2 autres voix disaient la même chose",
        "Ces paroles sont rapprochées sous un seul sujet : Rentrer le soir.",
        "Cyber-débat de Vaubrun",
        "188 à distance",
        "Retenu en partie",
        "Odile Vasseur-Thiry",
        "le jour promis",
        "31 pour, 4 contre, 6 abstentions.",
        "Le bus de nuit N1",
        "Recruter deux conducteurs",
        "492 montées en six semaines",
        "Le bilan",
    ):
        assert words in page, words


def test_it_says_how_long_how_many_steps_and_how_long_to_read(territory, read):
    course = whole_course(territory)
    assert "203 jours, 8 étapes, lecture 2 min" in read(f"/fil/{course.ideas[0].code}")


def test_there_is_one_first_heading_and_one_strand_a_voice(territory, get):
    course = whole_course(territory, voices=7)
    html = get(f"/fil/{course.ideas[0].code}").content.decode()
    assert html.count("<h1") == 1
    figure = re.search(r'<figure class="voices">.*?</figure>', html, re.DOTALL)[0]
    assert figure.count("M") == 7
    assert 'role="img"' in figure
    assert "style=" not in html


def test_a_late_commitment_shows_its_days_its_slack_and_the_reason(territory, get, read):
    course = whole_course(territory)
    postpone(
        obligation=obligation_of(course.commitments[0].record, Owed.COMMITMENT),
        new_on=date(2026, 9, 20),
        reason="Le deuxième conducteur a signé tard.",
        function="Service jeunesse",
        clock=clock_at(date(2026, 8, 27)),
    )
    page = read(f"/fil/{course.ideas[0].code}")
    assert "13 jours de retard" in page
    assert "Promis pour le 28 août 2026, reporté au 20 septembre 2026." in page
    assert page.count("20 septembre 2026") == 1  # one postponement is said once
    assert "Le deuxième conducteur a signé tard." in page
    assert "knot__slack" in get(f"/fil/{course.ideas[0].code}").content.decode()


def test_lateness_without_a_reason_says_so(territory, read):
    course = whole_course(territory)
    assert "Aucun motif n’a été donné à ce jour." in read(f"/fil/{course.commitments[0].record.code}")


def test_what_the_authority_withdrew_stays_with_its_reason_and_its_author(territory, read, get):
    course = whole_course(territory)
    withdraw_by_authority(
        record=course.commitments[0].record,
        reason="Marché infructueux.",
        function="Présidence",
        clock=clock_at(date(2026, 9, 1)),
    )
    page = read(f"/fil/{course.ideas[0].code}")
    assert "Retiré le 1er septembre 2026 par Présidence. Marché infructueux." in page
    assert "cut__mark" in get(f"/fil/{course.ideas[0].code}").content.decode()


def test_each_hole_says_what_is_missing_and_whose_turn_it_is(territory, read, on):
    idea = said(territory, 1)[0]
    page = read(f"/fil/{idea.code}")
    assert "Pas encore rapprochée d’un sujet" in page
    assert "Service jeunesse doit rapprocher les paroles qui disent la même chose." in page
    assert "La réponse promise n’est pas signée" in page
    assert "90 jours de retard" in page
    on(date(2026, 3, 10))
    assert "Une réponse est due" in read(f"/fil/{idea.code}")
    answer = answered(territory, idea)
    on(date(2026, 9, 10))
    assert "Une réponse, pas encore de décision" in read(f"/fil/{idea.code}")
    decision = decided(territory, answer)
    assert "Une décision, aucun engagement" in read(f"/fil/{idea.code}")
    promised(territory, decision)
    assert "Une décision, aucun engagement" not in read(f"/fil/{idea.code}")


def test_read_back_it_asks_where_this_comes_from_and_ends_with_the_order(territory, read):
    course = whole_course(territory)
    page = read(f"/fil/{course.evidence[0].record.code}/retour")
    assert "D’où vient « 492 montées en six semaines » ?" in page
    because = re.findall(r"Parce qu.*?(?= (?:Parce|$))", page)
    assert len(because) >= 6
    assert page.index("Parce que 3 voix disaient la même chose") < page.index("Dit en premier : Lina, 17 ans")
    assert "Parce que c’était demandé : Améliorer la mobilité des 15-25 ans" in page


def test_it_names_the_others_that_it_crosses(territory, read):
    course = whole_course(territory)
    other = grouped(territory, said(territory, 2, text="Et le dimanche ?"), title="Le week-end")
    second = answered(territory, other.record)
    entry = course.decision.record.entries.first()
    link(source=second.record, kind=LinkKind.DECIDED_BY, target=course.decision.record, entry=entry)
    page = read(f"/fil/{course.ideas[0].code}")
    assert "Ce fil en croise un autre" in page
    assert "Mène à la même décision" in page


def test_its_history_is_public_and_can_be_checked(territory, get, read):
    course = whole_course(territory)
    code = course.commitments[0].record.code
    assert "Son histoire en public : 2 lignes" in read(f"/fil/{code}")
    assert "Échéance promise pour le 28 août 2026 Service jeunesse" in read(f"/fil/{code}")
    assert f'href="/journal/preuve/{code}"' in get(f"/fil/{code}").content.decode()


def test_a_process_s_fil_tells_its_whole_course(territory, read):
    whole_course(territory)
    page = read(f"/fil/{territory.process.record.code}")
    for words in ("3 voix se sont fait entendre", "Un sujet en est sorti", "Une réponse est signée",
                  "Un engagement est pris"):  # fmt: skip
        assert words in page, words


def test_english_pages_say_it_in_english_frames_and_keep_people_s_words(territory, get):
    course = whole_course(territory)
    html = get(f"/en/fil/{course.ideas[0].code}").content.decode()
    assert '<html lang="en"' in html
    assert "Le dernier bus part" in html
    assert f'href="/en/fil/{course.ideas[0].code}/retour"' in html


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code}"])
def test_any_way_of_typing_a_code_leads_to_the_one_address(territory, get, typed):
    code = said(territory, 1)[0].code
    response = get(f"/fil/{typed(code)}?a=b", status=301)
    assert response.headers["Location"] == f"/fil/{code}?a=b"


@pytest.mark.parametrize("path", ["/fil/AAA-AAA", "/fil/nonsense", "/fil/%00", "/fil/AAA-AAA/retour"])
def test_an_unknown_code_is_not_there(territory, get, path):
    get(path, status=404)


def test_what_its_author_withdrew_leaves_a_line_without_her_words(territory, read):
    idea = said(territory, 1)[0]
    withdraw_own(record=idea, clock=territory.clock)
    page = read(f"/fil/{idea.code}", status=410)
    assert "retirée par la personne qui l’avait dite" in page
    assert "dernier bus" not in page


def test_what_was_moderated_leaves_a_line_without_its_words(territory, read):
    idea = said(territory, 1)[0]
    Record.objects.filter(pk=idea.pk).update(visibility=Visibility.HIDDEN)
    page = read(f"/fil/{idea.code}", status=410)
    assert "masquée par la modération" in page
    assert "dernier bus" not in page


def test_a_draft_has_no_fil(territory, get):
    draft = draft_answer(
        process=territory.process,
        subject=said(territory, 1)[0],
        draft=AnswerDraft(Verdict.KEPT, "Oui.", territory.official),
        author=None,
        clock=territory.clock,
    )
    get(f"/fil/{draft.record.code}", status=404)


def test_a_stored_fil_is_stale_the_moment_a_voice_is_withdrawn(territory, read):
    course = whole_course(territory)
    code = course.theme.record.code
    assert "Sujet, 3 voix" in read(f"/fil/{code}")
    withdraw_own(record=course.ideas[1], clock=territory.clock)
    assert "Sujet, 2 voix" in read(f"/fil/{code}")


def test_hostile_words_are_shown_as_words(territory, get):
    idea = territory.say("<script>alert(1)</script> & « javascript:alert(1) »").idea.record
    html = get(f"/fil/{idea.code}").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_long_text_is_told_by_its_title_and_an_excerpt(territory, read):
    text = "Une phrase de plus. " * 80
    idea = territory.say(text, title="Un bus de nuit").idea.record
    page = read(f"/fil/{idea.code}")
    assert "« Un bus de nuit »" in page
    assert 500 < page.count("phrase") * 20 < 700


def test_a_photo_is_shown_with_its_description_and_never_once_withdrawn(territory, get):
    course = whole_course(territory)
    file = NewAttachment(store_file([picture()], clock=territory.clock), "Un bus.")
    photo = shown(course.commitments[0].record, title="Le voici", url="", file=file)
    html = get(f"/fil/{photo.record.code}").content.decode()
    assert re.search(r'<img src="/fichiers/[0-9a-f]{64}/1280"[^>]*alt="Un bus."', html)
    withdraw_by_authority(
        record=photo.record, reason="Une personne y est reconnaissable.", function="Présidence",
        clock=clock_at(date(2026, 9, 8)),
    )  # fmt: skip
    assert "<img" not in get(f"/fil/{photo.record.code}").content.decode()


def test_who_follows_sees_it_and_nobody_else_does(territory, client, get, read):
    course = whole_course(territory)
    path = f"/fil/{course.ideas[0].code}"
    follow(record=course.ideas[0], person=territory.citizen.person)
    client.force_login(territory.citizen)
    assert "Ne plus suivre" in read(path)
    client.logout()
    assert "Être prévenu de la suite" in read(path)
    assert "Ne plus suivre" not in read(path)


@pytest.mark.parametrize("n", [1, 3])
def test_a_cold_fil_asks_at_most_eleven_questions_however_many_rows(
    territory, client, warm, n, django_assert_max_num_queries
):
    """With the database's own clock, as it is served; the authority is known, as it is kept."""
    course = whole_course(territory, voices=n, commitments=n)
    warm()
    records = [
        course.ideas[0], course.theme.record, course.meeting.record, course.answer.record,
        course.decision.record, course.commitments[0].record, course.actions[0].record,
        course.evidence[0].record, territory.process.record, territory.mandate.record,
    ]  # fmt: skip
    for record in records:
        for path in (f"/fil/{record.code}", f"/fil/{record.code}/retour"):
            warm()
            with django_assert_max_num_queries(11):
                assert client.get(path).status_code == 200


def test_a_warm_fil_asks_two_questions(territory, client, warm, django_assert_num_queries):
    course = whole_course(territory)
    path = f"/fil/{course.ideas[0].code}"
    client.get(path)
    warm()
    with django_assert_num_queries(2):
        client.get(path)
