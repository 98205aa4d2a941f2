import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from campaigning import CENSUS, answers, campaign_with_codes, census, plan
from chatting import open_channel, open_flow
from democratic.kernel.clock import DATABASE_CLOCK, local_day
from democratic.participation.campaigns.models import Campaign, CampaignPublic, CampaignStep, CensusCount
from democratic.participation.conversations.models import Flow, FlowCode
from democratic.participation.street.models import StreetSession
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from factories import staff_account
from in_the_street import planned

pytestmark = pytest.mark.django_db
HERE = {"sec-fetch-site": "same-origin"}
CAMPAIGNS = "/bureau/concertations/bouger/campagnes"


@pytest.fixture
def agent(territory):
    client = Client(headers=HERE)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def administrator(territory):
    account = staff_account("admin@val-orbe.example", "Ada")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client(headers=HERE)
    client.force_login(account)
    return client


def text(page):
    html = page.content.decode()
    html = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(html.replace("\u00a0", " ").replace("&nbsp;", " ").split())


def send(client, url, **said):
    return client.post(url, {"key": uuid4().hex, **said})


def path(campaign, page=""):
    return f"{CAMPAIGNS}/{campaign.pk}" + (f"/{page}" if page else "")


def test_an_agent_prepares_a_campaign_its_publics_their_codes_and_its_schedule(agent, territory):
    open_channel(territory.authority)
    flow = open_flow(territory)
    day = local_day(DATABASE_CLOCK.now(), territory.authority.time_zone)
    assert "Aucune campagne" in text(agent.get(CAMPAIGNS))
    sent = send(agent, f"{CAMPAIGNS}/nouvelle", name="Les 15-25 ans", goal=40,
                starts_on=day, ends_on=day + timedelta(days=40))  # fmt: skip
    campaign = Campaign.objects.get()
    assert sent.url == path(campaign)
    sent = send(agent, path(campaign, "publics/nouveau"), name="Lycéens", goal=20, bands=["15_17"],
                means=["poster", "class"])  # fmt: skip
    public = CampaignPublic.objects.get()
    assert "LYC-BRO" in text(agent.get(sent.url))
    send(agent, sent.url, codes=[str(FlowCode.objects.get().pk)])
    send(agent, path(campaign, f"publics/{public.pk}/codes/nouveau"), flow=str(flow.pk), code="gar-nor",
         where="place", label="Gare, quai 2", cost="12,50")  # fmt: skip
    send(agent, path(campaign, "etapes/nouvelle"), kind="task", what="Porter les affiches", relay="Le foyer",
         day=day + timedelta(days=3), hour="10:00")  # fmt: skip
    send(agent, path(campaign, "etapes/nouvelle"), kind="shut", flow=str(flow.pk),
         day=day + timedelta(days=30), hour="18:00")  # fmt: skip
    page = text(agent.get(path(campaign)))
    for said in (
        "15-17 ans · tout le territoire", "Affiche à code, En classe", "LYC-BRO", "GAR-NOR", "0 personne sur 20",
        "Porter les affiches", "Le foyer", "Fermer « Bouger le soir »", "Se fait seule", "Prochaine étape",
    ):  # fmt: skip
        assert said in page
    assert "en retard" not in page
    assert FlowCode.objects.get(code="GAR-NOR").cost == 1250
    assert "Les 15-25 ans" in text(agent.get(CAMPAIGNS))


def test_a_task_that_nobody_did_is_late_and_is_ticked_from_the_page(agent, territory):
    campaign = plan(territory)
    step = CampaignStep.objects.create(
        campaign=campaign, what="Coller", due_at=territory.clock.now() - timedelta(days=900)
    )
    assert "1 étape en retard." in text(agent.get(path(campaign)))
    for _twice in range(2):
        assert send(agent, path(campaign, f"etapes/{step.pk}/faite")).status_code == 302
    page = text(agent.get(path(campaign)))
    assert "en retard" not in page
    assert "Pas encore faite" in page
    send(agent, path(campaign, f"etapes/{step.pk}/faite"), faite="non")
    step.refresh_from_db()
    assert step.done_at is None
    send(agent, path(campaign, f"etapes/{step.pk}/retirer"))
    assert not CampaignStep.objects.exists()


