"""Paper at the desk, page by page and without any script: printed, typed, typed again, settled, scanned."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from asking import asked
from civics.territory.communes_file import Commune
from conversations import plain
from democratic.participation.ideas.models import Idea
from democratic.participation.paper.models import PaperBatch, PaperRow, PrintRun, ScanPage, ScanPicture
from democratic.participation.paper.printing import sheets_of
from democratic.participation.paper.states import BatchState
from democratic.participation.paper.working import work
from democratic.participation.polls.models import PollTally
from democratic.thread.actions import give_role
from democratic.thread.actions.places import list_communes
from democratic.thread.models import Kind, Record, Role
from factories import build_territory, staff_account
from paper_piles import WORDS, drawn_page, pile, printed, scan, ticked_page
from pdf_files import objects_of, words_of
from scanned_forms import jpeg

C = "/bureau/concertations/bouger/papiers"


@pytest.fixture
def as_account(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)

    def sign_in(account):
        client = Client(headers={"sec-fetch-site": "same-origin"})
        client.force_login(account)
        return client

    return sign_in


@pytest.fixture
def agent(territory, as_account):
    return as_account(territory.agent)


@pytest.fixture
def other_agent(territory, as_account):
    account = staff_account("karim@val-orbe.example", "Karim", password=None)
    give_role(person=account.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock)
    return as_account(account)


def line(n, code="", age="4", choice="1", body="2", consents="0", **words):
    """What is typed on one line."""
    typed = {"code": code, "age": age, "choice": choice, "body": body, "consents": consents, **words}
    return {f"{name}_{n}": value for name, value in typed.items()}


def opened(agent, poll=None, name="Lot 1", **more):
    sent = {
        "name": name,
        "gathered_on": "2026-03-01",
        "poll": str(poll.pk) if poll else "",
        "is_checked": "on",
        **more,
    }
    return agent.post(f"{C}/lots/nouveau", sent).url


def test_a_run_is_printed_with_a_number_and_a_key_on_each_stub(territory, agent):
    poll = asked(territory)
    assert "Aucun lot encore" in plain(agent.get(C))
    agent.post(f"{C}/imprimer", {"poll": str(poll.pk), "copies": "3"})
    run = PrintRun.objects.get()
    page = plain(agent.get(C))
    assert "Faut-il un bus après 22 h ?" in page
    assert "sur 3" in page
    assert "PDF avec ses clés" in page
    given = agent.post(f"{C}/tirages/{run.pk}.pdf")
    assert given.headers["Content-Type"] == "application/pdf"
    assert "no-store" in given.headers["Cache-Control"]
    said = words_of(given.content)
    assert all(sheet.code in said for sheet in sheets_of(run))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in objects_of(given.content)


def test_a_pile_is_typed_by_one_and_again_by_another_then_counted(territory, agent, other_agent):
    poll = asked(territory)
    sheets = sheets_of(printed(territory, poll, 2))
    here = opened(agent, poll)
    typed = line(1, sheets[0].code) | line(2, sheets[1].code.lower(), choice="3", consents="1", text=WORDS)
    kept = agent.post(here, typed | {"acte": "garder"}, follow=True)
    assert "Enregistré. Vous pouvez continuer." in plain(kept)
    assert PaperRow.objects.count() == 2
    done = agent.post(here, typed | {"acte": "finir"}, follow=True)
    assert "Une autre personne que vous doit ressaisir" in plain(done)
    assert "Ressaisir ce lot" in plain(other_agent.get(here))
    page = other_agent.get(f"{here}/ressaisir")
    assert WORDS not in plain(page)
    assert 'value="3"' not in page.content.decode()
    again = {name: value for name, value in typed.items() if not name.startswith(("code", "text"))}
    counted = other_agent.post(f"{here}/ressaisir", again | {"sheets": "2"}, follow=True)
    assert "Ce que ce lot a donné" in plain(counted)
    assert PollTally.objects.get().total == 2
    assert Record.objects.get(kind=Kind.IDEA).code == sheets[1].code
    assert "2 revenues et comptées sur 2" in plain(agent.get(C))


def test_what_differs_is_shown_side_by_side_and_settled(territory, agent, other_agent):
    poll = asked(territory)
    here = opened(agent, poll)
    agent.post(here, line(1) | {"acte": "finir"})
    second = line(1, choice="2", body="1")
    location = other_agent.post(f"{here}/ressaisir", second | {"sheets": "1"}).url
    assert location == f"{here}/ecarts"
    page = plain(other_agent.get(location))
    assert "Oui (première saisie)" in page
    assert "Oui, le week-end (seconde saisie)" in page
    assert "non (première saisie)" in page
    assert other_agent.post(location, {"choice_1": "2"}).status_code == 400
    assert other_agent.post(location, {"choice_1": "2", "body_1": "1"}).status_code == 400  # her own
    noted = other_agent.post(location, {"choice_1": "other", "body_1": "1"}, follow=True)
    assert "Une autre personne que vous doit regarder" in plain(noted)
    assert PaperBatch.objects.get().state == BatchState.DIFFERS
    assert "body_1" not in agent.get(location).content.decode()
    agent.post(location, {"choice_1": "2"})
    assert PaperBatch.objects.get().state == BatchState.COUNTED
    rank = poll.options.order_by("rank")[1].rank
    assert PollTally.objects.get().counts == {str(rank): 1}


def test_a_line_that_lacks_something_says_which_cell_and_loses_nothing(territory, agent):
    here = opened(agent, asked(territory))
    sent = agent.post(here, line(1, age="") | line(2) | {"acte": "finir"})
    assert sent.status_code == 400
    page = plain(sent)
    assert "Feuille 1, âge" in page
    assert "À dire." in page
    assert PaperRow.objects.count() == 2
    assert PaperBatch.objects.get().state == BatchState.OPEN


def test_a_digit_that_is_no_answer_is_said_beside_it_and_the_rest_stays_typed(territory, agent):
    here = opened(agent, asked(territory))
    sent = agent.post(here, line(1, choice="9", text=WORDS) | {"acte": "garder"})
    assert sent.status_code == 400
    assert "Un chiffre de 0 à 3." in plain(sent)
    assert WORDS in plain(sent)


def test_a_number_that_is_no_sheets_is_said_beside_it(territory, agent):
    here = opened(agent)
    sent = agent.post(here, line(1, "K7P-4RM") | {"acte": "garder"})
    assert sent.status_code == 400
    assert "Ce numéro n’est celui d’aucune feuille" in plain(sent)


def test_one_s_own_pile_is_not_checked_by_oneself(territory, agent):
    here = opened(agent)
    agent.post(here, line(1) | {"acte": "finir"})
    assert agent.get(f"{here}/ressaisir").url == here
    assert agent.post(f"{here}/ressaisir", line(1) | {"sheets": "1"}).url == here
    assert PaperBatch.objects.get().state == BatchState.ENTERED


def test_another_agent_sees_that_a_pile_is_being_typed_and_does_not_type_into_it(
    territory, agent, other_agent
):
    here = opened(agent)
    assert "Une autre personne saisit ce lot" in plain(other_agent.get(here))
    other_agent.post(here, line(1) | {"acte": "garder"})
    assert not PaperRow.objects.exists()


def test_a_scan_is_sent_read_in_the_background_and_completed_by_hand(territory, agent):
    run = printed(territory, copies=2)
    here = opened(agent)
    pages = [jpeg(ticked_page(run, n, age="26_64", body="no", consent="yes")) for n in (1, 2)]
    files = [SimpleUploadedFile(f"{n}.jpg", each) for n, each in enumerate([*pages, b"nothing"], 1)]
    assert agent.post(here, {"scans": files, "acte": "numeriser"}).url == here
    waiting = agent.get(here)
    assert "Refresh" not in waiting.headers  # one types there
    assert "<progress" in waiting.content.decode()
    followed = agent.get(f"{here}?suivre=1")
    assert followed.headers["Refresh"] == "3"
    assert b"<textarea" not in followed.content
    work(territory.clock)
    page = plain(agent.get(here))
    assert "Pages à regarder" in page
    assert "Ce fichier n’est ni un PDF, ni une image" in page
    shown = ScanPicture.objects.get(part="text", page__row__number=1)
    path = f"{here}/pages/{shown.page_id}/text.jpg"
    assert path in agent.get(here).content.decode()
    picture = agent.get(path)
    assert picture.content[:2] == b"\xff\xd8"
    assert "no-store" in picture.headers["Cache-Control"]
    problem = ScanPage.objects.get(problem="not_a_scan")
    agent.post(f"{here}/pages/{problem.pk}/regler")
    assert "Pages à regarder" not in plain(agent.get(here))


def test_a_picture_is_for_agents_of_its_own_authority_alone(territory, agent, as_account):
    run = printed(territory, copies=1)
    batch = pile(territory)
    scan(batch, jpeg(ticked_page(run, 1, age="26_64")), territory=territory)
    path = f"{C}/lots/{batch.pk}/pages/{ScanPage.objects.get().pk}/page.jpg"
    assert agent.get(path).status_code == 200
    assert as_account(territory.citizen).get(path).status_code == 403
    assert Client().get(path).status_code == 302
    elsewhere = pile(build_territory(slug="voisin", host="voisin.example"))
    assert agent.get(f"{C}/lots/{elsewhere.pk}").status_code == 404
    assert agent.get(path.replace(str(batch.pk), str(elsewhere.pk))).status_code == 404


def test_nothing_is_sent_without_a_file(territory, agent):
    here = opened(agent)
    sent = agent.post(here, line(3, text=WORDS) | {"acte": "numeriser"})
    assert sent.status_code == 400
    assert "Choisissez le fichier" in plain(sent)
    assert PaperRow.objects.get().text == WORDS


def test_a_pile_is_thrown_away_with_its_scans(territory, agent):
    run = printed(territory, copies=1)
    here = opened(agent)
    scan(PaperBatch.objects.get(), jpeg(drawn_page(run, 1)), territory=territory)
    assert agent.post(f"{here}/jeter").status_code == 400
    page = agent.get(f"{here}/jeter")
    assert "C’est vous qui saisissez ce lot. 1 ligne saisie sera perdue. 1 page numérisée aussi." in plain(
        page
    )
    assert agent.post(f"{here}/jeter", sure(page)).url == C
    assert not PaperBatch.objects.exists()
    assert not ScanPicture.objects.exists()


def sure(page):
    """What a page that asks « sure? » sends."""
    return {"said": re.search(r'name="said" value="([^"]*)"', page.content.decode())[1]}


def test_whoever_throws_a_colleague_s_pile_away_is_told_whose_it_is_and_what_was_typed_since(
    territory, agent, other_agent
):
    here = opened(agent)
    agent.post(here, line(1) | {"acte": "garder"})
    page = other_agent.get(f"{here}/jeter")
    assert "Ce lot est saisi par" in plain(page)
    assert "1 ligne saisie sera perdue" in plain(page)
    agent.post(here, line(1) | line(2) | {"acte": "garder"})
    again = other_agent.post(f"{here}/jeter", sure(page))
    assert again.status_code == 400
    assert "2 lignes saisies seront perdues" in plain(again)
    assert PaperBatch.objects.exists()
    assert other_agent.post(f"{here}/jeter", sure(again)).url == C


def test_one_hand_alone_publishes_only_once_it_was_told_what(territory, agent, other_agent):
    run = printed(territory, copies=1)
    here = opened(agent, is_checked="")
    scan(PaperBatch.objects.get(), b"nothing", territory=territory)
    typed = line(1, sheets_of(run)[0].code, consents="1", text=WORDS) | line(2, text=WORDS)
    asked_again = agent.post(here, typed | {"acte": "finir"})
    assert asked_again.url == f"{here}/publier"
    assert PaperBatch.objects.get().state == BatchState.OPEN
    page = agent.get(f"{here}/publier")
    told = plain(page)
    for said in (
        "2 feuilles seront comptées. 1 parole sera publiée tout de suite.",
        "1 parole ne le sera pas, faute d’accord.",
        "1 page numérisée reste à regarder",
    ):
        assert said in told
    assert agent.post(f"{here}/publier").status_code == 400
    assert other_agent.post(f"{here}/publier", sure(page)).url == here
    assert PaperBatch.objects.get().state == BatchState.OPEN
    agent.post(f"{here}/publier", sure(page))
    assert PaperBatch.objects.get().state == BatchState.COUNTED
    assert Record.objects.filter(kind=Kind.IDEA).count() == 1


def test_nothing_is_published_of_a_pile_that_two_hands_enter_by_its_first_alone(agent):
    here = opened(agent)
    agent.post(here, line(1) | {"acte": "garder"})
    assert agent.get(f"{here}/publier").url == here
    assert agent.post(f"{here}/publier", {"said": "1-0-0-0-0-0"}).url == here
    assert PaperBatch.objects.get().state == BatchState.OPEN


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_asks_as_much_for_one_pile_as_for_three(territory, agent, count, django_assert_num_queries):
    for n in range(count):
        printed(territory, copies=1)
        pile(territory, name=f"Lot {n}")
    agent.get(C)
    with django_assert_num_queries(QUERIES["board"]):
        agent.get(C)


@pytest.mark.parametrize("count", [1, 3])
def test_a_pile_asks_as_much_for_one_sheet_as_for_three(territory, agent, count, django_assert_num_queries):
    run, batch = printed(territory, copies=3), pile(territory)
    scan(batch, *(jpeg(ticked_page(run, n + 1, age="26_64")) for n in range(count)), territory=territory)
    here = f"{C}/lots/{batch.pk}"
    agent.get(here)
    with django_assert_num_queries(QUERIES["pile"]):
        agent.get(here)


QUERIES = {"board": 9, "pile": 13}


def test_the_other_pages_of_the_grid_are_reached_and_keep_their_lines(territory, agent):
    here = opened(agent)
    agent.post(f"{here}?page=2", line(21) | {"acte": "garder"})
    assert PaperRow.objects.get().number == 21
    assert "Feuille 21, âge" in plain(agent.get(f"{here}?page=2"))


def published(agent, here, typed):
    agent.post(here, typed | {"acte": "finir"})
    agent.post(f"{here}/publier", sure(agent.get(f"{here}/publier")))


def test_the_code_of_a_stub_says_that_its_sheet_waits_then_what_it_became(territory, agent):
    waits, told = sheets_of(printed(territory, copies=2))
    unknown = plain(Client().get("/retrouver?code=K7P-4RM"))
    assert "Ce code n’existe pas" in unknown
    for path in (f"/retrouver?code={waits.code}", f"/{waits.code}"):
        assert "n’est pas encore saisie" in plain(Client().get(path))
    here = opened(agent, is_checked="")
    published(agent, here, line(1, told.code, consents="1", text=WORDS))
    published(agent, opened(agent, name="Lot 2", is_checked=""), line(1, waits.code))
    assert Client().get(f"/retrouver?code={told.code}").status_code == 302
    assert "Elle ne porte pas de parole publiée" in plain(Client().get(f"/retrouver?code={waits.code}"))


# --- a class


def test_a_run_for_a_class_says_it_once_on_the_page_and_on_each_sheet(territory, agent):
    list_communes(authority=territory.authority, communes=[Commune("99001", "Vaubrun", "99100")])
    page = plain(agent.get(f"{C}/imprimer"))
    assert "Pour une classe" in page
    assert "Vaubrun" in page
    said = {"group": "2de B, lycée Simone-Veil", "age": "15_17", "place": "Vaubrun"}
    agent.post(f"{C}/imprimer", {"poll": "", "copies": "2", **said})
    run = PrintRun.objects.get()
    assert (run.group, run.age, run.place) == tuple(said.values())
    assert "2de B, lycée Simone-Veil · 15-17 ans · Vaubrun" in plain(agent.get(C))
    given = words_of(agent.get(f"{C}/tirages/{run.pk}.pdf").content)
    assert given.count("2de B, lycée Simone-Veil · 15-17 ans · Vaubrun") == 2


def test_a_class_under_15_without_a_question_is_refused_where_the_question_is_chosen(territory, agent):
    answer = agent.post(f"{C}/imprimer", {"poll": "", "copies": "2", "group": "CM2", "age": "under_15"})
    assert answer.status_code == 400
    assert "seule la case cochée est gardée" in plain(answer)
    assert 'value="CM2"' in answer.content.decode(), "what was typed stays"
    assert not PrintRun.objects.exists()


def test_without_a_list_of_municipalities_none_is_asked(agent):
    assert "La commune de la classe" not in plain(agent.get(f"{C}/imprimer"))
    assert agent.post(f"{C}/imprimer", {"poll": "", "copies": "1", "place": "Vaubrun"}).status_code == 302
    assert PrintRun.objects.get().place == ""


def test_the_lines_of_a_class_are_typed_without_an_age(territory, agent):
    run = printed(territory, copies=1, group="2de B", age="15_17")
    here = opened(agent, None, is_checked="")
    typed = line(1, sheets_of(run)[0].code, consents="1", text=WORDS)
    typed |= {"age_1": ""}
    assert "laissez sa case vide" in plain(agent.get(here))
    agent.post(here, {name: said for name, said in typed.items() if name != "choice_1"} | {"acte": "finir"})
    agent.post(f"{here}/publier", sure(agent.get(f"{here}/publier")))
    assert Idea.objects.get().age_band == "15_17"
