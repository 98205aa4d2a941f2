"""A meeting is prepared, announced, changed, put off, called off: in public, and nothing is deleted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from democratic.communities.organisations.actions import open_organisation
from democratic.communities.organisations.models import Organisation
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.meetings.actions import (
    Brief,
    Convened,
    Means,
    Why,
    announce_meeting,
    announce_prepared,
    cancel_meeting,
    change_meeting,
    leave_team,
    name_to_team,
    postpone_meeting,
    publish_briefing,
    report_meeting,
)
from democratic.participation.meetings.agenda.preparing import (
    add_item,
    change_item,
    items_of,
    move_item,
    remove_item,
)
from democratic.participation.meetings.live.models import LiveTouch
from democratic.participation.meetings.models import Briefing, Meeting, MeetingTeamMember, TeamRole, Video
from democratic.participation.meetings.queries import (
    changes_of,
    desk_meetings,
    next_meetings,
    visible_meetings,
)
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Opening, Origin
from democratic.thread.rules import Viewer
from meeting_people import STARTS, announced, arranged, drafted, moment

WHY = Why("La salle est inondée.", "Service jeunesse")


def kinds(meeting):
    return list(Entry.objects.filter(record=meeting.record_id).order_by("pk").values_list("kind", flat=True))


def said(meeting, kind):
    rows = Opening.objects.filter(entry__record=meeting.record_id, entry__kind=kind)
    return {row.part: row.value for row in rows.order_by("entry_id")}


def body_of(territory, sort=Organisation.Sort.BODY):
    return open_organisation(
        authority=territory.authority, sort=sort, words=Words(title="Forum des jeunes"), clock=territory.clock
    )


def test_a_draft_is_seen_by_nobody_and_leaves_no_line(territory):
    meeting = drafted(territory)
    assert not visible_meetings(territory.viewer()).exists()
    assert kinds(meeting) == []
    assert meeting.join_code == ""


def test_announced_it_is_public_once_with_its_six_digits(territory):
    meeting = announced(territory)
    announce_prepared(meeting=meeting, clock=territory.clock)
    assert kinds(meeting) == ["meeting_announced"]
    assert len(meeting.join_code) == 6
    assert said(meeting, "meeting_announced")["place"] == "Salle des fêtes, Vaubrun"
    assert next_meetings(territory.viewer(), territory.clock.now().date()) == [meeting]


def test_a_meeting_is_held_by_a_body_or_on_its_own_and_is_read_like_the_others(territory):
    body = body_of(territory)
    by_body = announced(territory, Convened(territory.authority, body=body))
    alone = announced(territory, Convened(territory.authority))
    assert set(visible_meetings(territory.viewer())) == {by_body, alone}
    assert (by_body.process_id, by_body.body_id, alone.process_id) == (None, body.pk, None)


def test_an_association_convenes_no_meeting_of_the_authority(territory):
    association = body_of(territory, Organisation.Sort.ASSOCIATION)
    with pytest.raises(Refusal) as refused:
        drafted(territory, Convened(territory.authority, body=association))
    assert refused.value.field == "body"


def test_the_one_breath_announcement_still_works(territory):
    meeting = announce_meeting(
        process=territory.process, words=Words(title="Réunion"), moment=moment(), author=None,
        clock=territory.clock,
    )  # fmt: skip
    assert meeting.record.state == "announced"
    report_meeting(
        meeting=meeting, account="Vingt mains levées.", present={Origin.ROOM: 20}, clock=territory.clock
    )
    meeting.refresh_from_db()
    assert (meeting.present, meeting.join_code) == ({"room": 20}, "")


def test_another_hour_needs_a_reason_and_words_alone_do_not(territory):
    meeting = announced(territory)
    words = Words(title="Quel bus, le soir ?", text="Trois tracés.")
    change_meeting(meeting=meeting, words=words, moment=moment(), clock=territory.clock)
    later = moment(starts_at=STARTS + timedelta(hours=1))
    with pytest.raises(Refusal) as refused:
        change_meeting(meeting=meeting, words=words, moment=later, clock=territory.clock)
    assert refused.value.field == "reason"
    change_meeting(meeting=meeting, words=words, moment=later, why=WHY, clock=territory.clock)
    assert kinds(meeting) == ["meeting_announced", "record_reworded", "meeting_changed"]
    (line,) = changes_of(meeting)
    assert (line.reason, line.function, line.was) == (WHY.reason, WHY.function, STARTS)


def test_a_draft_changes_without_a_line_nor_a_reason(territory):
    meeting = drafted(territory)
    changed = change_meeting(
        meeting=meeting, words=Words(title="Autre nom"), moment=moment(place="Gare"), clock=territory.clock
    )
    assert (changed.place, changed.record.title, kinds(meeting)) == ("Gare", "Autre nom", [])


def test_put_off_it_says_from_when_to_when_and_why(territory):
    meeting = announced(territory)
    new = moment(starts_at=STARTS + timedelta(days=7))
    postpone_meeting(meeting=meeting, moment=new, why=WHY, clock=territory.clock)
    meeting.refresh_from_db()
    assert meeting.starts_at == new.starts_at
    assert meeting.record.happened_at == new.starts_at
    entry = Entry.objects.get(record=meeting.record_id, kind="meeting_postponed")
    assert entry.data["was"] == STARTS.isoformat()
    with pytest.raises(Refusal):
        postpone_meeting(
            meeting=meeting, moment=moment(), why=replace(WHY, reason=" "), clock=territory.clock
        )


def test_called_off_it_stays_with_its_reason_and_nothing_more_happens_to_it(territory):
    meeting = announced(territory)
    cancel_meeting(meeting=meeting, why=WHY, clock=territory.clock)
    assert said(meeting, "meeting_cancelled")["reason"] == WHY.reason
    assert visible_meetings(territory.viewer()).get() == meeting
    assert next_meetings(territory.viewer(), territory.clock.now().date()) == []
    for act in (
        lambda: cancel_meeting(meeting=meeting, why=WHY, clock=territory.clock),
        lambda: postpone_meeting(meeting=meeting, moment=moment(), why=WHY, clock=territory.clock),
        lambda: change_meeting(
            meeting=meeting, words=Words(title="x"), moment=moment(), clock=territory.clock
        ),
        lambda: report_meeting(meeting=meeting, account="x", present={}, clock=territory.clock),
        lambda: add_item(meeting=meeting, title="Point", minutes=5),
    ):
        with pytest.raises(Conflict):
            act()
    assert Meeting.objects.get(pk=meeting.pk).join_code == ""


def test_a_draft_is_neither_called_off_nor_told(territory):
    meeting = drafted(territory)
    with pytest.raises(Conflict):
        cancel_meeting(meeting=meeting, why=WHY, clock=territory.clock)


def test_the_agenda_is_written_moved_and_emptied_before_it_opens(territory):
    meeting = announced(territory)
    first, second, third = (add_item(meeting=meeting, title=t, minutes=10) for t in ("Un", "Deux", "Trois"))
    move_item(item=third, up=True)
    move_item(item=first, up=True)
    change_item(item=second, title="Le deux", minutes=25)
    remove_item(item=first)
    assert [(each.rank, each.title, each.minutes) for each in items_of(meeting)] == [
        (1, "Trois", 10), (2, "Le deux", 25),
    ]  # fmt: skip
    assert (
        LiveTouch.objects.filter(meeting=meeting, topic="agenda").count() == 6
    )  # at the edge, nothing moves
    for title, minutes in (("", 5), ("Long", 0)):
        with pytest.raises(Refusal):
            add_item(meeting=meeting, title=title, minutes=minutes)


def test_a_briefing_waits_for_the_announcement_then_each_version_is_a_line(territory):
    meeting, brief = drafted(territory), Brief("L’enjeu.", "", "Le tracé.", "Le conseil.")
    publish_briefing(meeting=meeting, brief=brief, clock=territory.clock)
    publish_briefing(meeting=meeting, brief=replace(brief, said="Rien."), clock=territory.clock)
    assert kinds(meeting) == []
    announce_prepared(meeting=meeting, clock=territory.clock)
    publish_briefing(meeting=meeting, brief=replace(brief, said="Rien."), clock=territory.clock)
    publish_briefing(meeting=meeting, brief=replace(brief, said="Tout."), clock=territory.clock)
    assert kinds(meeting) == ["meeting_announced", "meeting_briefed", "meeting_briefed"]
    assert Briefing.objects.get(meeting=meeting).version == 2
    assert said(meeting, "meeting_briefed")["said"] == "Tout."
    for wrong in (Brief("", "", "", ""), replace(brief, stakes="x" * 1501)):
        with pytest.raises(Refusal):
            publish_briefing(meeting=meeting, brief=wrong, clock=territory.clock)


@pytest.mark.parametrize(
    "url",
    [
        "http://visio.example/x",
        "https://",
        "javascript:alert(1)",
        "https://u:p@visio.example/",
        "https://[",
        "",
    ],
)
def test_a_video_is_at_an_address_that_is_ciphered_and_has_a_host(territory, url):
    meeting = drafted(territory)
    with pytest.raises(Refusal) as refused:
        arranged(territory, meeting, Means(video=Video.JITSI, video_url=url))
    assert refused.value.field == "video_url"


def test_means_are_kept_and_without_a_video_its_address_is_not(territory):
    meeting = arranged(
        territory, drafted(territory), Means(video_url="https://a.example/b", phone=" 01 02 ", later_hours=48)
    )
    assert (meeting.video_url, meeting.phone, meeting.later_hours) == ("", "01 02", 48)
    with pytest.raises(Refusal):
        arranged(territory, meeting, Means(later_hours=721))


def test_who_answers_is_named_with_a_function_and_leaves_the_team(territory):
    meeting, elected = drafted(territory), territory.elected.person
    with pytest.raises(Refusal):
        name_to_team(meeting=meeting, person=elected, role=TeamRole.ANSWERS, function="")
    name_to_team(meeting=meeting, person=elected, role=TeamRole.ANSWERS, function="élue")
    member = name_to_team(meeting=meeting, person=elected, role=TeamRole.ANSWERS, function="vice-présidente")
    assert [each.function for each in MeetingTeamMember.objects.filter(meeting=meeting)] == [
        "vice-présidente"
    ]
    leave_team(member=member)
    assert not MeetingTeamMember.objects.filter(meeting=meeting).exists()


def test_the_desk_lists_drafts_too_those_that_come_first(territory):
    past = announced(territory, starts_at=STARTS - timedelta(days=60))
    draft, soon = drafted(territory), announced(territory, starts_at=STARTS - timedelta(days=1))
    found, total = desk_meetings(Viewer(territory.authority), territory.clock.now(), offset=0, limit=10)
    assert (found, total) == ([soon, draft, past], 3)
