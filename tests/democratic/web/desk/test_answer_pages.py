"""An answer before its signature: two agents on one text, a second person, the sentence that each will receive."""

import pytest

from courses import SIGNED, grouped, said
from democratic.participation.answers.actions import AnswerDraft, draft_answer, edit_draft
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.processes.actions import ask_approval
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from factories import GROUPING, clock_at, staff_account

ANSWERING = clock_at(SIGNED)
HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def desk(territory, client, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", GROUPING)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def karim(territory):
    account = staff_account("karim@val-orbe.example", "Karim", password=None)
    give_role(person=account.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock)
    return account


@pytest.fixture
def theme(territory):
    return grouped(territory, said(territory)).record


def written(territory, text):
    return AnswerDraft(Verdict.PART, text, territory.official, title="Rentrer le soir")


def begun(territory, subject, by, text="Le texte de Karim."):
    return draft_answer(
        process=territory.process, subject=subject, draft=written(territory, text), author=by, clock=GROUPING
    )


def typed(territory, text, **more):
    return {"verdict": "kept", "reason": text, "signer": str(territory.official.pk), "key": text, **more}


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")


def test_two_agents_on_one_answer_both_texts_are_shown_and_the_second_save_is_deliberate(
    territory, theme, desk, karim
):
    path = f"/bureau/repondre/{theme.code}"
    answer = begun(territory, theme, karim.person)
    page = text(desk.get(path))
    assert 'name="version" value="1"' in page
    edit_draft(answer=answer, draft=written(territory, "Karim, encore."), author=karim.person, clock=GROUPING)
    refused = desk.post(path, typed(territory, "Le mien.", version="1"), headers=HERE)
    page = text(refused)
    assert refused.status_code == 409
    assert "Karim, encore." in page
    assert "Le mien." in page
    assert 'name="version" value="2"' in page
    assert (
        desk.post(path, typed(territory, "Le mien.", version="2", key="k2"), headers=HERE).status_code == 302
    )
    assert Answer.objects.get().record.text == "Le mien."


def test_a_draft_begun_since_the_page_was_asked_is_not_written_over(territory, theme, desk, karim):
    begun(territory, theme, karim.person)
    refused = desk.post(f"/bureau/repondre/{theme.code}", typed(territory, "Le mien."), headers=HERE)
    assert refused.status_code == 409
    assert "Le texte de Karim." in text(refused)
    assert Answer.objects.get().record.text == "Le texte de Karim."


def test_who_wrote_cannot_approve_and_another_can(territory, theme, desk, karim, client):
    ask_approval(process=territory.process, asks=True)
    answer = begun(territory, theme, karim.person)
    page, path = f"/bureau/reponses/{answer.record.code}", f"/bureau/reponses/{answer.record.code}/approuver"
    assert "J’approuve ce texte" in text(desk.get(page))
    assert desk.post(path, {"version": "1"}, headers=HERE).status_code == 302
    answer.refresh_from_db()
    assert answer.approved_by == territory.agent.person
    edit_draft(answer=answer, draft=written(territory, "Autre."), author=karim.person, clock=GROUPING)
    client.force_login(karim)
    assert "J’approuve ce texte" not in text(client.get(page))
    client.post(path, {"version": "2"}, headers=HERE)
    answer.refresh_from_db()
    assert not answer.is_approved


def test_the_official_signs_only_what_was_approved(territory, theme, client, monkeypatch, karim):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", ANSWERING)
    ask_approval(process=territory.process, asks=True)
    answer = begun(territory, theme, karim.person)
    page = f"/bureau/reponses/{answer.record.code}"
    client.force_login(territory.elected)
    assert "Je signe et je publie" not in text(client.get(page))
    client.post(f"{page}/signer", headers=HERE)
    answer.refresh_from_db()
    assert answer.signed_at is None
    client.post(f"{page}/approuver", {"version": "1"}, headers=HERE)
    assert "Je signe et je publie" in text(client.get(page))
    client.post(f"{page}/signer", headers=HERE)
    answer.refresh_from_db()
    assert answer.signed_at == ANSWERING.moment


def test_an_administrator_asks_for_two_people_and_agents_do_not(territory, theme, desk):
    path = "/bureau/concertations/bouger/deux-personnes"
    assert desk.post(path, {"deux": "1"}, headers=HERE).status_code == 403
    assert "deux-personnes" not in text(desk.get("/bureau/concertations/bouger/reponses"))


def test_the_sentence_that_each_will_receive_is_shown_with_how_many_receive_it(territory, theme, desk, karim):
    answer = begun(territory, theme, karim.person)
    page = text(desk.get(f"/bureau/reponses/{answer.record.code}"))
    assert "La phrase que chacun recevra" in page
    assert "Une réponse signée : Rentrer le soir" in page
    assert "Le texte de Karim." in page
    assert "Paroles qui l’auront" in page
