"""What people read of an observatory, and what those who sit, appoint, found and reply fill in."""

import re
import time

import pytest
from django.test import Client

from courses import promised
from democratic.messaging.models import OutgoingMessage
from democratic.notices.effects import NOTICES
from democratic.observatory.actions import correct_hearing, erase_judge, reply_to_verdict
from democratic.observatory.models import Hearing, Observatory, Reply, Seat, Verdict
from democratic.observatory.states import Says
from democratic.people.actions import leave_address, welcome_guest
from democratic.people.models import ContactAddress
from democratic.thread.actions import Words, follow, give_role
from democratic.thread.journal.projections import ensure_cursors
from democratic.thread.journal.running import drain
from democratic.thread.models import Role, Volume
from factories import build_territory, signed_in_at, staff_account, verified_account
from judging import BENCHES, bench, seated

pytestmark = pytest.mark.django_db
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def court(db, monkeypatch):
    made = BENCHES.one_more()
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", made.clock)
    return made


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def post(client, path, **data):
    return client.post(path, {"key": f"k{len(data)}{path}"[:60]} | data, **HERE)


def test_both_words_stand_side_by_side_wherever_the_commitment_is_shown(court):
    verdict = court.find(Says.KEPT)
    commitment = court.commitments[0].record
    for path in ("/observatoire", f"/avis/{verdict.record.code}", f"/engagements/{commitment.code}"):
        text = page(Client(), path)
        assert "En désaccord" in text, path
        assert "La collectivité" in text, path
    assert "Observatoire\u00a0: tenu, en désaccord" in page(Client(), "/engagements")
    assert "en désaccord avec la collectivité" in page(Client(), f"/fil/{commitment.code}")


def test_an_older_verdict_is_still_there_and_says_that_another_followed(court):
    first, second = court.find(Says.UNKEPT), court.find(Says.DOING)
    text = page(Client(), f"/avis/{first.record.code}")
    assert "Cet avis a été suivi d’un autre" in text
    assert f"/avis/{second.record.code}" in text
    assert "suivi d’un autre" not in page(Client(), f"/avis/{second.record.code}")


def test_a_verdict_tells_votes_minority_and_reply(court):
    verdict = court.find(minority="C’est trop tôt.", dissenters=[court.seats[2]], votes_against=1)
    reply_to_verdict(
        verdict=verdict, official=court.territory.official, text="Le marché est relancé.", clock=court.clock
    )
    text = page(Client(), f"/avis/{verdict.record.code}")
    for said in ("2 pour, 1 contre", "C’est trop tôt.", "Jurée 2", "Le marché est relancé.", "Odile"):
        assert said in text
    erase_judge(seat=court.seats[2])
    again = page(Client(), f"/avis/{verdict.record.code}")
    assert "Jurée 2" not in again
    assert "un membre" in again


def test_an_empty_page_says_what_why_and_who(territory):
    text = page(Client(), "/observatoire")
    assert "Personne ne juge encore ce qui est promis" in text
    assert "Nobody yet judges" in page(Client(), "/en/observatoire")


def test_an_observatory_shows_its_charter_its_members_and_their_acts(court):
    text = page(Client(), f"/observatoires/{court.observatory.record.code}")
    for said in ("preuves en main", "Jurée 0", "Tirage du 2 mars", "Délibération 2026-12", court.body.name):
        assert said in text


def test_a_hearing_shows_its_transcript_and_is_found_by_it(court):
    hearing = court.hear()
    text = page(Client(), f"/auditions/{hearing.record.code}")
    assert "mâts luminescents" in text
    assert "https://videos.example/audition-1" in text
    assert hearing.record.code in page(Client(), "/recherche?q=luminescents")


def test_a_member_publishes_a_hearing_and_a_verdict_from_her_seat_and_two_taps_make_one(court):
    client, code = signed_in(court.members[0]), court.observatory.record.code
    desk = page(client, f"/observatoires/{code}/siege")
    assert "À juger" in desk
    day = court.today.isoformat()
    heard = post(
        client, f"/observatoires/{code}/auditions/nouvelle", title="Audition", held_on=day, place="Vaubrun",
        heard="La direction", commitments=[str(court.commitments[0].pk)],
    )  # fmt: skip
    assert heard.status_code == 302
    path = f"/observatoires/{code}/avis/{court.commitments[0].record.code}"
    given = {"says": "unkept", "reasons": "Rien.", "decided_on": day, "votes_for": "2", "votes_against": "0"}
    given["abstentions"] = "0"
    first, second = post(client, path, **given), post(client, path, **given)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert (Verdict.objects.count(), Hearing.objects.count()) == (1, 1)
    refused = post(client, path, **(given | {"votes_for": "40", "key": "another"}))
    assert refused.status_code == 400
    assert "Rien." in refused.content.decode()


