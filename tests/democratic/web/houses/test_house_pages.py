"""The pages of a house: what everyone reads, what members alone read, what adults do no more."""

from datetime import timedelta

import pytest
from django.test import Client

from at_home import at_home
from bodies import opened
from democratic.communities.houses.actions import (
    CharterText,
    announce_draw,
    ask_for_skill,
    give_role_in_turn,
    make_code,
    name_facilitator,
    propose_charter,
    write_charter,
)
from democratic.communities.houses.models import Charter, House, HouseMember, Right, Role
from democratic.participation.commitments.models import Commitment
from democratic.participation.houses.actions import (
    PointAnswer,
    add_minority_view,
    answer_referral,
    convene_meeting,
    open_topic,
    place_point,
    propose_point,
    refer,
    say_in_topic,
    write_hand_over,
)
from democratic.participation.houses.models import AgendaPoint, Power, Referral
from democratic.participation.meetings.actions import Moment
from democratic.thread.actions import Words
from factories import staff_account, verified_account

PUBLIC = ("", "/charte")
AT_HOME = (
    "/maison", "/discussions", "/ordre-du-jour", "/avis", "/charte/projet", "/roles", "/savoir-faire", "/passation",
    "/saisines",
)  # fmt: skip


@pytest.fixture
def home(territory, monkeypatch):
    made = at_home(territory)
    monkeypatch.setattr("democratic.kernel.clock.DatabaseClock.stands_at", territory.clock.now())
    return made


def as_account(account) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(account)
    return client


@pytest.fixture
def member(home):
    return as_account(home.accounts[0])


def full(home, n: int):
    """``n`` of everything that a page lists."""
    clock, now = home.territory.clock, home.territory.clock.now()
    home.charter()
    for role in list(Role)[:n]:
        give_role_in_turn(house=home.house, role=role, clock=clock)
    moment = Moment(now + timedelta(days=3), now + timedelta(days=3, hours=2), "Salle du forum")
    for index in range(n):
        topic = open_topic(house=home.house, words=Words(title=f"Sujet {index}", text="Dis."), clock=clock)
        say_in_topic(
            topic=topic, member=home.members[0], text="Oui.", language="fr", byline="Inès", clock=clock
        )
        meeting = convene_meeting(
            house=home.house, words=Words(title=f"Réunion {index}"), moment=moment, clock=clock
        )
        placed = propose_point(house=home.house, member=home.members[0], title="Placé", why="", clock=clock)
        place_point(point=placed, meeting=meeting, minutes=5, clock=clock)
        propose_point(house=home.house, member=home.members[0], title=f"Point {index}", why="", clock=clock)
        refer(opinion=home.opinion(), clock=clock)
        home.opinion(is_adopted=False)
        ask_for_skill(member=home.members[index], right=Right.POLL, clock=clock)
    write_hand_over(house=home.house, text="Tenez bon.", where="À l’accueil.", clock=clock)
    return topic


def test_every_page_of_a_house_is_shown_to_a_member_and_to_a_facilitator(home, member):
    topic = full(home, 2)
    agent = as_account(home.territory.agent)
    for page in (*PUBLIC, *AT_HOME, f"/discussions/{topic.record.code}"):
        for client in (member, agent):
            assert client.get(f"{home.path}{page}").status_code == 200, page
    assert agent.get(f"{home.path}/codes").status_code == 200


def test_a_stranger_reads_what_is_public_and_nothing_else(home):
    full(home, 1)
    anonymous, citizen = Client(), as_account(home.territory.citizen)
    for page in PUBLIC:
        said = anonymous.get(f"{home.path}{page}").content.decode()
        assert not any(f">{name}" in said or f": {name}" in said for name in ("Hugo", "Sacha", "Noor"))
    for page in AT_HOME:
        assert anonymous.get(f"{home.path}{page}").status_code == 302
        assert citizen.get(f"{home.path}{page}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("/maison", 40),
        ("/discussions", 24),
        ("/ordre-du-jour", 26),
        ("/avis", 24),
        ("/roles", 28),
        ("/savoir-faire", 26),
        ("/passation", 40),
    ],
)
def test_a_longer_list_asks_no_more_questions(home, member, page, most, count, django_assert_max_num_queries):
    full(home, count)
    member.get(f"{home.path}{page}")
    with django_assert_max_num_queries(most):
        assert member.get(f"{home.path}{page}").status_code == 200