def test_what_is_refused_stays_on_the_form_with_the_reason(agent, territory):
    campaign = plan(territory)
    day = campaign.starts_on
    said = {"name": "Printemps", "goal": 4, "starts_on": day, "ends_on": day - timedelta(days=1)}
    refused = send(agent, path(campaign, "modifier"), **said)
    assert refused.status_code == 400
    assert "finit après avoir commencé" in text(refused)
    assert send(agent, path(campaign, "publics/nouveau"), name="Tous", goal=3).status_code == 400
    assert (
        send(agent, path(campaign, "etapes/nouvelle"), kind="task", day=day, hour="10:00").status_code == 400
    )
    assert send(agent, path(campaign, "modifier"), **said | {"ends_on": day}).status_code == 302


def test_a_public_is_changed_then_taken_away(agent, territory):
    campaign = campaign_with_codes(territory)
    public = campaign.publics.get()
    url = path(campaign, f"publics/{public.pk}")
    assert "Affiche à code" in agent.get(url).content.decode()
    send(agent, url, name="Seniors", goal=5, bands=["65"], means=["paper"])
    assert "65 ans et plus" in text(agent.get(path(campaign)))
    send(agent, f"{url}/retirer")
    assert not campaign.publics.exists()


def test_of_another_process_or_nothing_there_is_no_page(agent, territory):
    campaign = plan(territory)
    for page in ("", "/chiffres", f"/publics/{uuid4()}", f"/etapes/{uuid4()}"):
        assert (
            agent.get(f"{CAMPAIGNS}/{campaign.pk if page.count('/') > 1 else uuid4()}{page}").status_code
            == 404
        )


@pytest.mark.parametrize("page", ["", "/{campaign}", "/{campaign}/chiffres", "/{campaign}/qui-manque.csv"])
def test_nobody_else_reads_a_plan(territory, page):
    campaign = plan(territory)
    assert Client().get(CAMPAIGNS + page.format(campaign=campaign.pk)).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_lists_and_pages_ask_the_database_a_fixed_number_of_questions(
    agent, territory, count, django_assert_num_queries
):
    campaign = campaign_with_codes(territory, publics=count)
    census(territory)
    for rank in range(count):
        answers(territory, "1", "Vaubrun", "18-25 ans", code=f"LYC-{rank:02}")
        plan(territory, f"Autre {rank}")
        CampaignStep.objects.create(campaign=campaign, what=f"Coller {rank}", due_at=territory.clock.now())
    agent.get(CAMPAIGNS)
    with django_assert_num_queries(9):
        agent.get(CAMPAIGNS)
    with django_assert_num_queries(15):
        agent.get(path(campaign))
    with django_assert_num_queries(20):
        agent.get(path(campaign, "chiffres"))


def test_the_figures_say_how_far_people_went_and_who_is_missing(agent, territory):
    campaign = campaign_with_codes(territory, bands=("15_17", "18_25"))
    census(territory)
    answers(territory, "1", "Vaubrun", "15-17 ans", "Un bus", "non", "oui", times=20)
    answers(territory, "1", "Vaubrun", "18-25 ans", times=2)
    page = agent.get(path(campaign, "chiffres"))
    said = text(page)
    for each in (
        "Dans aucune instance auparavant : 100 % des 20 personnes qui l’ont dit ; 0 préfèrent ne pas le dire ;",
        "2 n’ont pas répondu à cette question.",
        "Participants volontaires, non représentatifs.", "Qui manque, par tranche d’âge : 18-25 ans",
        "18-25 ans – 9 % des personnes rencontrées, 71 % de la population : il en manque 48",
        "20 personnes sur 40 voulues",
    ):  # fmt: skip
        assert each in said
    assert "rue/nouveau?manque=18-25+ans" in page.content.decode()


def test_less_than_five_people_of_an_age_in_a_place_are_never_counted_in_view(agent, territory):
    campaign = campaign_with_codes(territory)
    census(territory)
    answers(territory, "1", "Vaubrun", "18-25 ans", times=4)
    answers(territory, "1", "Vaubrun", "65 ans et plus", times=50)
    answers(territory, "1", "Le Mesnil", "65 ans et plus", times=7)
    said = text(agent.get(path(campaign, "chiffres")))
    assert "18-25 ans, Vaubrun moins de 5" in said
    csv = agent.get(path(campaign, "qui-manque.csv")).content.decode()
    assert "18-25 ans;Vaubrun;700;" in csv
    assert re.search(r"18-25 ans;Vaubrun;700;[\d.]+;moins de 5;;;;", csv)


