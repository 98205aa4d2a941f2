"""What everyone reads of a street session: announced, being read again, told; and what a slip's code says."""

import json
from datetime import timedelta

import pytest

from campaigning import census
from courses import grouped
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.commitments.models import Commitment
from democratic.participation.street.accepting import answer_for_word
from democratic.participation.street.queries import get_session_for
from democratic.participation.street.receiving import receive
from democratic.participation.street.returning import send_to_the_street
from democratic.participation.street.validating import validate_captures
from democratic.thread.actions import withdraw_by_authority
from democratic.thread.models import Record, Visibility
from democratic.thread.rules import Viewer
from democratic.web.processes.paging import Paging
from democratic.web.street.pages import _build_page
from in_the_street import QUESTION, SAID, planned, promise, record, taken_out
from outlines import VAUBRUN, draw, square


@pytest.fixture
def session(territory):
    return planned(territory, with_poll=True)


def came_back(session, territory, *records):
    out = taken_out(session, territory)
    said = [record(code=out.codes[0]), *records]
    receive(session=session, device=out.device, records=said, clock=territory.clock)
    return out.codes[0]


def validated(session, territory):
    validate_captures(
        session=session, by=territory.elected.person, function="Le Département", clock=territory.clock
    )


def main(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().split("<main")[1].split("</main")[0]


def page(session):
    return f"/rendez-vous-de-rue/{session.record.code}"


def test_before_the_day_the_page_says_when_and_where(client, session):
    shown = main(client, page(session))
    assert "Place de la Gare" in shown
    assert "1er mars 2026" in shown
    assert "Annoncé" in shown


def test_what_was_said_is_on_no_page_before_somebody_read_it(client, territory, session):
    code = came_back(session, territory, record("summary"))
    assert "relues avant d’être publiées" in main(client, page(session))
    for path in (page(session), f"{page(session)}/mur", "/concertations/bouger/idees", "/recherche?q=bus"):
        assert SAID not in main(client, path)
    assert client.get(f"/fil/{code}").status_code == 404


@pytest.mark.parametrize("path", ["/retrouver?code={code}", "/{code}", "/en/retrouver?code={code}"])
def test_the_code_of_a_slip_says_received_and_never_the_words(client, territory, session, path):
    code = came_back(session, territory)
    shown = main(client, path.format(code=code))
    assert ("en relecture" in shown) or ("being read" in shown)
    assert SAID not in shown
    assert "Léa" not in shown
    validated(session, territory)
    answer = client.get(path.format(code=code))
    assert answer.status_code == 302
    assert code in answer["Location"]


def test_a_code_that_a_device_holds_and_gave_to_nobody_says_nothing(client, territory, session):
    out = taken_out(session, territory)
    assert client.get(f"/retrouver?code={out.codes[9]}").status_code == 404


def test_a_code_of_another_authority_says_nothing(client, territory, session):
    code = came_back(session, territory)
    territory.authority.__class__.objects.filter(pk=territory.authority.pk).update(host="ici.example")
    territory.authority.__class__.objects.create(
        slug="la", name="Là", kind_label="la Ville", host="la.example"
    )
    assert client.get(f"/retrouver?code={code}", headers={"host": "la.example"}).status_code == 404


def test_once_told_the_page_says_what_was_said_counted_and_refused(client, territory, session):
    taps = [record("tap", age_band=band) for band in ("15_17", "65") for _each in range(6)]
    came_back(session, territory, record("refusal"), *taps)
    validated(session, territory)
    shown = main(client, page(session))
    assert SAID in shown
    assert "Léa" in shown
    assert "18-25" not in shown.split("Qui a été rencontré")[0]  # an age is never beside a sentence
    assert "n’a pas voulu répondre" in shown
    assert "non publié" in shown


def test_a_table_of_which_no_number_may_be_told_is_not_shown(client, territory, session):
    came_back(session, territory, record("tap"))
    validated(session, territory)
    assert "Qui a été rencontré" not in main(client, page(session))


def test_the_wall_shows_the_question_and_the_last_voices_and_asks_for_itself_without_a_script(
    client, territory, session
):
    said = [record(text=f"Parole numéro {n}.", made_at=f"2026-03-01T09:{n:02}:00+01:00") for n in range(13)]
    came_back(session, territory, *said)
    validated(session, territory)
    answer = client.get(f"{page(session)}/mur").content.decode()
    assert QUESTION[:-2] in answer
    assert SAID in answer
    assert answer.index("Parole numéro 12.") < answer.index("Parole numéro 11.")
    assert "Parole numéro 1." not in answer  # the twelve last
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in answer
    assert 'data-every="30"' in answer


def test_a_wall_that_is_paused_asks_for_nothing_and_says_how_to_go_on(client, session):
    answer = client.get(f"{page(session)}/mur?pause=oui").content.decode()
    assert "refresh" not in answer
    assert "data-every" not in answer
    assert f'href="{page(session)}/mur"' in answer


def test_a_session_is_found_by_search(client, territory, session):
    assert page(session) in main(client, "/recherche?q=rentrez")


def test_a_session_that_was_withdrawn_says_so(client, territory, session):
    withdraw_by_authority(
        record=session.record, reason="Alerte orange.", function="Le Département", clock=territory.clock
    )
    assert "Alerte orange." in main(client, page(session))


def test_the_list_is_empty_in_words_and_then_says_what_comes_and_what_was(client, territory):
    assert "n’est annoncé" in main(client, "/rendez-vous-de-rue")
    planned(territory)
    assert QUESTION[:-2] in main(client, "/rendez-vous-de-rue?etat=passes")


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_lists_ask_the_database_a_fixed_number_of_questions(
    client, territory, count, django_assert_num_queries
):
    sessions = [planned(territory, with_poll=True) for _each in range(count)]
    came_back(sessions[0], territory, *[record() for _each in range(count)])
    validated(sessions[0], territory)
    client.get("/rendez-vous-de-rue")  # what is read once a process
    with django_assert_num_queries(LISTED):
        client.get("/rendez-vous-de-rue?etat=passes")
    with django_assert_num_queries(ONE):
        client.get(page(sessions[0]))


LISTED, ONE = 7, 13


def test_the_thread_of_a_text_that_goes_back_to_the_street_says_where_it_is_read(client, territory, session):
    idea = territory.say("Un bus de nuit le samedi.").idea.record
    send_to_the_street(session=session, said=idea, clock=territory.clock)
    assert page(session) in main(client, f"/fil/{idea.code}")
    theme = grouped(territory, [idea])
    assert page(session) in main(client, f"/fil/{idea.code}")
    assert main(client, f"/fil/{theme.record.code}")
    came_back(session, territory, record(about=idea.code, text="Le vendredi aussi."))
    validated(session, territory)
    assert "Le vendredi aussi." in main(client, f"/idees/{idea.code}")


def test_the_thread_of_what_was_said_in_the_street_and_promised_there_holds(client, territory, session):
    code = came_back(session, territory, promise(territory))
    validated(session, territory)
    assert "Je réponds sur le bus" not in main(client, page(session))
    answer_for_word(
        request=ApprovalRequest.objects.get(), is_approved=True, clock=territory.clock,
        signed_in=territory.elected.person,
    )  # fmt: skip
    assert SAID in main(client, f"/fil/{code}")
    made = Commitment.objects.get().record
    for path in (f"/engagements/{made.code}", f"/fil/{made.code}", f"/fil/{made.code}/retour", page(session)):
        assert "Je réponds sur le bus" in main(client, path)


def test_the_report_says_what_was_new_beside_the_net_and_links_what_it_resembles(client, territory, session):
    online = territory.say("Le dernier bus part à dix-neuf heures : je rentre à pied le soir.").idea.record
    new = "Un abri contre la pluie à l’arrêt de la piscine, avec un banc."
    came_back(session, territory, record(text=new))
    assert "nouveau par rapport au net" not in main(client, page(session))
    validated(session, territory)
    shown = main(client, page(session))
    report = shown.split('id="neuf"')[1].split("</section>")[0]
    assert "parole nouvelle" in report
    assert "parole déjà dite en ligne" in report
    assert f'href="/fil/{online.code}"' in shown
    only = main(client, f"{page(session)}?quoi=nouveau").split('id="dit"')[1]
    assert "Un abri contre la pluie" in only
    assert online.code not in only
    assert "Aucune." in main(client, f"{page(session)}?quoi=trop-court")
    assert SAID in main(client, f"{page(session)}?quoi=%00n%27importe")


@pytest.mark.parametrize("count", [1, 3])
def test_a_told_session_asks_the_same_number_of_questions(
    client, territory, session, django_assert_num_queries, count
):
    territory.say("Le dernier bus part à dix-neuf heures : je rentre à pied le soir.")
    came_back(session, territory, *(record(text=f"{SAID} {n}") for n in ("Oui.", "Non.")[: count - 1]))
    validated(session, territory)
    main(client, page(session))  # what is kept of a process is read
    with django_assert_num_queries(12):
        _build_page(
            Viewer(territory.authority),
            get_session_for(Viewer(territory.authority), session.record.code),
            Paging(1, 20),
            "",
        )


def test_who_is_missing_is_said_beside_the_census_once_the_report_is_published(client, territory, session):
    draw(territory, VAUBRUN, ("Le Mesnil", square(6, 46)))
    census(territory)
    bands = [*["18_25"] * 40, *["15_17"] * 2, *["26_64"] * 3]
    came_back(session, territory, record("refusal"), *(record("tap", age_band=band) for band in bands))
    assert "recensement" not in main(client, page(session))
    validated(session, territory)
    shown = main(client, page(session)).split('id="manque"')[1].split("</section>")[0]
    assert "Moins de la moitié de leur part" in shown
    table, aside = shown.split("</table>")
    assert "65 ans et plus" in table
    assert "15-17" not in table  # two people: kept apart, and named as such
    assert "15-17" in aside
    assert "N’ont pas voulu répondre" in aside


def test_without_a_census_the_ages_are_counted_and_compared_with_nothing(client, territory, session):
    came_back(session, territory, *(record("tap", age_band=band) for band in ["15_17"] * 6 + ["65"] * 6))
    validated(session, territory)
    shown = main(client, page(session))
    assert 'id="ages"' in shown
    assert "Au recensement" not in shown


@pytest.fixture
def on_the_ground(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    draw(territory)
    return territory


def to_come(territory, **more):
    starts_at = territory.clock.now() + timedelta(days=2)
    return planned(territory, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), **more)


def test_the_list_has_its_map_by_the_commune_that_each_place_names(client, on_the_ground):
    placed = [
        to_come(on_the_ground, place=f"{where} Vaubrun") for where in ("Place de la Gare,", "Marché de")
    ]
    to_come(on_the_ground, place="Sous le grand chêne")
    shown = main(client, "/rendez-vous-de-rue")
    drawing = shown.split("map__still")[1].split("</svg>")[0]
    assert "map__area" in drawing
    assert 'aria-label="Vaubrun, 2"' in drawing
    listed = shown.split('id="apres-carte"')[1]
    assert all(page(each) in listed for each in placed)
    assert "Sous le grand chêne" in listed.split("Hors de la carte")[1]
    features = json.loads(client.get("/rendez-vous-de-rue.geojson").content)["features"]
    assert [(each["properties"]["name"], each["properties"]["n"]) for each in features] == [("Vaubrun", 2)]
    assert json.loads(client.get("/rendez-vous-de-rue.geojson?etat=passes").content)["features"] == []


def test_a_session_with_a_point_stands_there_and_leads_to_its_page(client, on_the_ground):
    session = to_come(on_the_ground, point=(5.251, 46.25))
    features = json.loads(client.get("/rendez-vous-de-rue.geojson").content)["features"]
    assert features[0]["geometry"]["coordinates"] == [5.251, 46.25]
    assert features[0]["properties"]["url"].endswith(page(session))


def test_a_session_that_is_hidden_is_on_no_map(client, on_the_ground):
    session = to_come(on_the_ground, place="Vaubrun")
    Record.objects.filter(pk=session.pk).update(visibility=Visibility.HIDDEN)
    assert json.loads(client.get("/rendez-vous-de-rue.geojson").content)["features"] == []
    assert "map__still" not in main(client, "/rendez-vous-de-rue")


def test_the_agenda_leads_to_the_sessions_and_their_map(client, territory):
    assert 'href="/rendez-vous-de-rue"' in main(client, "/agenda")