def test_one_enters_by_a_code_and_a_name(home):
    made = make_code(house=home.house, uses=3, days=2, label="", by=None, clock=home.territory.clock)
    account = verified_account("nova@x.example", "Nova Martin")
    client = as_account(account)
    assert Client().get("/conseils/rejoindre").status_code == 302
    assert client.post("/conseils/rejoindre", {"code": "ABCD-EFGH", "key": "a" * 32}).status_code == 400
    answer = client.post(
        "/conseils/rejoindre", {"code": made.secret.lower(), "name": "Nova", "key": "b" * 32}
    )
    assert answer.url == f"{home.path}/maison"
    assert HouseMember.objects.get(membership__person=account.person).name == "Nova"
    assert "Nova" in client.get(answer.url).content.decode()


def test_a_code_is_made_by_who_may_and_shown_once(home, member):
    agent = as_account(home.territory.agent)
    shown = agent.post(f"{home.path}/codes/nouveau", {"uses": 30, "days": 7, "label": "La 2de 4"})
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"
    assert member.get(f"{home.path}/codes").status_code == 404


def test_a_charter_goes_from_draft_to_public_on_pages(home, member):
    data = {
        "articles": "Se parler\nOn s’écoute.\n\nOn vote.",
        "way": "vote", "turns": "rotating", "role_months": 2, "votes_bind": "1",
        "end_publish": (home.today + timedelta(days=40)).isoformat(), "key": "c" * 32,
    }  # fmt: skip
    assert member.post(f"{home.path}/charte/ecrire", data).url == f"{home.path}/charte/projet"
    closes = (home.today + timedelta(days=3)).isoformat()
    member.post(f"{home.path}/charte/proposer", {"closes_on": closes, "key": "d" * 32})
    for account in home.accounts:
        as_account(account).post(f"{home.path}/charte/voix", {"position": "yes"})
    member.post(f"{home.path}/charte/compter")
    charter = Charter.objects.get()
    assert (charter.state, charter.votes_bind, charter.role_months) == ("in_force", True, 2)
    assert [(each.title, each.text) for each in charter.articles.all()] == [
        ("Se parler", "On s’écoute."), ("", "On vote."),
    ]  # fmt: skip
    assert "On s’écoute." in Client().get(f"{home.path}/charte").content.decode()


def test_a_facilitator_has_no_voice_on_pages_either(home):
    write_charter(house=home.house, text=CharterText(articles=(("", "Un."),)), clock=home.territory.clock)
    closes = home.today + timedelta(days=3)
    propose_charter(house=home.house, closes_on=closes, clock=home.territory.clock)
    agent = as_account(home.territory.agent)
    for page in ("charte/ecrire", "avis/nouveau", "passation/ecrire", "discussions/nouvelle"):
        assert agent.get(f"{home.path}/{page}").status_code == 404
    assert agent.post(f"{home.path}/charte/voix", {"position": "no"}).status_code == 404
    assert agent.post(f"{home.path}/charte/compter").status_code == 404


def test_a_right_that_ended_closes_its_door(home, monkeypatch):
    home.charter(steps={Right.INVITE: home.today + timedelta(days=5)})
    agent = as_account(home.territory.agent)
    assert agent.get(f"{home.path}/codes").status_code == 200
    monkeypatch.setattr("democratic.kernel.clock.DatabaseClock.stands_at", home.clock_in(5).now())
    assert agent.get(f"{home.path}/codes").status_code == 404
    assert "fini depuis le" in agent.get(f"{home.path}/maison").content.decode()


def test_young_people_are_told_tu_and_others_vous(home, member):
    assert "Changer ton nom" in member.get(f"{home.path}/maison").content.decode()
    House.objects.update(is_youth=False)
    assert "Changer votre nom" in member.get(f"{home.path}/maison").content.decode()