@pytest.mark.parametrize("role", [*Role, None])
def test_the_seats_and_the_body_s_page_are_there_for_nobody_else(court, role):
    account = staff_account("quelqu-un@val-orbe.example", "Quelqu’un", password=None)
    if role:
        give_role(person=account.person, role=role, authority=court.territory.authority, clock=court.clock)
    hearing, client = court.hear(), signed_in(account)
    code, promised = court.observatory.record.code, court.commitments[0].record.code
    seat = court.seats[0].pk
    pages = (
        f"/observatoires/{code}/siege", f"/observatoires/{code}/avis", f"/observatoires/{code}/avis/{promised}",
        f"/observatoires/{code}/auditions/nouvelle", f"/observatoires/{code}/quitter",
        f"/auditions/{hearing.record.code}/corriger", f"/observatoires/{code}/membres",
        f"/observatoires/{code}/membres/nommer", f"/observatoires/{code}/membres/{seat}/terminer",
    )  # fmt: skip
    for path in pages:
        assert client.get(path).status_code == 404, path
        assert post(client, path).status_code in (404, 405), path


def just_now(court):
    """By the clock of the court, and by the database's, which says when a session was read."""
    return max(time.time(), court.clock.now().timestamp())


@pytest.mark.parametrize("kind", ["verdict", "hearing", "observatory"])
def test_no_page_of_the_desk_withdraws_what_was_judged(court, kind):
    admin = staff_account("admin@val-orbe.example", "Admin", password=None)
    give_role(
        person=admin.person, role=Role.ADMINISTRATOR, authority=court.territory.authority, clock=court.clock
    )
    record = {"verdict": court.find(), "hearing": court.hear(), "observatory": court.observatory}[kind].record
    client = signed_in(admin)
    signed_in_at(client, admin, just_now(court))
    for path in (f"/bureau/retirer/{record.code}", f"/bureau/paroles/{record.code}/fusionner"):
        assert client.get(path).status_code == 404, path
        assert post(client, path, reason="Gênant").status_code == 404, path


def test_the_body_names_by_a_link_and_who_opens_it_sits_under_the_name_that_she_chose(court):
    client, code = signed_in(court.speaker), court.observatory.record.code
    shown = post(
        client,
        f"/observatoires/{code}/membres/nommer",
        act_reference="Tirage du 5",
        act_on=court.today.isoformat(),
    )
    assert shown["Cache-Control"] == "no-store"
    path = re.search(r"/sieger/[^<\"\s]+", shown.content.decode())[0]
    assert page(Client(), path, 302) == ""
    newcomer = signed_in(verified_account("nouvelle@val-orbe.example", "Zohra"))
    assert "Tirage du 5" in page(newcomer, path)
    assert post(newcomer, path, name="Zohra").status_code == 400
    assert post(newcomer, path, name="Zohra B.", consents="on").status_code == 302
    assert "Zohra B." in page(Client(), f"/observatoires/{code}")
    page(newcomer, path, 404)
    assert "Zohra B." in page(client, f"/observatoires/{code}/membres")


def test_an_administrator_founds_it_and_an_official_replies(court):
    admin = staff_account("admin@val-orbe.example", "Admin", password=None)
    give_role(
        person=admin.person, role=Role.ADMINISTRATOR, authority=court.territory.authority, clock=court.clock
    )
    founded = post(
        signed_in(admin), "/bureau/observatoires/nouveau", title="Observatoire du climat", text="Sa charte.",
        body=str(court.body.pk), choosing="lot", mandate_months="12", act_reference="Délibération 9",
        act_on=court.today.isoformat(),
    )  # fmt: skip
    assert founded.status_code == 302
    assert Observatory.objects.count() == 2
    verdict = court.find(Says.KEPT)
    official = signed_in(court.territory.elected)
    assert "Répondre" in page(official, "/bureau/observatoires")
    replied = post(official, f"/bureau/avis/{verdict.record.code}/repondre", text="Nous maintenons.")
    assert replied.status_code == 302
    assert Reply.objects.get().name == "Odile Vasseur-Thiry"


