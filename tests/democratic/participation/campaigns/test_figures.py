from datetime import timedelta

import pytest
from django.test import Client

from campaigning import answers, campaign_with_codes, census, place, wanted
from democratic.messaging.models import Correspondent, OutgoingMessage
from democratic.participation.campaigns.census import census_of
from democratic.participation.campaigns.figures import figures_of
from democratic.participation.campaigns.leaving import brought_so_far, refuse_unless_counts
from democratic.participation.campaigns.missing import met_in_the_street, met_on_paper, missing_of
from democratic.participation.campaigns.publics import change_public
from democratic.participation.campaigns.queries import lines_of, publics_of
from democratic.participation.conversations.models import FlowCode, FlowOpening
from democratic.participation.paper.models import PaperBatch

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def opening(**headers):
    return Client(headers={"user-agent": BROWSER} | headers)


def test_openings_are_counted_by_code_and_day_and_keep_nothing_of_who(territory):
    campaign_with_codes(territory)
    opening().get("/r/LYC-00")
    opening().get("/r/lyc-00")
    opening().get("/en/r/LYC-00")
    row = FlowOpening.objects.get()
    assert (row.code.code, row.n) == ("LYC-00", 3)
    assert {field.name for field in FlowOpening._meta.fields} == {"id", "code", "day", "n"}


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": ""},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": "WhatsApp/2.23"},
        {"user-agent": "TelegramBot (like TwitterBot)"},
        {"sec-purpose": "prefetch"},
    ],
)
def test_what_opens_a_page_by_itself_is_not_counted(territory, headers):
    campaign_with_codes(territory)
    assert opening(**headers).get("/r/LYC-00").status_code == 200
    assert not FlowOpening.objects.exists()


def test_heads_frames_kiosks_and_codes_of_nothing_are_not_counted(territory):
    campaign_with_codes(territory)
    opening().head("/r/LYC-00")
    opening().get("/cadre/LYC-00")
    opening().get("/r/RIE-N00")
    assert not FlowOpening.objects.exists()


def test_read_only_the_page_opens_and_nothing_is_written(territory, settings):
    campaign_with_codes(territory)
    settings.READ_ONLY = True
    assert opening().get("/r/LYC-00").status_code == 200
    assert not FlowOpening.objects.exists()


def test_a_funnel_tells_who_began_who_answered_and_who_went_to_the_end(territory):
    campaign = campaign_with_codes(territory)
    FlowCode.objects.update(cost=30_00)
    answers(territory)  # the first question is asked, and nothing is said
    answers(territory, "1", "Vaubrun", "15-17 ans", "Un bus", "non", "oui")
    answers(territory, "1", "Vaubrun", "18-25 ans", "Un vélo", "oui", "non")
    answers(territory, "2", "Le Mesnil", "18-25 ans")
    found = figures_of(campaign, "fr")
    assert (found.all.begun, found.all.answered, found.all.done) == (4, 3, 2)
    assert (found.cost, found.each_costs, found.each_new_costs) == (3000, 1500, 3000)
    assert [(each.key, each.answered) for each in found.questions] == [
        ("evening", 3), ("where", 3), ("age", 3), ("idea", 2), ("body", 2), ("news", 2),
    ]  # fmt: skip
    assert found.questions[0].by_band == {"15_17": 1, "18_25": 2}
    assert (found.new_share, found.unsaid, found.unanswered, found.asked) == (50, 0, 1, 3)
    assert found.people["18_25", "Le Mesnil"].done == 0


def test_who_would_not_say_and_who_left_before_are_told_apart(territory):
    campaign = campaign_with_codes(territory)
    answers(territory, "1", "Vaubrun", "15-17 ans", "Un bus", "3")
    answers(territory, "1", "Vaubrun", "18-25 ans", times=2)
    found = figures_of(campaign, "fr")
    assert (found.unsaid, found.unanswered) == (1, 2)


