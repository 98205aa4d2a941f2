"""Nothing of one authority is read, changed or named at another's door: ids are swapped on every route."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse

from copies import Copies
from courses import whole_course
from democratic.communities.invitations.actions import invite_to_role
from democratic.communities.models import Official, Organisation, Service
from democratic.kernel.clock import FixedClock
from democratic.participation.answers.actions import AnswerDraft, draft_answer
from democratic.participation.answers.models import Verdict
from democratic.participation.classes.actions import open_class
from democratic.participation.processes.models import Process
from democratic.participation.sheets.actions import receive_sheet
from democratic.people.models import Person
from democratic.people.verifications import note_desk_check
from democratic.thread.actions import Words, give_role, post_comment
from democratic.thread.models import Authority, Grant, Kind, Place, Record, Role, Wording
from factories import build_territory, clock_at, verified_account
from matrix.routes import all_routes
from matrix.table import EXPECTED
from matrix.test_matrix import HERE, client_for
from matrix.ties import ours, ties, ways
from matrix.world import (
    World,
    asked_in_a_meeting,
    build_world,
    campaigned,
    contested,
    conversed,
    counted_by_hand,
    heard_in_the_street,
    judged_by,
    on_paper,
    received,
    sorted_and_begun,
    spoken_for,
    voted_in,
    written_here,
)
from outlines import IN_VAUBRUN, draw
from told_meetings import minutes_read

CANARY = "ZZQWX"
# Who reads less than another one of them is tried by ``bin/prove``.
ROLES = (
    "anonymous",
    "citizen",
    "agent",
    "administrator",
    "neighbour_administrator",
    pytest.param("official", marks=pytest.mark.prove),
    pytest.param("neighbour", marks=pytest.mark.prove),
)
FIXED = (Kind.OBSERVATORY, Kind.HEARING, Kind.VERDICT, Kind.COLUMN)
NOT_FACTS = {
    "django_session",
    "kernel_ratecount",
    "kernel_cache",
    "kernel_pageversion",
    "kernel_idempotencykey",
}
# What the two share because it is the installation's: its journal, whose every line is public.
OF_THE_INSTALLATION = {"export_entries", "export_openings", "export_heads", "export_key", "export_readme"}
# What one holds oneself is said on one's own pages, at every authority.
# A colour, the format of a list, a kind of channel, the name of a figure, the print of its data: the same for everyone.
OF_NOBODY = {"year", "colour", "form", "key", "digest", "kind"}
ONE_S_OWN = {"close_account", "erase_me", "my_account", "my_follows"}
# The same question for a key, whatever the code: it says of none whether it is there.
ASKS_FOR_A_KEY = {"letter"}
SHUT = {302, 401, 403, 404, 405, 410, 429}


def two_worlds() -> tuple[World, World]:
    world = build_world()
    return world, as_full_as(world)


BOTH = Copies(two_worlds)


@pytest.fixture
def both(db, monkeypatch) -> tuple[World, World]:
    world, there = BOTH.one_more()
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(world.territory.clock.moment))
    return world, there


@pytest.fixture
def world(both) -> World:
    return both[0]


@pytest.fixture
def there(both) -> World:
    return both[1]


def as_full_as(world: World) -> World:
    """Another authority as full as this one, in which every word carries the canary."""
    territory = build_territory(slug="montsec", host="montsec.example")
    course = whole_course(territory)
    draw(territory)
    territory.say(CANARY, place=CANARY, point=IN_VAUBRUN)
    comment = post_comment(
        subject=course.ideas[0], author=course.ideas[0].author, words=Words(text="Oui."), alignment=1,
        clock=territory.clock,
    )  # fmt: skip
    draft = draft_answer(
        process=territory.process, subject=course.ideas[0],
        draft=AnswerDraft(Verdict.KEPT, "Oui.", territory.official), author=None,
        clock=clock_at(territory.clock.moment.date()),
    )  # fmt: skip
    administrator = verified_account("admin@montsec.example", "Max", password=None)
    give_role(
        person=administrator.person,
        role=Role.ADMINISTRATOR,
        authority=territory.authority,
        clock=territory.clock,
    )
    speaking = spoken_for(territory, "ines@montsec.example")
    court = judged_by(territory, list(course.commitments), CANARY)
    poll, tally = counted_by_hand(territory)
    sounding, by_hand = voted_in(course.meeting, territory)
    run, batch = on_paper(territory, CANARY)
    written = written_here(territory, CANARY)
    street = heard_in_the_street(territory, CANARY)
    at_the_wall = asked_in_a_meeting(territory, CANARY)
    minutes_read(course.meeting, CANARY)
    letter = received(territory, CANARY)
    tag, template = sorted_and_begun(territory, letter, CANARY)
    codes = {
        "wall_meeting": at_the_wall.meeting.record.code,
        "wall_question": at_the_wall.record.code,
        "poll": poll.record.code,
        "sounding": sounding.record.code,
        "street": street.session.record.code,
        "letter": letter.conversation.code,
        "ruling": contested(territory, CANARY).record.code,
        "page": written.page.record.code, "draft_page": written.draft.record.code,
        "news": written.news.record.code, "column": written.column.record.code,
        "observatory": court.observatory.record.code, "hearing": court.hearing.record.code,
        "verdict": court.verdict.record.code,
        "organisation": speaking.organisation.record.code,
        "mandate": territory.mandate.record.code, "process": territory.process.record.code,
        "idea": course.ideas[0].code, "comment": comment.record.code, "debate": course.ideas[0].code,
        "theme": course.theme.record.code, "meeting": course.meeting.record.code,
        "answer": course.answer.record.code, "decision": course.decision.record.code,
        "commitment": course.commitments[0].record.code, "action": course.actions[0].record.code,
        "evidence": course.evidence[0].record.code, "draft_answer": draft.record.code,
    }  # fmt: skip
    mark_all(territory.authority)
    territory = replace(territory, process=Process.objects.get(pk=territory.process.pk))
    world.accounts["neighbour"], world.accounts["neighbour_administrator"] = territory.agent, administrator
    invited = invite_to_role(
        authority=territory.authority,
        email="zoe@example.org",
        role=Role.AGENT,
        by=None,
        clock=territory.clock,
    )
    held = Grant.objects.get(person=territory.agent.person)
    sheet = receive_sheet(
        process=territory.process, uploader=territory.agent.person, name=f"{CANARY}.csv", chunks=[b"a;b"],
        clock=territory.clock,
    )  # fmt: skip
    seen = note_desk_check(
        person=world.address.person, by=held.person, source=territory.authority.slug, clock=territory.clock
    )
    lesson = open_class(process=territory.process, seats=3, hours=1, byline="", clock=territory.clock)
    flow = conversed(territory, CANARY)
    planned_step = campaigned(flow, territory.clock, CANARY)
    return World(
        territory, {}, codes, world.address,
        grant=held.pk, holder=held.person_id, invitation=invited.invitation.pk,
        session=lesson.pk, sheet=sheet.pk, inbox_tag=tag, reply_template=template,
        class_code=lesson.code, seat=court.seat.pk, tally=tally.pk, by_hand=by_hand.pk,
        group=written.group.pk, reserve=written.exception.reserve_id, exception=written.exception.pk,
        membership=speaking.person.memberships.get().pk, speaking=speaking.pk,
        seen=seen.pk, capture=street.pk, device=street.device_id, run=run.pk, batch=batch.pk,
        flow=flow.pk, campaign=planned_step.campaign_id, public=planned_step.campaign.publics.get().pk,
        campaign_step=planned_step.pk,
    )  # fmt: skip


def mark_all(authority):
    """The canary in every word that a page of this authority could show."""
    marked = Concat(Value(f"{CANARY} "), "name")
    for model in (Authority, Service, Official, Organisation, Place):
        key = {"pk": authority.pk} if model is Authority else {"authority": authority}
        model.objects.filter(**key).update(name=marked)
    Process.objects.filter(record__authority=authority).update(slug="ailleurs")
    signed = Record.objects.filter(authority=authority).exclude(byline="").exclude(kind__in=FIXED)
    signed.update(byline=CANARY)
    # What an observatory or an opposition says cannot be rewritten: the canary was in its words from the first.
    words = Wording.objects.filter(record__authority=authority).exclude(record__kind__in=FIXED)
    words.update(title=Concat(Value(f"{CANARY} "), "title"), text=Concat(Value(f"{CANARY} "), "text"))
    spoke = Record.objects.filter(authority=authority, author__isnull=False).values("author")
    # Not who has an account: her own name stands at the head of her own pages, wherever she reads.
    Person.objects.filter(pk__in=spoke, account=None).update(name=CANARY)
    with connection.cursor() as cursor:
        cursor.execute(
            "update thread_recordsearch s set vector = vector || to_tsvector('simple', %s) from thread_record r"
            " where r.id = s.record_id and r.authority_id = %s",
            [CANARY, authority.pk],
        )


def path_of(route, known):
    if route.name in ("healthz", "readyz", "metrics"):
        return f"/{route.name}"
    return reverse(route.name, kwargs={name: known[name] for name in route.parameters})


def facts():
    """One number for each table's whole content."""
    tables = [name for name in connection.introspection.table_names() if name not in NOT_FACTS]
    sums = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'select count(*), sum(hashtextextended(t::text, 0)) from "{table}" t')
            sums[table] = cursor.fetchone()
    return sums


