"""The territory as it stands once loaded: every page type has something true to show."""

from collections import Counter

import pytest
from allauth.account.models import EmailAddress

from democratic.communities.editorial.models import Block, Publication
from democratic.communities.editorial.queries import foot_of, home_of
from democratic.communities.models import Official, Organisation, Service
from democratic.communities.organisations.queries import organisations_for, said_for, speakers_of
from democratic.communities.reserve.queries import reserve_on, reserves_of
from democratic.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from democratic.messaging.models import OutgoingMessage
from democratic.observatory.judgements import judgements
from democratic.observatory.models import Hearing, Observatory, Verdict
from democratic.participation.answers.models import Answer
from democratic.participation.commitments.models import Action, Commitment, Decision, Evidence
from democratic.participation.commitments.queries import standing_of
from democratic.participation.meetings.models import Meeting
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import dues_of
from democratic.participation.polls.models import Poll
from democratic.participation.polls.states import PollState, state_of
from democratic.participation.processes.models import Step
from democratic.participation.processes.queries import dues_by_process, stages_of
from democratic.participation.processes.rules import is_open
from democratic.participation.processes.timeline import Place, timeline
from democratic.participation.processes.tool import Act
from democratic.participation.reports.heard import cells_of, voices_in
from democratic.participation.street.models import StreetCapture, StreetSession
from democratic.participation.street.queries import photos_of, texts_of
from democratic.participation.street.said import count_newness
from democratic.participation.street.states import SessionState
from democratic.people.models import Account
from democratic.stewardship.models import Appeal, Notice, Ruling
from democratic.thread.models import (
    Attachment,
    Authority,
    Comment,
    Cursor,
    Entry,
    Follow,
    Grant,
    Kind,
    Link,
    LinkKind,
    Origin,
    ParkedEntry,
    PendingEntry,
    Position,
    Record,
    RecordFigures,
    Role,
    Support,
    Withdrawal,
)
from democratic.thread.rules import visible_records

# Marked, so that a test database is made even when nothing else asks for one.
pytestmark = pytest.mark.django_db


@pytest.fixture
def voices(demo):
    return voices_in(cells_of(demo.process()))


@pytest.fixture
def lina(demo) -> Record:
    return Record.objects.select_related("figures").get(
        wording__text__startswith="Le dernier bus part à 18 h 50"
    )


def test_the_load_says_where_it_is_in_eight_steps(demo):
    assert [line[:19] for line in demo.told] == [f"Le territoire : {n}/8" for n in range(1, 9)]


def test_the_authority_says_that_it_is_a_demonstration(demo):
    assert demo.viewer.authority.is_demo
    assert demo.viewer.authority.name == "Val-d’Orbe"


@pytest.mark.parametrize("known", DEMO_ACCOUNTS, ids=lambda each: each.key)
def test_each_of_the_ten_can_sign_in_with_the_one_password(demo, known):
    account = Account.objects.get(email=known.email)
    assert account.check_password(DEMO_PASSWORD)
    assert account.person.name == known.name
    assert EmailAddress.objects.filter(user=account, email=known.email, verified=True, primary=True).exists()


def test_there_are_ten_accounts_and_roles_only_for_those_who_work(demo):
    # Beside them, four other members of the observatory, a councillor and seven young people: nobody enters as these.
    assert len(DEMO_ACCOUNTS) == 10
    assert Account.objects.count() == len(DEMO_ACCOUNTS) + 4 + 1 + 7
    assert Counter(Grant.objects.values_list("role", flat=True)) == {
        Role.AGENT: 4,
        Role.OFFICIAL: 1,
        Role.ADMINISTRATOR: 1,
        Role.MODERATOR: 1,
    }


def test_each_service_has_a_titular_and_a_deputy(demo):
    assert Service.objects.filter(titular__isnull=False, deputy__isnull=False).count() == 3


