"""The youth council at home: its charter, its roles and their dates, what it asked of the Département, what comes next."""

from collections.abc import Iterator
from datetime import date

from democratic.communities.houses.actions import (
    CharterText,
    Owing,
    ask_for_skill,
    confirm_skill,
    count_charter,
    enter_house,
    give_role_in_turn,
    join_by_code,
    leave_word,
    make_code,
    name_facilitator,
    open_house,
    propose_charter,
    say_on,
    write_charter,
)
from democratic.communities.houses.models import (
    Adoption,
    AdoptionVoice,
    HouseMember,
    Right,
    Role,
    Way,
)
from democratic.communities.houses.queries import presence_in
from democratic.communities.organisations.queries import membership_in
from democratic.demo.associations import YOUTH
from democratic.demo.calendar import FRI, MON, SAT, SUN, TUE, WED, Days, Week
from democratic.demo.forum_words import (
    ARTICLES,
    CANTEEN,
    HANDED,
    KEPT_IN,
    OTHERS,
    OTHERWISE,
    POINTS,
    REPLIES,
    SCREENS,
    SHELTERS,
    STEPS,
    TOPICS,
)
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.participation.houses.actions import (
    add_minority_view,
    answer_referral,
    convene_meeting,
    count_opinion,
    draft_opinion,
    hold_minority_view,
    open_topic,
    place_point,
    propose_opinion,
    propose_point,
    rate_answer,
    refer,
    say_in_topic,
    support_point,
    tell_rating,
    write_hand_over,
)
from democratic.participation.houses.models import Opinion, ReferralRating
from democratic.participation.meetings.actions import Moment
from democratic.people.actions import open_account
from democratic.thread.actions import Words
from democratic.thread.models import Origin


def scenes(story: Story) -> Iterator[Scene]:
    at, forum = story.calendar.at, _Forum(story)
    for when, hour, act in (
        (Week(-20, MON), 18, forum.open),
        (Week(-20, WED), 14, forum.come_in),
        (Week(-18, SAT), 15, forum.write_charter),
        (Week(-18, SUN), 18, forum.adopt_charter),
        (Week(-17, MON), 18, forum.turn_roles),
        (Week(-14, SAT), 15, forum.write_on_shelters),
        (Week(-13, SAT), 15, forum.adopt_shelters),
        (Week(-9, SAT), 11, forum.learn),
        (Week(-7, FRI), 17, forum.answer),
        (Week(-6, SAT), 15, forum.rate),
        (Week(-4, WED), 15, forum.ask_on_meals),
        (Week(-4, SAT), 18, forum.turn_roles),
        (Week(-1, TUE), 18, forum.talk),
        (Week(-1, WED), 18, forum.prepare_meeting),
        (Days(-3), 16, forum.write_on_screens),
        (Days(-2), 17, forum.write_hand_over),
    ):
        yield Scene(at(when, hour), act)