def test_who_follows_the_commitment_is_told_once_of_its_verdict(court, settings):
    ensure_cursors([NOTICES])
    drain(clock=court.clock)
    follower = welcome_guest()
    address = leave_address(
        person=follower,
        email="ines@example.org",
        purpose="notices",
        wording="…",
        language="fr",
        clock=court.clock,
    )
    ContactAddress.objects.filter(pk=address.pk).update(confirmed_at=court.clock.now())
    follow(record=court.commitments[0].record, person=follower, volume=Volume.ALL)
    court.find(Says.UNKEPT)
    court.find(Says.KEPT, commitment=court.commitments[1])
    drain(clock=court.clock)
    drain(clock=court.clock)
    (message,) = OutgoingMessage.objects.filter(purpose="verdict")
    assert "Non tenu" in message.subject
    assert "ne peut ni changer ni cacher" in message.body


@pytest.mark.parametrize("form", ["atom", "json"])
def test_each_version_is_in_the_feed(court, form):
    first, second = court.find(Says.UNKEPT), court.find(Says.DOING)
    text = page(Client(), f"/observatoire.{form}")
    assert first.record.code in text
    assert second.record.code in text


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(
    ("path", "questions"),
    [
        ("/observatoire", 6),
        ("/observatoire?desaccord=1", 6),
        ("/engagements", 9),
        ("/observatoires/{observatory}", 7),
        ("/observatoires/{observatory}/siege", 11),
        ("/observatoires/{observatory}/avis", 9),
        ("/observatoires/{observatory}/membres", 11),
    ],
)
def test_a_page_asks_as_much_of_one_row_as_of_three(
    territory, django_assert_num_queries, n, path, questions, monkeypatch
):
    court = bench(territory, commitments=n, members=n)
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", court.clock)
    for each in court.commitments:
        court.find(commitment=each, votes_for=1)
        court.hear(commitments=[each])
    who = {"siege": court.members[0], "avis": court.members[0], "membres": court.speaker}
    account = who.get(path.rpartition("/")[2])
    client = signed_in(account) if account else Client()
    address = path.format(observatory=court.observatory.record.code)
    page(client, "/journal")  # what the frame asks once
    with django_assert_num_queries(questions):
        page(client, address)


def test_the_members_list_of_commitments_has_pages(court, monkeypatch):
    monkeypatch.setattr("democratic.web.observatory.bench.commitments.PAGE", 2)
    decision = court.commitments[0].decision
    for n in range(4 - len(court.commitments)):
        promised(court.territory, decision, title=f"Un abri {n}")
    client = signed_in(court.members[0])
    path = f"/observatoires/{court.observatory.record.code}/avis"
    first, second = page(client, path), page(client, f"{path}?page=2")
    assert f'href="{path}?page=2"' in first
    assert "1 à 2 sur 4" in first.replace("\u00a0", " ")
    shown = [re.findall(r'bodies__name"><a href="([^"]+)"', each) for each in (first, second)]
    assert [len(each) for each in shown] == [2, 2]
    assert not set(shown[0]) & set(shown[1])
    page(client, f"{path}?page=3", 404)


HARM = "<script>alert(1)</script> =HYPERLINK(1) \u202eeuqinu\u202c {{ 7*7 }}"


def test_what_means_harm_is_shown_inert_wherever_it_was_typed(court):
    account = verified_account("quatrieme@val-orbe.example", "Zohra")
    seated(court.observatory, court.speaker, account, HARM[:80], court.clock)
    hearing = court.hear(words=Words(title=HARM, text=HARM), place=HARM, heard=HARM, transcript=HARM)
    correct_hearing(hearing=hearing, note=HARM, person_ids=court.ids(), clock=court.clock)
    verdict = court.find(
        reasons=HARM, minority=HARM, dissenters=[court.seats[2]], votes_for=2, votes_against=1
    )
    reply_to_verdict(verdict=verdict, official=court.territory.official, text=HARM, clock=court.clock)
    code = court.observatory.record.code
    for path in (
        "/observatoire", "/observatoire.atom", f"/observatoires/{code}", f"/auditions/{hearing.record.code}",
        f"/avis/{verdict.record.code}", f"/engagements/{court.commitments[0].record.code}",
    ):  # fmt: skip
        text = page(Client(), path)
        assert "<script>alert" not in text, path
        assert "\u202e" not in text, path
        assert " 49" not in text, path