def test_the_analysis_was_done_seven_days_late_with_its_reason_and_we_are_in_the_action(demo):
    process = demo.process()
    dues = dues_by_process([process.pk], demo.today)[process.pk]
    lines = timeline(
        stages_of([process.pk])[process.pk], dues=dues, today=demo.today, time_zone="Europe/Paris"
    )
    late = {line.step: (line.days_late, bool(line.reason)) for line in lines if line.days_late}
    assert late == {Step.ANALYSIS: (7, True)}
    assert [line.step for line in lines if line.place == Place.NOW] == [Step.ACTION]
    assert [line.step for line in lines if line.place == Place.AHEAD] == [Step.REPORT]


def test_the_first_listening_is_closed_and_the_second_takes_ideas_now(demo):
    assert not is_open(demo.process().pk, Act.SUBMIT_IDEA, demo.now)
    assert is_open(demo.process("ligne-de-nuit-n2").pk, Act.SUBMIT_IDEA, demo.now)


def test_people_spoke_by_the_twelve_origins_from_the_eight_places(demo, voices):
    assert set(voices.by_origin) == set(Origin.values)
    assert len(voices.by_place) == 8
    assert voices.said > 100


def test_nearly_all_voices_are_grouped_in_eight_themes_and_all_are_answered(demo, voices):
    assert len(voices.by_theme) == 8
    assert 95 <= voices.share_attached < 100
    assert voices.owed == 0
    assert (voices.inadmissible, voices.withdrawn) == (2, 1)


def test_the_four_verdicts_were_given_and_some_answers_override_their_theme(demo, voices):
    assert set(voices.by_state) == {"kept", "part", "unkept", "passed"}
    grouped = Answer.objects.filter(is_current=True, subject__kind=Kind.IDEA, subject__theme__isnull=False)
    assert sorted(grouped.values_list("subject__wording__title", "verdict")) == [
        ("Payer la moitié du permis contre des heures utiles", "kept"),
        ("Rendre tous les cars gratuits", "unkept"),
    ]


def test_the_answer_was_given_on_the_promised_day(demo):
    due = dues_of([demo.process().pk], demo.today)[demo.process().pk, Owed.ANSWER]
    assert (due.met_on, due.days_late) == (due.first_due_on, 0)


def test_fourteen_commitments_stand_as_the_story_says(demo):
    commitments = list(Commitment.objects.filter(process=demo.process()).select_related("record__withdrawal"))
    dues = dues_of([each.pk for each in commitments], demo.today)
    standings = Counter(standing_of(each.record, dues[each.pk, Owed.COMMITMENT]) for each in commitments)
    assert standings == {"kept": 6, "part": 1, "doing": 4, "late": 2, "unkept": 1}


def test_the_two_late_ones_are_fifteen_and_fourteen_days_late_with_a_reason_that_names_the_new_day(demo):
    dues = dues_of(list(Commitment.objects.values_list("pk", flat=True)), demo.today).values()
    late = sorted((due for due in dues if due.is_late), key=lambda due: due.first_due_on)
    assert [due.days_late for due in late] == [15, 14]
    assert late[0].last_reason == "Livraison des mâts repoussée au 28 octobre."


def test_the_roadmap_costs_less_than_what_was_voted(demo):
    spent = sum(Commitment.objects.filter(process=demo.process()).values_list("cost_cents", flat=True))
    assert spent == 75_800_000 < demo.process().mandate.budget_cents


def test_decisions_carry_their_votes_and_commitments_their_actions_and_evidence(demo):
    votes = Decision.objects.filter(process=demo.process()).values_list(
        "votes_for", "votes_against", "abstentions"
    )
    assert (31, 4, 6) in votes
    assert {sum(each) for each in votes} == {41}
    assert Decision.objects.filter(reference__startswith="2026-118").exists()
    assert set(Action.objects.values_list("record__state", flat=True)) == {"due", "doing", "kept", "unkept"}
    assert Evidence.objects.exclude(url="").count() >= 10
    assert Attachment.objects.get(record__kind="evidence").file.content_type == "image/png"


