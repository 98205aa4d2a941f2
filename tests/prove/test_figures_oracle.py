"""After a long random life, made by actions alone, each count that is kept equals a plain count of the rows."""

import random
from datetime import timedelta

import pytest
from django.db import connection

from courses import GROUPED
from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Refusal
from democratic.participation.answers.actions import (
    group_contributions,
    open_theme,
    ungroup_contribution,
)
from democratic.participation.ideas.splitting import Part, split_idea, unsplit_idea
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words, erase_words, post_comment, support, unsupport, withdraw_own
from democratic.thread.journal.projections import catch_up, projection_named, replay
from democratic.thread.journal.running import drain
from democratic.thread.models import Comment, Kind, ParkedEntry, Record
from democratic.thread.queries.facets import Chosen, Shelf
from democratic.thread.queries.ranked import PAGE, page_of
from democratic.thread.queries.ranking import Ranking, read_cursor
from factories import clock_at
from verifying import verified

ACTS = 500
AT_THE_DESK = clock_at(GROUPED)  # the stage in which the authority groups; people go on speaking in theirs

pytestmark = pytest.mark.prove

KEPT = """
select record_id, process_id, kind, supports, verified, comments_for, comments_against, comments_neutral, grouped
from thread_recordfigures order by record_id
"""
COUNTED = """
select r.id, r.process_id, r.kind,
  (select count(*) from thread_support s where s.record_id = r.id),
  (select case when count(*) = 0 then null when count(*) filter (where s.is_verified) < 5 then 0
     else count(*) filter (where s.is_verified) end from thread_support s where s.record_id = r.id),
  (select count(*) from thread_comment c join thread_record said on said.id = c.record_id
   where c.subject_id = r.id and c.alignment = 1 and said.visibility = 'public'),
  (select count(*) from thread_comment c join thread_record said on said.id = c.record_id
   where c.subject_id = r.id and c.alignment = -1 and said.visibility = 'public'),
  (select count(*) from thread_comment c join thread_record said on said.id = c.record_id
   where c.subject_id = r.id and c.alignment = 0 and said.visibility = 'public'),
  (select count(*) from thread_record idea where idea.theme_id = r.id)
from thread_record r where exists (select from thread_entry e where e.record_id = r.id) order by r.id
"""
BY_VOICES = """
select r.id, count(s.id) from thread_record r left join thread_support s on s.record_id = r.id
where r.kind = 'idea' and r.visibility = 'public' group by r.id order by 2 desc, 1 desc
"""


def rows(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


class Life:
    """``territory``'s people, who say, support, take back, comment, withdraw, are grouped and read, at random."""

    def __init__(self, territory, seed):
        self.territory, self.chosen, self.clock = territory, random.Random(seed), territory.clock
        self.crowd = [verified() if n % 2 else welcome_guest() for n in range(16)]
        self.themes = [
            open_theme(
                process=territory.process, words=Words(title=f"Sujet {n}"), author=None, clock=AT_THE_DESK
            )
            for n in range(3)
        ]
        self.ideas, self.comments, self.done = [], [], {}

    def live(self, number):
        names = (
            "say",
            "support",
            "unsupport",
            "comment",
            "withdraw",
            "erase",
            "group",
            "ungroup",
            "split",
            "join",
            "pass_time",
        )
        for _ in range(number):
            name = self.chosen.choices(names, weights=(6, 12, 4, 8, 1, 1, 3, 2, 2, 2, 3))[0]
            if name == "say" or self.ideas:
                try:
                    getattr(self, name)()
                except Refusal:
                    continue
                self.done[name] = self.done.get(name, 0) + 1

    def one(self, records):
        return Record.objects.select_related("authority", "audience", "process").get(
            pk=self.chosen.choice(records)
        )

    def say(self):
        self.ideas.append(self.territory.say("Un bus.", clock=self.clock).idea.record.pk)

    def support(self):
        support(record=self.one(self.ideas), person=self.chosen.choice(self.crowd))

    def unsupport(self):
        unsupport(record=self.one(self.ideas), person=self.chosen.choice(self.crowd))

    def comment(self):
        made = post_comment(
            subject=self.one(self.ideas),
            author=self.chosen.choice(self.crowd),
            words=Words(text="D’accord, ou pas."),
            alignment=self.chosen.choice(Comment.Alignment.values),
            clock=self.clock,
        )
        self.comments.append(made.record.pk)

    def withdraw(self):
        withdraw_own(record=self.one(self.ideas + self.comments), clock=self.clock)

    def erase(self):
        erase_words(record=self.one(self.ideas + self.comments), clock=self.clock)

    def group(self):
        some = Record.objects.filter(pk__in=self.chosen.choices(self.ideas, k=3))
        group_contributions(contributions=some, theme=self.chosen.choice(self.themes), clock=AT_THE_DESK)

    def ungroup(self):
        ungroup_contribution(contribution=self.one(self.ideas), clock=AT_THE_DESK)

    def split(self):
        parts = [Part("Le nombre", "Un"), Part("La chose", "bus.")]
        said = {"reason": "Deux choses.", "function": "Service", "clock": AT_THE_DESK}
        cut = split_idea(record=self.one(self.ideas), parts=parts, **said)
        self.ideas += [part.pk for part in cut]

    def join(self):
        wholes = list(Record.objects.filter(state="split").order_by("pk").values_list("pk", flat=True))
        if not wholes:
            raise Refusal("nothing is split")
        said = {"reason": "Une chose.", "function": "Service", "clock": AT_THE_DESK}
        unsplit_idea(idea=self.one(wholes), **said)

    def pass_time(self):
        """A minute later, what was marked is counted; sometimes the views are left behind."""
        self.clock = FixedClock(self.clock.now() + timedelta(minutes=1))
        if self.chosen.random() < 0.5:
            drain(clock=self.clock)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_is_the_count_of_its_rows_as_it_comes_and_replayed(territory, seed):
    life = Life(territory, seed)
    life.live(ACTS)
    assert min(life.done.values()) > 2, life.done
    life.clock = FixedClock(life.clock.now() + timedelta(minutes=1))
    drain(clock=life.clock)
    kept = rows(KEPT)
    assert kept == rows(COUNTED)
    replay("figures")
    catch_up(projection_named("figures"))
    assert rows(KEPT) == kept
    assert not ParkedEntry.objects.exists()


def test_the_list_by_voices_is_the_order_of_the_rows(territory):
    """The same, read as people read it: page after page of the list."""
    life = Life(territory, 4)
    life.live(ACTS // 2)
    life.clock = FixedClock(life.clock.now() + timedelta(minutes=1))
    drain(clock=life.clock)
    process = territory.process.record
    shelf = Shelf(process.pk, Kind.IDEA, process.audience_id)
    read, cursor, today = [], None, life.clock.now().date()
    while True:
        page = page_of(shelf, Ranking.VOICES, Chosen(), today=today, cursor=cursor)
        read += [(row.id, row.supports) for row in page.rows]
        if not page.next:
            break
        cursor = read_cursor(Ranking.VOICES, page.next)
    assert len(read) > PAGE
    assert read == rows(BY_VOICES)