def test_without_a_census_the_page_says_who_may_give_one(agent, administrator, territory):
    campaign = campaign_with_codes(territory)
    assert "Demandez à une personne qui administre" in text(agent.get(path(campaign, "chiffres")))
    page = administrator.get(path(campaign, "chiffres")).content.decode()
    assert "/bureau/recensement" in page


def test_a_census_is_looked_at_before_it_is_kept(administrator, territory):
    campaign_with_codes(territory)
    said = {"source": "Insee, RP", "year": 2022, "counts": CENSUS}
    looked = send(administrator, "/bureau/recensement", part="look", **said)
    assert looked.status_code == 200
    assert "Rien n’est changé encore" in text(looked)
    assert "2 communes · 4 000 habitants" in text(looked)
    assert "Saint-Aubin-sur-Lesque, Vaubrun-le-Haut" in text(looked)  # of which it says nothing
    assert not CensusCount.objects.exists()
    key = uuid4().hex
    for _twice in range(2):
        kept = administrator.post("/bureau/recensement", {"key": key, "part": "keep", **said})
        assert kept.status_code == 302
    assert CensusCount.objects.count() == 6
    assert "Insee, RP, 2022 · 2 communes" in text(administrator.get("/bureau/recensement"))


@pytest.mark.parametrize("part", ["look", "keep"])
@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ("Paris;15-17;3", "Ligne 1, « Paris »"),
        ("Vaubrun;15-17;<script>alert(1)</script>", "nombre entier"),
        ("", "une ligne par commune"),
        ("Vaubrun;15-17;1\n" + "=HYPERLINK(1);15-17;2\n" * 50, "Ligne 2"),
    ],
)
def test_a_bad_census_is_refused_with_its_line_and_changes_nothing(
    administrator, territory, part, counts, why
):
    campaign_with_codes(territory)
    census(territory)
    said = {"source": "Insee", "year": 2022, "counts": counts, "part": part}
    refused = send(administrator, "/bureau/recensement", **said)
    assert refused.status_code == 400
    assert why in text(refused)
    assert "<script>alert" not in refused.content.decode()
    assert CensusCount.objects.count() == 6


def test_a_sample_and_ones_own_communes_are_downloaded_and_read_back(administrator, territory):
    campaign_with_codes(territory)
    sample = administrator.get("/bureau/recensement/exemple.csv").content.decode()
    assert sample.splitlines()[0] == "\ufeffcommune;tranche;habitants"
    own = administrator.get("/bureau/recensement/exemple.csv?vide").content.decode("utf-8-sig")
    assert "Vaubrun;15-17 ans;" in own
    filled = "\n".join(f"{line}12" for line in own.splitlines()[1:])
    said = {"source": "Insee", "year": 2022, "counts": filled, "part": "keep"}
    assert send(administrator, "/bureau/recensement", **said).status_code == 302
    assert CensusCount.objects.count() == 20


def test_an_agent_does_not_keep_the_census(agent):
    assert agent.get("/bureau/recensement").status_code == 403


def test_a_street_session_is_planned_for_who_is_missing(agent):
    page = agent.get(
        "/bureau/concertations/bouger/rue/nouveau?manque=18-25+ans&lieu=Le+Mesnil"
    ).content.decode()
    assert 'name="missing" value="18-25 ans"' in page
    assert 'name="place" value="Le Mesnil"' in page


def test_who_was_met_in_the_street_stands_beside_the_census_but_for_what_is_not_said(agent, territory):
    campaign_with_codes(territory)
    census(territory)
    session = planned(territory)
    StreetSession.objects.update(counted={"bands": {"15_17": None, "18_25": 5, "65": 15}, "refused": 0})
    said = text(agent.get(f"/bureau/rue/{session.record.code}"))
    assert "18-25 ans 5 25 % 28 %" in said
    assert "65 ans et plus 15 75 % 72 %" in said
    assert "15-17 ans 0" not in said


def test_in_english_the_pages_speak_english(agent, territory):
    campaign = campaign_with_codes(territory)
    census(territory)
    Flow.objects.update(name="Evening")
    assert "Who is missing?" in text(agent.get(f"/en{path(campaign, 'chiffres')}"))
    assert "The schedule" in text(agent.get(f"/en{path(campaign)}"))