def test_an_answer_is_published_point_by_point_from_the_desk(home, member):
    referral = refer(opinion=home.opinion("Un bus.", "Un train."), clock=home.territory.clock)
    elected = as_account(home.territory.elected)
    code = referral.record.code
    assert f"/bureau/saisines/{code}" in elected.get("/bureau/saisines").content.decode()
    data = {
        "power_1": "own", "reason_1": "Dès septembre.", "passed_to_1": "",
        "power_2": "passed", "reason_2": "Les trains sont à elle.", "passed_to_2": "",
        "signer": str(home.territory.official.pk), "key": "e" * 32,
    }  # fmt: skip
    assert elected.post(f"/bureau/saisines/{code}", data).status_code == 400
    done = elected.post(f"/bureau/saisines/{code}", {**data, "passed_to_2": "La Région"})
    assert done.url == f"/bureau/saisines/{code}/engagement"
    said = Client().get(f"/saisines/{code}").content.decode()
    assert "Transmis à La Région" in said
    assert "vice-présidente" in said
    rated = member.post(
        f"{home.path}/saisines/{code}/avis", {"answered": "yes", "agrees": "no", "key": "f" * 32}
    )
    assert rated.status_code == 302
    assert Referral.objects.get().ratings.count() == 1
    assert as_account(home.territory.citizen).get("/bureau/saisines").status_code == 403


def test_what_is_in_the_authority_s_hands_becomes_an_engagement_with_its_day(home):
    territory = home.territory
    referral = refer(opinion=home.opinion("Un bus.", "Un banc.", "Un train."), clock=territory.clock)
    elected = as_account(territory.elected)
    here = f"/bureau/saisines/{referral.record.code}/engagement"
    assert elected.get(here).status_code == 404
    power = (
        PointAnswer(Power.OWN, "Dès septembre."),
        PointAnswer(Power.OWN, "Oui."),
        PointAnswer(Power.REFUSED, "Non."),
    )
    answer_referral(
        referral=referral, answers=dict(enumerate(power, 1)), signer=territory.official,
        is_by_delegation=False, clock=home.clock_in(3),
    )  # fmt: skip
    assert here in elected.get("/bureau/saisines").content.decode()
    asked = elected.get(here).content.decode()
    assert "Un banc." in asked
    assert "Un train." not in asked
    bus, bench = referral.points.filter(power=Power.OWN)
    data = {
        "point": str(bus.pk), "title": "Un bus à 21 h", "due_on": "2100-01-01",
        "service": str(territory.service.pk), "process": str(territory.process.pk), "key": "a" * 32,
    }  # fmt: skip
    late = elected.post(here, {**data, "due_on": "2020-01-01"})
    assert late.status_code == 400
    assert "Un bus à 21 h" in late.content.decode()
    for _twice in range(2):
        assert elected.post(here, data).url == here
    made = Commitment.objects.get()
    assert elected.post(here, {**data, "key": "b" * 32}).status_code == 409  # once for each point
    assert (
        elected.post(here, {**data, "point": str(bench.pk), "key": "c" * 32}).url
        == f"/saisines/{referral.record.code}"
    )
    assert elected.get(here).url == f"/saisines/{referral.record.code}"
    said = Client().get(f"/saisines/{referral.record.code}").content.decode()
    assert f"/engagements/{made.record.code}" in said
    assert "Un bus à 21\u00a0h" in said
    assert made.decision.body == territory.official.function


def test_the_fil_of_an_opinion_tells_what_followed(home):
    opinion = home.opinion()
    referral = refer(opinion=opinion, clock=home.territory.clock)
    said = Client().get(f"/fil/{opinion.record.code}").content.decode()
    assert f"/saisines/{referral.record.code}" in said
    assert Client().get(f"/fil/{referral.record.code}").status_code == 200
    assert Client().get(f"/fil/{referral.record.code}/retour").status_code == 200
    organisation = Client().get(f"/organisations/{home.house.organisation.record.code}").content.decode()
    assert f"/avis-des-conseils/{opinion.record.code}" in organisation


