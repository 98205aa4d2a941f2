"""What the Département writes of itself, what its opposition writes beside it, and a reserve that is over."""

from collections.abc import Callable, Iterator

from democratic.communities.editorial.actions import (
    HomeChoice,
    arrange_home,
    arrange_menu,
    draft_publication,
    name_opposition_group,
    publish,
    publish_column,
)
from democratic.communities.editorial.models import Block, Menu, OppositionGroup, Publication
from democratic.communities.editorial.queries import DEFAULT_HOME
from democratic.communities.reserve.actions import Dates, end_exception, make_exception, schedule_reserve
from democratic.communities.reserve.models import Kept
from democratic.demo.accounts import DEMO_PASSWORD
from democratic.demo.calendar import FRI, MON, SUN, THU, TUE, WED, Week
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.people.actions import open_account
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import Kind

VOTE = Week(-21, SUN)
FUNCTION = "service communication"
COUNCILLOR = ("Hélène Marchetti", "helene@valdorbe.example")

CHARTER = Words(
    title="Notre charte de la participation",
    text="""Le Département s’engage sur quatre choses, devant tout le monde.

## Ce que nous promettons

- Chaque parole reçoit un **code**, et une réponse datée et signée.
- La première date promise ne s’efface jamais. Un report est expliqué, et compté.
- Une parole dite dans la rue vaut une parole dite sur ce site.
- Ce que nous ne ferons pas, nous le disons aussi, avec la raison.

## Ce que nous demandons

Dire ce que l’on vit, écouter les autres, et ne viser personne. Le reste se discute.

[Comment ça marche](/comment-ca-marche), pas à pas.""",
)
BUSES = Words(
    title="Le bus de nuit part vendredi",
    text="""Premier départ de Clairvoie à 22 h 10, dernier à 23 h 30, les vendredis et samedis, par Les Forges.

La ligne vient de ce que vous avez dit pendant l’écoute, et d’une décision de l’assemblée. Elle est à l’essai \
pendant un an : nous comptons les montées chaque soir, et nous publions le compte.""",
)
ROOM = Words(
    title="Le local des associations ouvre aussi le jeudi soir",
    text="""De 18 h à 21 h, sans réservation, à deux pas de l’arrêt du stade.

Une rampe mène à l’entrée. Les toilettes sont accessibles.""",
)
COLUMN = Words(
    title="Un car ne fait pas un réseau",
    text="""Le bus de nuit est une bonne nouvelle pour Vaubrun. Il n’en est pas une pour Montsec, où le dernier car \
part toujours à 18 h 50.

Nous avions proposé de répartir la même somme sur trois lignes, **à la demande**, dès la première année. \
L’assemblée ne l’a pas retenu. Nous demandons que le compte des montées soit publié commune par commune.""",
)
WHY_KEPT = (
    "Ce bloc paraît à l’accueil chaque semaine depuis l’ouverture du site. Il renvoie à des pages publiées"
    " avant la réserve, et ne nomme personne."
)


def scenes(story: Story) -> Iterator[Scene]:
    at, written = story.calendar.at, _Written(story)
    yield Scene(at(Week(-24, WED), 11), written.plans_a_reserve)
    yield Scene(at(Week(-23, TUE), 9), written.keeps_something)
    yield Scene(at(Week(-22, WED), 9), written.keeps_it_no_more)
    yield Scene(at(Week(-19, MON), 9), written.says_its_charter)
    yield Scene(at(Week(-12, THU), 18), written.names_its_opposition)
    yield Scene(at(Week(-6, WED), 8), written.tells(BUSES))
    yield Scene(at(Week(-5, FRI), 17), written.is_answered)
    yield Scene(at(Week(-4, TUE), 8), written.tells(ROOM))
    yield Scene(at(Week(-4, TUE), 9), written.arranges_its_home)


class _Written:
    """What its earlier scenes wrote, for the later ones."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.charter: Publication
        self.group: OppositionGroup
        self.councillor: Person

    def plans_a_reserve(self, clock: Clock) -> None:
        self.reserve = schedule_reserve(
            authority=self.story.authority,
            election="élection départementale partielle, canton de Montsec",
            dates=Dates(self.story.calendar.day(VOTE)),
            clock=clock,
        )

    def keeps_something(self, clock: Clock) -> None:
        self.exception = make_exception(
            reserve=self.reserve, keeps=Kept.SAID, reason=WHY_KEPT, function=FUNCTION, clock=clock
        )

    def keeps_it_no_more(self, clock: Clock) -> None:
        end_exception(exception=self.exception, clock=clock)

    def says_its_charter(self, clock: Clock) -> None:
        self.charter = self._publish(Kind.PAGE, CHARTER, clock, slug="charte-de-la-participation")
        arrange_menu(authority=self.story.authority, menu=Menu.FOOT, pages=[self.charter], clock=clock)

    def tells(self, words: Words) -> Callable[[Clock], object]:
        return lambda clock: self._publish(Kind.NEWS, words, clock)

    def _publish(self, kind: Kind, words: Words, clock: Clock, slug: str = "") -> Publication:
        drafted = draft_publication(
            authority=self.story.authority, kind=kind, words=words, slug=slug, function=FUNCTION, clock=clock
        )
        return publish(publication=drafted, clock=clock)

    def names_its_opposition(self, clock: Clock) -> None:
        name, email = COUNCILLOR
        self.councillor = open_account(email=email, name=name, password=DEMO_PASSWORD).person
        self.group = name_opposition_group(
            authority=self.story.authority,
            name="Territoires solidaires",
            act_on=self.story.calendar.day(Week(-13, FRI)),
            act_reference="Délibération 2026-071",
            members=[self.councillor],
            clock=clock,
        )

    def is_answered(self, clock: Clock) -> None:
        publish_column(group=self.group, words=COLUMN, person_ids=[self.councillor.pk], clock=clock)

    def arranges_its_home(self, clock: Clock) -> None:
        blocks = [HomeChoice(block) for block in (*DEFAULT_HOME, Block.NEWS)]
        arrange_home(authority=self.story.authority, chosen=blocks, clock=clock)