def test_ids_of_another_authority_lead_nowhere_from_here(court):
    there = bench(build_territory(slug="ailleurs", host="ailleurs.example"))
    hearing, verdict, code = there.hear(), there.find(), court.observatory.record.code
    member, speaker = signed_in(court.members[0]), signed_in(court.speaker)
    signed_in_at(speaker, court.speaker, court.clock.now().timestamp())
    for client, path in (
        (Client(), f"/avis/{verdict.record.code}"),
        (Client(), f"/auditions/{hearing.record.code}"),
        (member, f"/observatoires/{there.observatory.record.code}/siege"),
        (member, f"/observatoires/{code}/avis/{there.commitments[0].record.code}"),
        (member, f"/auditions/{hearing.record.code}/corriger"),
        (speaker, f"/observatoires/{code}/membres/{there.seats[0].pk}/terminer"),
    ):
        page(client, path, 404)
    path = f"/observatoires/{code}/auditions/nouvelle"
    data = {"title": "X", "held_on": court.today.isoformat(), "place": "Ici", "heard": "Nous"}
    refused = post(member, path, commitments=[str(there.commitments[0].pk)], **data)
    assert refused.status_code == 400
    assert not Hearing.objects.filter(observatory=court.observatory).exists()


def test_who_judges_what_another_has_just_judged_is_told_loses_nothing_and_may_go_on(court):
    client, commitment = signed_in(court.members[0]), court.commitments[0]
    path = f"/observatoires/{court.observatory.record.code}/avis/{commitment.record.code}"
    given = {
        "says": "kept", "reasons": "Longuement pesé.", "decided_on": court.today.isoformat(), "votes_for": "2",
        "votes_against": "0", "abstentions": "0", "after": "0",
    }  # fmt: skip
    court.find(Says.UNKEPT, by=1)
    told = post(client, path, **given)
    assert told.status_code == 409
    text = told.content.decode()
    assert "Un autre membre vient de publier" in text
    assert "Longuement pesé." in text
    after = re.search(r'name="after" value="(\d+)"', text)[1]
    assert post(client, path, **(given | {"after": after, "key": "again"})).status_code == 302
    assert [each.version for each in Verdict.objects.order_by("version")] == [1, 2]


def test_menus_lead_to_the_observatory_once_there_is_one(territory):
    for path in ("/plus", "/engagements"):
        assert 'href="/observatoire"' not in page(Client(), path), path
    bench(territory)
    for path in ("/plus", "/engagements"):
        assert 'href="/observatoire"' in page(Client(), path), path


def test_the_bilan_says_what_the_observatory_found_when_it_differs_and_nothing_else(court):
    path = "/concertations/bouger/bilan"
    assert "L’observatoire dit autre chose" not in page(Client(), path)
    court.find(Says.KEPT)
    text = page(Client(), path)
    assert "L’observatoire dit autre chose" in text
    assert "sur 1 engagement." in text
    assert 'href="/observatoire?concertation=bouger"' in text
    listed = page(Client(), "/observatoire?concertation=bouger")
    assert "Ceux d’une seule concertation." in listed
    assert "Aucun avis de cette sorte" in page(Client(), "/observatoire?concertation=autre")


def test_a_closed_observatory_still_shows_all(court):
    admin = staff_account("admin@val-orbe.example", "Admin", password=None)
    give_role(
        person=admin.person, role=Role.ADMINISTRATOR, authority=court.territory.authority, clock=court.clock
    )
    verdict, code = court.find(), court.observatory.record.code
    client = signed_in(admin)
    signed_in_at(client, admin, just_now(court))
    response = post(client, f"/bureau/observatoires/{code}/dissoudre", reason="Fin du plan.")
    assert response.status_code == 302, response.content.decode()[-300:]
    assert not Seat.objects.filter(until=None).exists()
    text = page(Client(), f"/observatoires/{code}")
    assert "Fin du plan." in text
    assert "Jurée 0" in text
    page(Client(), f"/avis/{verdict.record.code}")
    page(signed_in(court.members[0]), f"/observatoires/{code}/siege", 404)