def test_one_answer_was_taken_back_in_public_and_another_signed(demo):
    withdrawal = Withdrawal.objects.select_related("record__answer").get()
    assert withdrawal.record.answer.is_current is False
    assert Answer.objects.filter(subject=withdrawal.record.answer.subject, is_current=True).count() == 1


def test_one_answer_waits_for_its_signature_and_nobody_sees_it(demo):
    waiting = Answer.objects.get(signed_at=None)
    assert waiting.record not in visible_records(demo.viewer)


def test_three_meetings_were_held_with_their_seats_one_is_under_way_and_four_are_to_come(demo):
    begun = Meeting.objects.filter(starts_at__lt=demo.now)
    held = begun.exclude(record__state="live")
    assert begun.get(record__state="live").turns.count() == 5
    assert [sorted(each.present) for each in held] == [["later", "remote", "room"]] * 3
    assert Meeting.objects.filter(starts_at__gt=demo.now, present={}).count() == 4


def test_lina_s_sentence_leads_to_the_bus_and_its_proof(demo, lina):
    reached, kinds = {lina.pk}, set()
    for kind in ("grouped_in", "answered_by", "decided_by", "kept_by", "proved_by"):
        links = Link.objects.filter(source__in=reached, kind=kind, ended_by=None)
        reached = set(links.values_list("target", flat=True))
        kinds |= set(links.values_list("target__kind", flat=True))
    assert kinds == {"theme", "answer", "decision", "commitment", "evidence"}
    titles = Record.objects.filter(pk__in=reached).values_list("wording__title", flat=True)
    assert "492 montées en six semaines" in titles


def test_montsec_s_question_is_why_there_is_a_second_order(demo):
    link = Link.objects.get(kind=LinkKind.INSPIRED)
    assert link.source.wording.text == "Et Montsec, on compte pour du beurre ?"
    assert link.target == demo.process("ligne-de-nuit-n2").record


def test_moderation_has_a_notice_that_waits_a_public_decision_and_an_appeal_for_another_person(demo):
    assert Notice.objects.filter(state="received").count() == 1
    assert {each.outcome for each in Ruling.objects.all()} == {"hidden"}
    contested = Appeal.objects.select_related("ruling").get()
    assert contested.state == "open"
    assert contested.ruling.ruled_by.account.email == "samir@valdorbe.example"
    assert Entry.objects.filter(kind="content_moderated").count() == 2


def test_comments_are_for_against_and_neutral_and_answer_one_another(demo):
    assert set(Comment.objects.values_list("alignment", flat=True)) == {-1, 0, 1}
    assert max(Comment.objects.values_list("depth", flat=True)) == 2


def test_supports_are_counted_in_the_figures(demo, lina):
    assert lina.figures.supports == Support.objects.filter(record=lina).count() > 100
    # A question that took another in shows the supports of both.
    figures = RecordFigures.objects.exclude(record__kind=Kind.WALL_QUESTION)
    given = Support.objects.exclude(record__kind=Kind.WALL_QUESTION)
    assert sum(figures.values_list("supports", flat=True)) == given.count() > 1000


def test_gabriel_and_ines_follow_what_they_care_for(demo):
    # Who agreed in a conversation to be told follows the night line too, and has no account.
    here = Follow.objects.filter(person__correspondents=None)
    assert here.values("person").distinct().count() == 3
    assert Follow.objects.count() >= 8


def test_the_journal_is_numbered_to_its_end_and_nothing_is_parked(demo):
    size = Position.objects.count()
    assert size == Entry.objects.count() > 500
    assert not PendingEntry.objects.exists()
    assert not ParkedEntry.objects.exists()
    assert set(Cursor.objects.values_list("position", flat=True)) == {size}


def test_the_journal_tells_the_story_in_the_order_of_its_days(demo):
    acts = Entry.objects.exclude(kind="supports_counted").order_by("place_in_journal__position")
    days = list(acts.values_list("day", flat=True))
    assert days == sorted(days)
    assert days[-1] <= demo.today


def test_nobody_gets_a_mail_about_what_happened_before_the_load(demo):
    assert not OutgoingMessage.objects.exclude(correspondent__kind__in=("widget", "kiosk")).exists()
    assert not OutgoingMessage.objects.exclude(state="sent").exists()