@pytest.mark.parametrize("role", ROLES)
def test_ids_of_another_authority_open_nothing_on_any_route(world, there, role):
    client, wrong, before = client_for(world, role), [], facts()
    for route in all_routes():
        if not set(route.parameters) - OF_NOBODY or route.name.startswith("account_"):
            continue
        path = path_of(route, EXPECTED[route.name].arguments(there))
        for method in ("get", "post"):
            answer = getattr(client, method)(path, {"nothing": "that it asks for"}, **HERE)
            is_shut = answer.status_code in SHUT or route.name in ASKS_FOR_A_KEY
            if not is_shut or CANARY.encode() in answer.content:
                wrong.append(f"{method} {path} as {role}: {answer.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)
    assert {name for name, value in facts().items() if value != before[name]} == set()


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_one_authority_says_a_word_of_another(world, there, role):
    client, wrong = client_for(world, role), []
    for route in all_routes():
        if route.name in OF_THE_INSTALLATION | ONE_S_OWN or route.name == "account_logout":
            continue
        path = path_of(route, EXPECTED[route.name].arguments(world))
        foreign = f"sujet={there.codes['theme']}&avant=999999&apres={there.codes['idea']}"
        for query in ("", f"?q={CANARY.lower()}&{foreign}"):
            answer = client.get(path + query)
            if CANARY in (said := body(answer)):
                wrong.append(f"{path}{query} as {role}: {said[max(0, said.index(CANARY) - 80) :][:160]}")
    assert not wrong, "\n" + "\n".join(wrong)


def body(answer):
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return raw.decode(errors="replace").replace("\u00a0", " ")


class Forms(HTMLParser):
    """The forms of a page: where they are sent, and what they hold."""

    def __init__(self):
        super().__init__()
        self.forms, self._select = [], ""

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        if tag == "form" and held.get("method") == "post":
            self.forms.append((held.get("action") or "", {}))
        elif self.forms and tag in ("input", "textarea") and held.get("name"):
            self._keep(held["name"], held.get("value") or "", held.get("type", "text"))
        elif tag == "select":
            self._select = held.get("name", "")
        elif tag == "option" and self.forms and self._select and held.get("value"):
            self.forms[-1][1].setdefault(self._select, []).append(held["value"])
        elif tag == "button" and self.forms and held.get("name"):
            self._keep(held["name"], held.get("value") or "", "submit")

    def handle_endtag(self, tag):
        if tag == "select":
            if self.forms and self._select:
                self.forms[-1][1].setdefault(self._select, [""])  # one that offers nothing yet
            self._select = ""

    def _keep(self, name, value, kind):
        filler = {
            "date": "2026-05-04",
            "time": "19:00",
            "number": "1",
            "email": "x@example.org",
            "url": "https://example.org",
        }
        self.forms[-1][1].setdefault(name, []).append(value or filler.get(kind, "Des mots."))


def swapped(world, there):
    """Each identity of this authority, with the one of the same kind at the other."""
    pairs = {world.codes[kind]: there.codes[kind] for kind in there.codes if kind in world.codes}
    here, away = world.territory, there.territory
    return pairs | {
        str(here.service.pk): str(away.service.pk),
        str(here.official.pk): str(away.official.pk),
        str(here.agent.person.pk): str(away.agent.person.pk),
        here.process.slug: away.process.slug,
    }


def test_no_form_takes_an_id_of_another_authority(world, there):
    pairs, tried, wrong = swapped(world, there), set(), []
    loose = world.territory.say("Sans sujet.").idea.record  # a contribution that still can be grouped
    pairs[loose.code] = there.territory.say("Sans sujet.").idea.record.code
    for role in ("administrator", "official", "citizen"):
        client = client_for(world, role)
        for route in all_routes():
            if route.name.startswith(("account_", "close_", "demo_")):
                continue
            page = path_of(route, EXPECTED[route.name].arguments(world))
            shown = client.get(page)
            if shown.status_code != 200 or "html" not in shown["Content-Type"]:
                continue
            parser = Forms()
            parser.feed(shown.content.decode())
            for action, fields in parser.forms:
                for name, values in fields.items():
                    known = [value for value in values if value in pairs]
                    if not known or (role, action or page, name) in tried:
                        continue
                    tried.add((role, action or page, name))
                    sent = {key: held[0] for key, held in fields.items()} | {name: pairs[known[0]]}
                    client.post(action or page, sent, **HERE)
                    wrong += [f"{action or page} took {name}" for tie in ties() if tie.crossings()]
    assert len(tried) >= 10, tried  # the test has found the forms that name things
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_every_table_knows_its_authority_or_is_known_not_to_have_one():
    """A new table without a way to an authority is a decision: it is written here."""
    known = ways()
    assert {model._meta.label for model in ours() if model not in known} == WITHOUT_AUTHORITY


WITHOUT_AUTHORITY = {
    # people take part in several authorities
    "people.Person", "people.Account", "people.Session", "people.ContactAddress", "people.StoppedAddress",
    "people.Consent", "people.LinkedIdentity", "people.Verification", "thread.ExternalReference",
    "thread.FollowsAddress",
    # the installation's own
    "kernel.IdempotencyKey", "kernel.RateCount", "kernel.StoredFile", "kernel.PageVersion", "kernel.Outage",
    "kernel.Erasure",
    "kernel.Switch",
    "stewardship.RetentionRun",
    "thread.TreeNode", "thread.Head", "thread.SignedHead", "thread.Cursor", "thread.ParkedEntry",
    # keyed by a process or an audience, without a foreign key: written by triggers alone
    "thread.ShelfCount",
    # of an answer or of a letter, never of both: each knows its authority
    "participation.FlowFile",
    # a code is taken in the whole installation, as a record's is
    "thread.HeldCode",
}  # fmt: skip


def test_no_row_of_one_authority_points_to_another(world, there):
    assert len(ties()) >= 20
    assert [f"{tie.model.__name__}.{tie.field}" for tie in ties() if tie.crossings()] == []


def test_a_crossing_would_be_seen(world, there):
    Record.objects.filter(code=world.codes["idea"]).update(
        theme=Record.objects.get(code=there.codes["theme"])
    )
    assert [tie.field for tie in ties() if tie.crossings()] == ["theme"]
