"""Three comments that somebody signals: one waits to be read, one is hidden in public, one is contested by its author."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from democratic.demo.calendar import SAT, SUN, Week
from democratic.demo.night_line import NIGHT_LINE
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.people.actions import welcome_guest
from democratic.stewardship.models import Ruling
from democratic.stewardship.moderation.actions import Finding, appeal, give_notice, rule_on, standing_of
from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.actions import Words, give_role, post_comment
from democratic.thread.models import Comment, Role


@dataclass(frozen=True, slots=True)
class Signalled:
    """``facts``: of the decision, when there is one; ``contested``: what its author says against it."""

    text: str
    rule: Rule
    why: str
    facts: str = ""
    contested: str = ""


WORDS = (
    Signalled(
        text="Vends scooter 50 cm³, très bon état, 400 euros. Appelez-moi le soir.",
        rule=Rule.SPAM,
        why="C’est une petite annonce.",
        facts="Le commentaire est une petite annonce. Il ne dit rien du dernier car ni du tracé.",
    ),
    Signalled(
        text="Le conducteur barbu du 18 h 50 roule n’importe comment, tout Vaubrun le connaît.",
        rule=Rule.PRIVATE,
        why="Tout le monde va le reconnaître.",
        facts="Le commentaire désigne un conducteur que ses voyageurs reconnaissent, et lui reproche une faute.",
        contested="Je parlais de la conduite, pas de lui. Je peux le dire autrement si vous me laissez la parole.",
    ),
    Signalled(
        text="Encore une idée de gens qui n’ont jamais pris le car de leur vie.",
        rule=Rule.HATE,
        why="C’est méprisant pour celle qui a écrit l’idée.",
    ),
)


def scenes(story: Story) -> Iterator[Scene]:
    """An agent of another service judges with the administrator: who decided does not hear the appeal."""
    at = story.calendar.at
    yield Scene(at(Week(-1, SAT), 9), lambda clock: _name_a_moderator(story, clock))
    for number, said in enumerate(WORDS):
        yield Scene(at(Week(-1, SAT), 11 + number), _say_and_signal(story, number, said))
        if said.facts:
            yield Scene(at(Week(-1, SUN), 9 + number), _decide(story, number, said))


def _name_a_moderator(story: Story, clock: Clock) -> None:
    give_role(person=story.people["samir"], role=Role.MODERATOR, authority=story.authority, clock=clock)


def _key(number: int) -> str:
    return f"signalled/{number}"


def _say_and_signal(story: Story, number: int, said: Signalled) -> Callable[[Clock], object]:
    def act(clock: Clock) -> None:
        process = story.processes[NIGHT_LINE].record_id
        subject = next(idea for idea in story.ideas.values() if idea.process_id == process)
        comment = post_comment(
            subject=subject, author=welcome_guest(), words=Words(text=said.text), clock=clock
        )
        story.comments[_key(number)] = comment
        give_notice(
            record=comment.record,
            rule=said.rule,
            explanation=said.why,
            notifier=story.crowd[number],
            clock=clock,
        )

    return act


def _decide(story: Story, number: int, said: Signalled) -> Callable[[Clock], object]:
    def act(clock: Clock) -> None:
        comment: Comment = story.comments[_key(number)]
        ruling = rule_on(
            record=comment.record,
            finding=Finding(Outcome.HIDDEN, said.rule, said.facts),
            ruled_by=story.people["samir"],
            clock=clock,
        )
        if said.contested:
            _contest(ruling, said.contested, clock)

    return act


def _contest(ruling: Ruling, text: str, clock: Clock) -> None:
    standing = standing_of(ruling, ruling.subject.author)
    appeal(ruling=ruling, standing=standing, text=text, clock=clock)