def test_an_association_and_a_body_have_their_pages_and_speak_in_their_name(demo):
    """Two habilitations of the club, one of them over; each of the two said something."""
    bodies = {each.sort: each for each in organisations_for(demo.viewer)}
    assert set(bodies) == {Organisation.Sort.ASSOCIATION, Organisation.Sort.BODY}
    club = speakers_of(bodies[Organisation.Sort.ASSOCIATION])
    assert [each.until is None for each in club] == [True, False]
    # The body adopted two opinions too, and laid both before the Département.
    for sort, said in ((Organisation.Sort.ASSOCIATION, 1), (Organisation.Sort.BODY, 1 + 2 + 2)):
        found, total = said_for(demo.viewer, bodies[sort], limit=5)
        assert (len(found), total) == (said, said)
        assert all(each.byline.endswith(bodies[sort].name) for each in found)


def test_the_official_was_appointed_in_public(demo):
    assert Entry.objects.filter(kind="official_appointed").count() == Official.objects.count() == 1


def test_five_members_heard_twice_judged_four_commitments_and_dissent_once_from_the_departement(demo):
    (observatory,) = Observatory.objects.all()
    assert observatory.seats.filter(since__isnull=False, until=None).count() == 5
    assert [bool(each.transcript) for each in Hearing.objects.order_by("held_on")] == [True, False]
    found = judgements(observatory.authority, demo.today)
    assert (found.tally.matching, found.tally.disagreeing) == (4, 1)
    assert Verdict.objects.exclude(minority="").count() == 1


def test_one_question_is_open_with_answers_of_the_web_and_of_the_street(demo):
    poll = Poll.objects.get()
    assert state_of(poll, demo.now) == PollState.OPEN
    assert {tuple(group["sources"]): sum(group["counts"].values()) for group in poll.counted["groups"]} == {
        ("web",): 118,
        ("street",): 46,
    }


def test_a_page_two_pieces_of_news_and_a_column_are_written_and_home_shows_the_news(demo):
    authority = Authority.objects.get()
    kinds = Counter(Publication.objects.values_list("record__kind", flat=True))
    assert kinds == {Kind.PAGE: 1, Kind.NEWS: 2, Kind.COLUMN: 1}
    assert [each.block for each in home_of(authority)][-1] == Block.NEWS
    assert foot_of(authority.pk) == [
        ("Notre charte de la participation", "charte-de-la-participation"),
    ]


def test_one_reserve_is_over_and_its_exception_with_its_reason(demo):
    (reserve,) = reserves_of(Authority.objects.get())
    assert reserve.closes_on < demo.today
    assert reserve_on(reserve.authority, demo.today) is None
    assert [bool(each.until and each.reason) for each in reserve.made] == [True]


def test_one_street_session_is_told_with_its_wall_and_what_was_new_and_one_is_announced(demo):
    held, comes = StreetSession.objects.order_by("starts_at").select_related("record")
    assert (held.record.state, comes.record.state) == (SessionState.VALIDATED, SessionState.PLANNED)
    assert held.ends_at < demo.now < comes.starts_at
    assert (held.counted["said"], held.counted["answered"], held.counted["refused"]) == (6, 46, 7)
    beside = count_newness(demo.viewer, held)
    assert (beside.near, beside.new, beside.short, beside.uncompared) == (1, 3, 1, 0)
    assert len(photos_of(held)) == 1
    assert not StreetCapture.objects.exclude(state=StreetCapture.State.VALIDATED).exists()


def test_a_sentence_of_the_market_goes_back_to_the_street_and_one_of_the_net_came_home_with_a_comment(demo):
    held, comes = StreetSession.objects.order_by("starts_at")
    (again,) = texts_of(comes)
    assert Link.objects.filter(source=held.pk, kind=LinkKind.SAID_IN, target=again).exists()
    (read,) = texts_of(held)
    assert Comment.objects.filter(record__origin=Origin.STREET, subject=read).count() == 1