class _Forum:
    """What its earlier scenes made, for the later ones."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.members: dict[str, HouseMember] = {}

    def open(self, clock: Clock) -> None:
        story = self.story
        owing = Owing(story.elected.pk, story.services["jeunesse"].pk, answer_days=45)
        self.house = open_house(
            organisation=story.organisations[YOUTH], is_youth=True, owing=owing, clock=clock
        )
        name_facilitator(
            house=self.house,
            person=story.people["karim"],
            function="animateur, service jeunesse",
            clock=clock,
        )

    def come_in(self, clock: Clock) -> None:
        """By one code, said aloud on the first day."""
        made = make_code(house=self.house, uses=20, days=14, label="Premier jour", by=None, clock=clock)
        ines = self.story.people["ines"]
        place = membership_in(self.house.organisation, [ines.pk])
        assert place is not None  # noqa: S101 -- demo/associations made her a member
        self.members["Inès"] = enter_house(house=self.house, membership=place, name="Inès", clock=clock)
        for number, name in enumerate(OTHERS, 1):
            account = open_account(email=f"jeune{number}@demo.example", name=name)
            self.members[name] = join_by_code(code=made.code, account=account, name=name, clock=clock)

    def write_charter(self, clock: Clock) -> None:
        day = self.story.calendar.day
        text = CharterText(ARTICLES, Way.VOTE, steps={right: day(when) for right, when in STEPS.items()})
        write_charter(house=self.house, text=text, clock=clock)

    def adopt_charter(self, clock: Clock) -> None:
        closes_on = self.story.calendar.day(Week(-17, SUN))
        proposed = propose_charter(house=self.house, closes_on=closes_on, clock=clock)
        self._say(proposed.adoption, "yyyyyyyn", clock)
        count_charter(house=self.house, clock=clock)

    def _say(self, adoption: Adoption | None, said: str, clock: Clock) -> None:
        """One letter a member, in the order in which they came in: yes, no, neither (« . »)."""
        positions = {"y": AdoptionVoice.Position.YES, "n": AdoptionVoice.Position.NO}
        for member, letter in zip(self.members.values(), said, strict=False):
            position = positions.get(letter, AdoptionVoice.Position.NEITHER)
            if adoption:
                say_on(adoption=adoption, member=member, position=position, clock=clock)

    def turn_roles(self, clock: Clock) -> None:
        for role in Role:
            term = give_role_in_turn(house=self.house, role=role, clock=clock)
            if role == Role.WRITES:
                word = "Les notes vont dans le carnet, puis ici. Relis-les à voix haute : on oublie moins."
                leave_word(term=term, left_word=word, clock=clock)

    def learn(self, clock: Clock) -> None:
        """One is confirmed by who helps; another still waits for two members."""
        today = self._today(clock)
        karim = presence_in(self.house, [self.story.people["karim"].pk], today)
        asked = ask_for_skill(member=self.members["Inès"], right=Right.PUBLISH, clock=clock)
        if karim:
            confirm_skill(skill=asked, by=karim, clock=clock)
        ask_for_skill(member=self.members["Sami"], right=Right.MINUTES, clock=clock)

    def _today(self, clock: Clock) -> date:
        return clock.now().astimezone(self.story.calendar.zone).date()

    def write_on_shelters(self, clock: Clock) -> None:
        self.shelters = draft_opinion(house=self.house, text=SHELTERS, clock=clock)
        view = add_minority_view(
            opinion=self.shelters, member=self.members["Chloé"], text=OTHERWISE, clock=clock
        )
        for name in ("Noé", "Tiago"):
            hold_minority_view(view=view, member=self.members[name], holds=True)

    def adopt_shelters(self, clock: Clock) -> None:
        self._adopt(self.shelters, Week(-12, SAT), "yyyyynn.", clock)
        self.referral = refer(opinion=self.shelters, clock=clock)

    def _adopt(self, opinion: Opinion, closes: Week, said: str, clock: Clock) -> None:
        proposed = propose_opinion(opinion=opinion, closes_on=self.story.calendar.day(closes), clock=clock)
        self._say(proposed.adoption, said, clock)
        count_opinion(opinion=opinion, clock=clock)

    def answer(self, clock: Clock) -> None:
        answer_referral(
            referral=self.referral,
            answers=REPLIES,
            signer=self.story.elected,
            is_by_delegation=False,
            clock=clock,
        )

    def rate(self, clock: Clock) -> None:
        """Whether it answers is one thing; whether one agrees is another."""
        answered, agrees = ReferralRating.Answered, ReferralRating.Agrees
        said = (
            [(answered.YES, agrees.YES)] * 3
            + [(answered.YES, agrees.NO)] * 2
            + [(answered.PART, agrees.NO)] * 2
        )
        for member, (one, other) in zip(self.members.values(), said, strict=False):
            rate_answer(referral=self.referral, member=member, answered=one, agrees=other)
        tell_rating(referral=self.referral, clock=clock)

    def ask_on_meals(self, clock: Clock) -> None:
        opinion = draft_opinion(house=self.house, text=CANTEEN, clock=clock)
        self._adopt(opinion, Week(-3, WED), "yyyyyyy.", clock)
        refer(opinion=opinion, clock=clock)

    def write_on_screens(self, clock: Clock) -> None:
        opinion = draft_opinion(house=self.house, text=SCREENS, clock=clock)
        closes_on = self.story.calendar.day(Days(6))
        proposed = propose_opinion(opinion=opinion, closes_on=closes_on, clock=clock)
        self._say(proposed.adoption, "yyn", clock)

    def talk(self, clock: Clock) -> None:
        for title, words in TOPICS:
            topic = open_topic(house=self.house, words=Words(title=title), clock=clock)
            for name, text in words:
                say_in_topic(
                    topic=topic, member=self.members[name], text=text, language="fr", byline=name, clock=clock
                )

    def prepare_meeting(self, clock: Clock) -> None:
        at = self.story.calendar.at
        meeting = convene_meeting(
            house=self.house,
            words=Words(title="Le conseil se retrouve", text="On prépare la passation, et on goûte."),
            moment=Moment(
                starts_at=at(Week(2, SAT), 14),
                ends_at=at(Week(2, SAT), 16),
                place="Maison des jeunes, Clairvoie",
                access="Ascenseur par la cour",
                seats=(Origin.ROOM, Origin.REMOTE),
            ),
            clock=clock,
        )
        for title, why, supports in POINTS:
            first, *others = list(self.members.values())[:supports]
            point = propose_point(house=self.house, member=first, title=title, why=why, clock=clock)
            for member in others:
                support_point(point=point, member=member, supports=True)
            if title == POINTS[0][0]:
                place_point(point=point, meeting=meeting, minutes=40, clock=clock)

    def write_hand_over(self, clock: Clock) -> None:
        write_hand_over(house=self.house, text=HANDED, where=KEPT_IN, clock=clock)
