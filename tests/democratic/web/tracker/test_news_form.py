"""The one-step form of the monthly mail: every line of a service, all at once or one at a time."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from democratic.communities.actions import hand_over_service
from democratic.kernel.clock import FixedClock
from democratic.participation.commitments.models import CommitmentState
from democratic.participation.obligations.models import Obligation, Postponement
from democratic.participation.tracker.asking import ask_for_updates
from democratic.participation.tracker.models import UpdateLink
from democratic.people.actions import suspend_account
from democratic.thread.models import Entry, Opening, Record
from updating import SEPTEMBER, another_service, asked_mails, deputy_of, owe, path_in

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ACTS = ("progress_told", "commitment_moved", "action_moved", "obligation_postponed")


@pytest.fixture
def at(monkeypatch):
    def moved(clock):
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock)

    moved(SEPTEMBER)
    return moved


@pytest.fixture
def asked(territory, at):
    """Both of its lines are late, and its holder has her mail."""
    owe(territory)
    ask_for_updates(authority=territory.authority, clock=SEPTEMBER)
    territory.path = path_in(asked_mails().get())
    return territory


def said(record, **fields):
    return {f"{record.code}-{name}": value for name, value in fields.items()}


def send(asked, *lines, key="k1", **more):
    typed = {"key": key, **more}
    for line in lines:
        typed |= line
    return Client().post(asked.path, typed, **HERE)


def acts():
    return list(Entry.objects.filter(kind__in=ACTS).order_by("pk").values_list("kind", "record__code"))


def words_of(record, kind):
    rows = Opening.objects.filter(entry__record=record, entry__kind=kind)
    return dict(rows.values_list("part", "value"))


def test_opening_the_link_changes_nothing(asked):
    before = (Entry.objects.count(), list(UpdateLink.objects.values()), list(Obligation.objects.values()))
    page = Client().get(asked.path)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    html = page.content.decode()
    assert "Le bus de nuit N1" in html
    assert "Recruter deux conducteurs" in html
    assert "4 jours de retard" in html
    assert "Nathalie" not in html
    after = (Entry.objects.count(), list(UpdateLink.objects.values()), list(Obligation.objects.values()))
    assert before == after


def test_everything_at_once(asked):
    answer = send(
        asked,
        said(asked.commitment.record, to="doing", note="Le marché est signé."),
        said(asked.action.record, note="Un conducteur sur deux.", new_on="2026-10-15", reason="Un refus."),
    )
    assert answer.status_code == 302
    assert sorted(kind for kind, _code in acts()) == [
        "commitment_moved",
        "obligation_postponed",
        "progress_told",
    ]
    assert Record.objects.get(pk=asked.commitment.pk).state == "doing"
    assert words_of(asked.commitment.record, "commitment_moved") == {
        "note": "Le marché est signé.",
        "function": "Service jeunesse",
    }
    owed = Obligation.objects.get(record=asked.action.record)
    assert (owed.first_due_on, owed.due_on) == (date(2026, 8, 20), date(2026, 10, 15))


def test_one_line_at_a_time(asked):
    answer = send(
        asked, said(asked.commitment.record, note="Le marché est signé."), only=asked.commitment.record.code
    )
    assert answer.status_code == 302
    assert acts() == [("progress_told", asked.commitment.record.code)]


def test_what_was_typed_on_the_other_lines_is_kept_when_one_is_sent(asked):
    answer = send(
        asked,
        said(asked.commitment.record, note="Le marché est signé."),
        said(asked.action.record, note="Un conducteur sur deux."),
        only=asked.commitment.record.code,
    )
    assert answer.status_code == 200
    assert acts() == [("progress_told", asked.commitment.record.code)]
    assert "Un conducteur sur deux." in answer.content.decode()


def test_a_line_that_is_refused_loses_none_of_the_others(asked):
    answer = send(
        asked,
        said(asked.commitment.record, note="Le marché est signé."),
        said(asked.action.record, note="Un conducteur.", new_on="2026-08-01", reason="Trop tôt."),
    )
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "La nouvelle date doit suivre le 20/08/2026." in html
    assert "Une nouvelle est publiée." in html
    assert "Un conducteur." in html  # kept as typed
    assert acts() == [("progress_told", asked.commitment.record.code)]
    assert not Postponement.objects.exists()


def test_sent_twice_a_line_is_told_once(asked):
    lines = (said(asked.commitment.record, note="Le marché."), said(asked.action.record, note="Un sur deux."))
    first, second = send(asked, *lines), send(asked, *lines)
    assert (first.status_code, second.status_code) == (302, 302)
    assert len(acts()) == 2


def test_mended_and_sent_again_under_the_same_key_only_the_mended_line_is_told(asked):
    kept = said(asked.commitment.record, note="Le marché.")
    send(asked, kept, said(asked.action.record, note="Un.", new_on="2026-08-01", reason="Trop tôt."))
    answer = send(asked, kept, said(asked.action.record, note="Un.", new_on="2026-10-01", reason="Un refus."))
    assert answer.status_code == 302
    told = [code for kind, code in acts() if kind == "progress_told"]
    assert sorted(told) == sorted([asked.commitment.record.code, asked.action.record.code])


def test_a_page_that_came_back_may_tell_more_of_the_line_that_was_told(asked):
    refused = said(asked.action.record, note="Un.", new_on="2026-08-01", reason="Trop tôt.")
    back = send(asked, said(asked.commitment.record, note="Le marché."), refused)
    key = re.search(r'name="key" value="(\w+)"', back.content.decode())[1]
    more = said(asked.commitment.record, note="Et les arrêts.")
    assert send(asked, more, key=key, only=asked.commitment.record.code).status_code == 302
    assert acts() == [("progress_told", asked.commitment.record.code)] * 2


def test_a_late_line_left_silent_is_asked_for_a_sentence_and_a_line_in_time_is_not(asked):
    other, commitment = another_service(asked)  # due in October
    asked.service, owed = other, Obligation.objects.get(record=commitment.record)
    Obligation.objects.filter(pk=owed.pk).update(service=UpdateLink.objects.get().request.service)
    answer = send(asked, said(asked.commitment.record, note="Le marché."))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert html.count("C’est en retard") == 1
    assert acts() == [("progress_told", asked.commitment.record.code)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"to": "doing"}, "Dites ce qui a changé"),
        ({"to": "doing", "note": "\u200b \u2800"}, "Dites ce qui a changé"),
        ({"to": "part", "note": "Presque."}, "Sélectionnez un choix valide"),
        ({"to": "retrait", "note": "Retiré."}, "Sélectionnez un choix valide"),
        ({"note": "Oui.", "new_on": "2026-10-01"}, "le motif d’un report est public"),
        ({"note": "Oui.", "reason": "Un refus."}, "Donnez la nouvelle date"),
        ({"note": "Oui.", "new_on": "0026-10-01", "reason": "x"}, "Vérifiez l’année"),
        ({"note": "a" * 10_001}, "10001 signes"),
    ],
)
def test_what_is_not_said_as_it_must_be_is_refused_beside_its_field(asked, typed, why):
    answer = send(asked, said(asked.commitment.record, **typed), only=asked.commitment.record.code)
    assert answer.status_code == 409
    assert why in answer.content.decode()
    assert acts() == []


def test_a_link_acts_on_the_lines_of_its_service_alone(asked):
    _other, commitment = another_service(asked)
    send(asked, said(commitment.record, to="kept", note="Volé."), only=commitment.record.code)
    assert acts() == []
    assert Record.objects.get(pk=commitment.pk).state == "due"


def test_the_deputy_speaks_by_delegation(territory, at):
    owe(territory)
    deputy_of(territory)
    suspend_account(account=territory.agent)
    ask_for_updates(authority=territory.authority, clock=SEPTEMBER)
    territory.path = path_in(asked_mails().get())
    assert "par délégation" in Client().get(territory.path).content.decode()
    send(territory, said(territory.commitment.record, to="kept", note="Le bus roule."))
    told = words_of(territory.commitment.record, "commitment_moved")
    assert told["function"] == "Service jeunesse, par délégation"
    assert Record.objects.get(pk=territory.commitment.pk).state == CommitmentState.KEPT


@pytest.mark.parametrize("ended", ["old", "put out", "handed over", "suspended", "forged"])
def test_a_link_that_is_over_shows_and_does_nothing(asked, at, ended):
    if ended == "old":
        at(FixedClock(SEPTEMBER.moment + timedelta(days=30)))
    elif ended == "put out":
        assert Client().post(f"{asked.path}/eteindre", **HERE).status_code == 404
    elif ended == "handed over":
        other = deputy_of(asked)
        hand_over_service(service=asked.service, titular=other.person, deputy=None, clock=SEPTEMBER)
    elif ended == "suspended":
        suspend_account(account=asked.agent)
    else:
        asked.path += "x"
    page = Client().get(asked.path)
    assert page.status_code == 404
    assert "Le bus de nuit N1" not in page.content.decode()
    assert send(asked, said(asked.commitment.record, to="kept", note="Trop tard.")).status_code == 404
    assert acts() == []


def test_a_form_of_another_site_is_refused(asked):
    typed = {"key": "k", **said(asked.commitment.record, note="D’ailleurs.")}
    assert Client().post(asked.path, typed, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert acts() == []


def test_once_all_is_closed_the_page_says_so(asked):
    send(
        asked,
        said(asked.commitment.record, to="kept", note="Le bus roule."),
        said(asked.action.record, to="kept", note="Deux conducteurs."),
    )
    html = Client().get(asked.path).content.decode()
    assert "Rien n’est attendu de votre service" in html


@pytest.mark.parametrize("more", [0, 2])
def test_the_form_asks_the_database_a_fixed_number_of_questions(asked, more, django_assert_num_queries):
    for n in range(more):
        _service, commitment = another_service(asked, f"Service {n}")
        Obligation.objects.filter(record=commitment.record).update(
            service=UpdateLink.objects.get().request.service
        )
    Client().get(asked.path)
    with django_assert_num_queries(5):
        Client().get(asked.path)


def test_the_page_of_a_commitment_says_when_it_was_last_heard_of_and_since_when_it_is_asked(asked, at):
    page = f"/engagements/{asked.commitment.record.code}"
    html = Client().get(page).content.decode().replace("\u00a0", " ")
    assert "Aucune nouvelle depuis la promesse. Demandée le 1er septembre 2026, sans réponse." in html
    october = FixedClock(SEPTEMBER.moment + timedelta(days=31))
    at(october)
    ask_for_updates(authority=asked.authority, clock=october)
    html = Client().get(page).content.decode().replace("\u00a0", " ")
    assert "Demandée 2 fois depuis le 1er septembre 2026, sans réponse." in html
    asked.path = path_in(asked_mails().last())
    send(asked, said(asked.commitment.record, note="Le marché est signé."))
    html = Client().get(page).content.decode()
    assert "Dernière nouvelle : le 2 octobre 2026." in html.replace("\u00a0", " ")
    assert "sans réponse" not in html
    assert "Point d’étape" in html
    assert "Le marché est signé." in html
    assert "Le marché est signé." in Client().get(f"/fil/{asked.commitment.record.code}").content.decode()
    assert "Le marché est signé." in Client().get("/engagements.json").json()["items"][0]["content_text"]