def test_what_a_screen_shows_is_not_told_as_a_message_that_left(territory):
    campaign = campaign_with_codes(territory)
    answers(territory, "1", "Vaubrun")
    OutgoingMessage.objects.update(state="sent", is_first=True)
    Correspondent.objects.update(kind="sms")
    assert figures_of(campaign, "fr").told > 0
    Correspondent.objects.update(kind="kiosk")
    assert figures_of(campaign, "fr").told == 0


def test_a_public_counts_those_alone_who_are_of_its_age_and_of_its_place(territory):
    campaign = campaign_with_codes(territory, bands=("18_25",))
    whole = ("Un bus", "non", "oui")
    answers(territory, "1", "Vaubrun", "18-25 ans", *whole, times=2)
    answers(territory, "1", "Le Mesnil", "18-25 ans", *whole)
    answers(territory, "1", "Vaubrun", "65 ans et plus", *whole)
    (line,) = lines_of(campaign)
    assert (line.done, line.met, line.others) == (4, 3, 1)
    change_public(public=campaign.publics.get(), wanted=wanted(bands=("18_25",), place=place(territory)))
    (line,) = lines_of(campaign)
    assert (line.done, line.met, line.others) == (4, 2, 2)


def test_who_went_silent_about_bodies_is_counted_as_silent_never_as_a_no(territory):
    campaign = campaign_with_codes(territory)
    answers(territory, "1", "Vaubrun", "18-25 ans", "Un vélo", times=3)
    found = figures_of(campaign, "fr")
    assert found.bodies == {}
    assert found.new_share is None
    assert (found.unsaid, found.unanswered) == (0, 3)
    assert found.each_new_costs is None


def test_what_other_codes_brought_is_not_of_this_campaign(territory):
    campaign = campaign_with_codes(territory, publics=2)
    campaign.publics.order_by("pk").last().delete()
    answers(territory, "1", code="LYC-01")
    assert figures_of(campaign, "fr").all.begun == 0


@pytest.mark.parametrize("publics", [1, 3])
def test_figures_ask_the_database_a_fixed_number_of_questions(territory, publics, django_assert_num_queries):
    campaign = campaign_with_codes(territory, publics=publics)
    for rank in range(publics):
        answers(territory, "1", "Vaubrun", "18-25 ans", code=f"LYC-{rank:02}")
    with django_assert_num_queries(11):
        figures_of(campaign, "fr")


def missing(campaign):
    found = figures_of(campaign, "fr")
    return missing_of(census_of(campaign.process.authority), publics_of(campaign), found.people)


def test_the_band_that_hardly_came_is_missing_among_those_who_are_wanted(territory):
    campaign = campaign_with_codes(territory, bands=("15_17", "18_25"))
    census(territory)
    answers(territory, "1", "Vaubrun", "15-17 ans", times=20)
    answers(territory, "1", "Vaubrun", "18-25 ans", times=2)
    found = missing(campaign)
    assert [line.cell for line in found.by_band.lines] == ["15_17", "18_25"]  # nobody aims at the old
    (young,) = found.by_band.missing
    assert (young.cell, young.met, young.met_in_all, young.inhabitants, young.of) == (
        "18_25",
        2,
        22,
        1000,
        1400,
    )
    assert found.shown["15_17", "Le Mesnil"] is None


def test_silence_and_elsewhere_are_lines_of_their_own(territory):
    campaign = campaign_with_codes(territory, bands=("18_25",))
    census(territory)
    public = campaign.publics.get()
    change_public(public=public, wanted=wanted(bands=("18_25",), place=place(territory)))
    answers(territory, "1")  # neither place nor age
    answers(territory, "1", "Vaubrun")  # a place, no age
    answers(territory, "1", "Le Mesnil", "18-25 ans")
    answers(territory, "1", "Vaubrun", "65 ans et plus", times=2)
    answers(territory, "1", "Vaubrun", "18-25 ans")
    found = missing(campaign)
    assert [(line.cell, line.met) for line in found.by_band.lines] == [("18_25", 1)]
    assert (found.by_band.elsewhere, found.by_band.unsaid) == (3, 2)
    assert [(line.cell, line.met) for line in found.by_place.lines] == [("Vaubrun", 2)]
    assert (found.by_place.elsewhere, found.by_place.unsaid) == (3, 1)
    assert (found.by_both.elsewhere, found.by_both.unsaid) == (3, 2)


