"""Subjects assigned to a service, page by page: ticked on the board, found on her dashboard, filtered, taken back."""

from datetime import date

import openpyxl
import pytest

from democratic.communities.actions import create_service
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.participation.answers.actions import open_theme
from democratic.participation.answers.assigning import Charge, assign_subjects
from democratic.participation.answers.models import Answer, AnswerAssignment
from democratic.participation.sheets.columns import Column
from democratic.thread.actions import Words, give_role
from democratic.thread.models import Entry, Role
from factories import GROUPING, build_territory, clock_at, staff_account
from sheets import book_of, exported

BOARD = "/bureau/concertations/bouger/reponses"
SHEETS = "/bureau/concertations/bouger/feuilles"
HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def desk(territory, client, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", GROUPING)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def roads(territory):
    karim = staff_account("voirie@val-orbe.example", "Karim")
    give_role(person=karim.person, role=Role.AGENT, authority=territory.authority, clock=GROUPING)
    service = create_service(authority=territory.authority, name="Voirie et ponts", titular=karim.person)
    service.holder = karim
    return service


def theme(territory, title="Le soir"):
    return open_theme(process=territory.process, words=Words(title=title), author=None, clock=GROUPING).record


def assigned(territory, service, *subjects, day=date(2026, 5, 4)):
    assign_subjects(
        process=territory.process, subjects=[each.pk for each in subjects], charge=Charge(service, day),
        assigner=territory.agent.person, clock=GROUPING,
    )  # fmt: skip


def asked(*subjects):
    return f"{BOARD}/confier?" + "&".join(f"code={each.code}" for each in subjects)


def sent(service, **more):
    return {"service": str(service.pk), "due_on": "2026-05-04", "reason": "", "key": "k", **more}


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")


def test_several_are_ticked_and_one_form_gives_them_to_a_service(territory, desk, roads):
    subjects = [theme(territory), theme(territory, "Le prix")]
    board = text(desk.get(BOARD))
    assert f'formaction="{BOARD}/confier"' in board
    page = text(desk.get(asked(*subjects)))
    assert "Pourquoi cela change" not in page  # nobody has them yet
    assert "2 sujets ou paroles : « Le soir », « Le prix »" in page
    assert "Entre agents : rien de cela n’est publié" in page
    before = Entry.objects.count()
    answer = desk.post(asked(*subjects), sent(roads), headers=HERE)
    assert answer.url == f"{BOARD}?service={roads.pk}"
    assert AnswerAssignment.objects.filter(service=roads).count() == 2
    assert Entry.objects.count() == before
    board = text(desk.get(answer.url))
    assert board.count("Confié à « Voirie et ponts » pour le 4 mai") == 2


def test_the_form_sent_twice_gives_and_tells_once(territory, desk, roads):
    subject = theme(territory)
    for _tap in range(2):
        assert desk.post(asked(subject), sent(roads), headers=HERE).status_code == 302
    assert AnswerAssignment.objects.count() == OutgoingMessage.objects.count() == 1


def test_her_mail_leaves_though_her_address_was_never_asked_for_notices(territory, desk, roads, mailoutbox):
    desk.post(asked(theme(territory)), sent(roads), headers=HERE)
    deliver()
    (mail,) = mailoutbox
    assert mail.to == [roads.holder.email]
    assert "un sujet à préparer" in mail.subject.replace("\u00a0", " ")


def test_its_holder_has_it_on_her_dashboard_one_step_from_writing(territory, desk, client, roads):
    subject = theme(territory)
    assigned(territory, roads, subject)
    assert "Préparer la réponse" not in text(desk.get("/bureau"))  # of another service
    client.force_login(roads.holder)
    page = text(client.get("/bureau"))
    assert "Préparer la réponse : Le soir" in page
    assert "pour le 4 mai 2026 · confié à « Voirie et ponts »" in page
    assert f'href="/bureau/repondre/{subject.code}"' in page
    assert "<b>1</b> <span>à préparer</span>" in page
    assert client.get(f"{BOARD}?service={roads.pk}").status_code == 200


def test_its_day_gone_by_it_is_late_and_first(territory, client, roads, monkeypatch):
    assigned(territory, roads, theme(territory))
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock_at(date(2026, 5, 6)))
    client.force_login(roads.holder)
    assert "2 jours de retard · confié" in text(client.get("/bureau"))


def test_its_holder_drafts_the_answer_and_signs_none(territory, client, roads, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock_at(date(2026, 4, 20)))
    subject = theme(territory)
    assigned(territory, roads, subject)
    client.force_login(roads.holder)
    form = {
        "verdict": "kept", "reason": "Un bus de plus.", "signer": str(territory.official.pk), "key": "k",
    }  # fmt: skip
    assert client.post(f"/bureau/repondre/{subject.code}", form, headers=HERE).status_code == 302
    answer = Answer.objects.get(subject=subject)
    assert client.post(f"/bureau/reponses/{answer.record.code}/signer", headers=HERE).status_code == 403
    answer.refresh_from_db()
    assert answer.signed_at is None
    assert "Préparer la réponse" not in text(client.get("/bureau"))