def test_a_minority_view_and_a_draw_are_shown(home, member):
    home.charter(turns=Charter.Turns.DRAWN)
    announce_draw(
        house=home.house, role=Role.WRITES, draws_on=home.today + timedelta(days=1), seed="graine du forum",
        clock=home.territory.clock,
    )  # fmt: skip
    assert "graine du forum" in member.get(f"{home.path}/roles").content.decode()
    draft = home.opinion(is_adopted=False)
    add_minority_view(
        opinion=draft, member=home.members[0], text="Plutôt des vélos.", clock=home.territory.clock
    )
    assert "Plutôt des vélos." in member.get(f"{home.path}/avis/{draft.record.code}").content.decode()
    assert Client().get(f"/avis-des-conseils/{draft.record.code}").status_code == 404


def test_the_desk_opens_a_house_and_says_who_helps(home):
    other = opened(home.territory, "Conseil des aînés", "body")
    agent = as_account(home.territory.agent)
    code = other.record.code
    data = {
        "respondent": str(home.territory.official.pk), "service": str(home.territory.service.pk),
        "answer_days": 45, "key": "1" * 32,
    }  # fmt: skip
    there = agent.post(f"/bureau/conseils/{code}/maison", data)
    assert there.url == f"/bureau/conseils/{code}/animation"
    helped = {"person": str(home.territory.agent.person_id), "function": "animatrice", "key": "2" * 32}
    assert agent.post(f"{there.url}/nouvelle", helped).url == there.url
    assert "Animatrice" in agent.get(there.url).content.decode()
    assert f'href="{there.url}"' in agent.get("/bureau/organisations").content.decode()
    assert "Animatrice" in Client().get(f"/conseils/{code}").content.decode()


def test_the_desk_ends_what_someone_does_in_a_house(home):
    agent, other = as_account(home.territory.agent), opened(home.territory, "Conseil des aînés", "body")
    mine = home.house.facilitators.get()
    there = f"/bureau/conseils/{home.house.organisation.record.code}/animation"
    elsewhere = f"/bureau/conseils/{other.record.code}/animation/{mine.pk}/terminer"
    assert agent.post(elsewhere).status_code == 404
    assert agent.post(f"{there}/{mine.pk}/terminer").url == there
    assert agent.post(f"{there}/{mine.pk}/terminer").status_code == 404
    assert "Personne n’aide ici" in agent.get(there).content.decode()
    assert agent.get(f"{home.path}/maison").status_code == 404


def test_who_helps_stops_when_she_likes(home, member):
    agent, here = as_account(home.territory.agent), f"{home.path}/aide/terminer"
    assert f'href="{home.path}"' in agent.get("/compte/organisations").content.decode()
    assert here in agent.get(f"{home.path}/maison").content.decode()
    assert here not in member.get(f"{home.path}/maison").content.decode()
    assert member.post(here).status_code == 404
    assert agent.post(here).url == home.path
    assert agent.get(f"{home.path}/maison").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_more_who_help_ask_no_more_questions(home, count, django_assert_num_queries):
    agent = as_account(home.territory.agent)
    for n in range(count):
        name_facilitator(
            house=home.house, person=staff_account(f"h{n}@x.example", "Jo").person, function="aide",
            clock=home.territory.clock,
        )  # fmt: skip
    there = f"/bureau/conseils/{home.house.organisation.record.code}/animation"
    agent.get(there)
    with django_assert_num_queries(7):
        assert agent.get(there).status_code == 200


def test_who_holds_a_role_leaves_a_word_for_the_next(home, member):
    home.charter()
    term = give_role_in_turn(house=home.house, role=Role.WRITES, clock=home.territory.clock)
    there = f"{home.path}/roles/{term.pk}/mot"
    assert as_account(home.accounts[1]).get(there).status_code == 404
    assert member.get(there).status_code == 200
    member.post(there, {"left_word": "Le cahier est dans l’armoire.", "key": "3" * 32})
    term.refresh_from_db()
    assert term.left_word == "Le cahier est dans l’armoire."
    assert "Le cahier est dans l’armoire." in member.get(f"{home.path}/passation").content.decode()


def test_points_are_supported_on_pages(home, member):
    point = propose_point(
        house=home.house, member=home.members[1], title="Les bus", why="", clock=home.territory.clock
    )
    base = f"{home.path}/ordre-du-jour/points/{point.pk}"
    member.post(f"{base}/soutien", {"supports": "1"})
    assert point.supports.count() == 2
    assert member.post(f"{base}/retirer").status_code == 404
    assert AgendaPoint.objects.exists()