def test_who_was_met_in_the_street_counts_by_age_alone(territory):
    campaign = campaign_with_codes(territory)
    census(territory)
    found = missing_of(
        census_of(territory.authority), publics_of(campaign), {}, {"18_25": 6, "unsaid": 2, "under_15": 1}
    )
    assert {line.cell: line.met for line in found.by_band.lines} == {"15_17": 0, "18_25": 6, "65": 0}
    assert (found.by_band.elsewhere, found.by_band.unsaid, found.in_the_street) == (1, 2, 9)
    assert all(line.met == 0 for line in found.by_place.lines)


def test_sheets_of_paper_count_by_the_age_that_was_ticked_and_silence_is_told(territory):
    campaign = campaign_with_codes(territory)
    census(territory)
    day = campaign.starts_on
    for name, told, gathered_on, counted_at in (
        ("A", {"15_17": 3, "65": 1, "unsaid": 2}, day, territory.clock.now()),
        ("B", {"15_17": 9}, day, None),
        ("C", {"15_17": 9}, day - timedelta(days=1), territory.clock.now()),
    ):
        PaperBatch.objects.create(
            process=territory.process, name=name, gathered_on=gathered_on, counted_at=counted_at,
            opened_at=territory.clock.now(), entered_function="Agent", told={"ages": told},
        )  # fmt: skip
    assert met_on_paper(campaign, publics_of(campaign)) == {}, "its plan does not go by paper"
    change_public(public=campaign.publics.get(), wanted=wanted(means=["paper"], bands=["15_17"]))
    paper = met_on_paper(campaign, publics_of(campaign))
    assert paper == {("15_17", ""): 3, ("65", ""): 1, ("unsaid", ""): 2}
    found = missing_of(census_of(territory.authority), publics_of(campaign), {}, None, paper)
    (line,) = found.by_band.lines
    assert (line.met, found.by_band.elsewhere, found.by_band.unsaid, found.on_paper) == (3, 1, 2, 6)
    assert (found.by_place.unsaid, found.by_both.unsaid) == (6, 6), "a form does not ask where one lives"


def test_what_a_campaign_brought_where_it_was_before_is_counted_with_what_it_brings_here(territory):
    campaign = campaign_with_codes(territory)
    census(territory)
    change_public(public=campaign.publics.get(), wanted=wanted(means=["paper", "street"], bands=["15_17"]))
    campaign.before = {"told": 4, "street": {"15_17": 6}, "paper": [["15_17", "", 3], ["unsaid", "", 1]]}
    campaign.save()
    PaperBatch.objects.create(
        process=territory.process, name="A", gathered_on=campaign.starts_on, counted_at=territory.clock.now(),
        opened_at=territory.clock.now(), entered_function="Agent", told={"ages": {"15_17": 2}},
    )  # fmt: skip
    assert figures_of(campaign, "fr").told == 4
    publics = publics_of(campaign)
    assert met_on_paper(campaign, publics) == {("15_17", ""): 5, ("unsaid", ""): 1}
    assert met_in_the_street(campaign, publics) == {"15_17": 6}
    brought = {"told": 4, "street": {"15_17": 6}, "paper": [["15_17", "", 5], ["unsaid", "", 1]]}
    assert brought_so_far(campaign) == brought, "it may move again"


@pytest.mark.parametrize(
    "before", [{"told": "4"}, {"street": {"15_17": -1}}, {"paper": [["65", "", 1.5]]}, {"told": True}]
)
def test_what_is_no_count_is_refused_as_what_it_brought_before(before):
    with pytest.raises(ValueError, match="no count"):
        refuse_unless_counts(before)