def test_in_other_hands_the_form_asks_why(territory, desk, roads):
    subject = theme(territory)
    assigned(territory, territory.service, subject)
    page = text(desk.get(asked(subject)))
    assert "Déjà confié : « Le soir » (Service jeunesse)." in page
    assert "Pourquoi cela change" in page
    answer = desk.post(asked(subject), sent(roads), headers=HERE)
    assert answer.status_code == 400
    assert AnswerAssignment.objects.get(ended_at=None).service == territory.service
    assert desk.post(asked(subject), sent(roads, reason="La voirie sait."), headers=HERE).status_code == 302


def test_taken_back_with_a_reason(territory, desk, roads):
    subject = theme(territory)
    path = f"/bureau/repondre/{subject.code}/reprendre"
    assert desk.get(path).url == BOARD  # nobody has it
    assigned(territory, roads, subject)
    assert f'href="{path}"' in text(desk.get(BOARD))
    assert desk.post(path, {"reason": "", "key": "a"}, headers=HERE).status_code == 400
    assert desk.post(path, {"reason": "Doublon.", "key": "b"}, headers=HERE).url == BOARD
    assert desk.get(f"{BOARD}?service={roads.pk}").url == BOARD
    assert "Confié à" not in text(desk.get(BOARD))


def test_the_board_is_narrowed_to_one_service_with_its_hours_of_work(territory, desk, roads):
    assigned(territory, roads, theme(territory), territory.say("Un pont.").idea.record)
    assigned(territory, territory.service, theme(territory, "Le prix"))
    theme(territory, "Le bruit")
    assert text(desk.get(BOARD)).count('name="code"') == 4
    page = text(desk.get(f"{BOARD}?service={roads.pk}"))
    assert page.count('name="code"') == 2
    assert "Voirie et ponts (2)" in page
    # two minutes a voice and an hour a subject: the empty one counts for a voice
    assert "Voirie et ponts : 2 sujets à préparer, 3 h de travail environ." in page
    assert "Le prix" not in page


def test_the_preflight_says_what_its_service_has_to_prepare_already(territory, desk):
    from democratic.participation.processes.actions import duplicate_process, expect_voices  # noqa: PLC0415

    made = duplicate_process(
        process=territory.process, mandate=territory.mandate, first_day=date(2026, 4, 6),
        author=None, clock=GROUPING,
    )  # fmt: skip
    expect_voices(process=made, expected=40)
    path = f"/bureau/concertations/{made.slug}/verifier"
    assert "à préparer ailleurs" not in text(desk.get(path))
    assigned(territory, territory.service, theme(territory))
    assert "Ce service a déjà un sujet à préparer ailleurs : 1 h de travail." in text(desk.get(path))


def test_a_service_takes_the_sheet_of_its_own_subjects(territory, desk, roads):
    hers, other = theme(territory), theme(territory, "Le prix")
    assigned(territory, roads, hers)
    page = text(desk.get(SHEETS))
    assert f"{SHEETS}/a-remplir.xlsx?service={roads.pk}" in page
    taken = desk.get(f"{SHEETS}/a-remplir.xlsx?service={roads.pk}")
    assert 'filename="reponses-bouger-voirie-et-ponts.xlsx"' in taken.headers["Content-Disposition"]
    column = list(Column).index(Column.CODE)
    rows = list(book_of(taken.content).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[column] for row in rows] == [hers.code]
    csv = text(desk.get(f"{SHEETS}/a-remplir.csv?service={roads.pk}"))
    assert hers.code in csv
    assert other.code not in csv
    whole = book_of(exported(territory.process)).worksheets[0]
    assert isinstance(whole, openpyxl.worksheet.worksheet.Worksheet)
    assert whole.max_row == 3


def test_a_service_of_another_town_has_no_sheet_here(territory, desk):
    other = build_territory(slug="voisin", host="voisin.example")
    for asked_for in (other.service.pk, "n-importe-quoi"):
        assert desk.get(f"{SHEETS}/a-remplir.csv?service={asked_for}").status_code == 404
    form = sent(other.service)
    assert desk.post(asked(theme(territory)), form, headers=HERE).status_code == 400


def test_nothing_ticked_goes_back_to_the_board_and_a_stranger_gives_nothing(territory, desk, client):
    assert desk.get(f"{BOARD}/confier").url == BOARD
    subject = theme(territory)
    client.force_login(territory.elected)
    assert client.get(asked(subject)).status_code == 403
    client.force_login(territory.citizen)
    assert client.get(f"/bureau/repondre/{subject.code}/reprendre").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_and_the_dashboard_ask_as_much_for_one_as_for_three(
    territory, desk, roads, client, count, django_assert_num_queries
):
    for n in range(count):
        assigned(territory, roads, theme(territory, f"Sujet {n}"))
    client.force_login(roads.holder)
    for path, queries in ((BOARD, 12), (f"{BOARD}?service={roads.pk}", 12), ("/bureau", 10)):
        client.get(path)
        with django_assert_num_queries(queries):
            client.get(path)
