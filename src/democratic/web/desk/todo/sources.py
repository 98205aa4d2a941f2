"""What waits at the desk: each source is one function of the day, and each of its lines is one step from its act.

To add one: a function from ``Desk`` to ``Queue``, named in ``SOURCES``; None when it is not for whom reads.
It may ask the database one question (docs/developers/face.md: the page has twelve, middleware included).
"""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.web.desk.todo import lines as line
from democratic.web.desk.todo.shapes import Desk, Queue, TodoLine
from democratic.web.places import at

MOST = 9
Source = Callable[[Desk], Queue | None]


def answers_due(desk: Desk) -> Queue:
    """Drafts that wait for a signature, then subjects without an answer, then words in no subject."""
    waiting = [each for each in desk.work if each.waits] if desk.may_act else []
    signing = line.answer_to_have_signed if desk.may_act else line.answer_to_sign
    lines = [signing(answer) for answer in desk.day.to_sign] if desk.may_act or desk.office else []
    for each in waiting:
        lines += line.work_in_process(each)
    n = len(desk.day.to_sign) + sum(each.themes_to_answer for each in waiting) if lines else 0
    first = next((each for each in waiting if each.themes_to_answer), None)
    url = at(f"/bureau/concertations/{first.slug}/reponses") if first else "#todo"
    return Queue(ngettext("réponse à donner", "réponses à donner", n), n, url, lines)


def to_accept(desk: Desk) -> Queue:
    """What was noted in the street in the name of the official who reads."""
    lines = [line.word_to_accept(each) for each in desk.day.to_accept]
    n = len(lines)
    name = ngettext("engagement à accepter", "engagements à accepter", n)
    return Queue(name, n, lines[0].url if lines else "#todo", lines, is_seldom=True)


def engagements_due(desk: Desk) -> Queue:
    """Of an agent they are in « Ce qui est dû », beside; an official reads here those that are hers."""
    lines = [line.due_promise(each) for each in desk.owed_by_her if each.first_due_on >= desk.today]
    n = desk.owed.promises
    return Queue(ngettext("engagement à tenir", "engagements à tenir", n), n, "#due", lines)


def late(desk: Desk) -> Queue:
    lines = [
        line.late_promise(each, desk.today) for each in desk.owed_by_her if each.first_due_on < desk.today
    ]
    return Queue(_("en retard"), desk.owed.late, "#due", lines, is_late=bool(desk.owed.late))


def to_publish(desk: Desk) -> Queue:
    """Orders that the agents alone see, meetings of which nothing is said yet, and those that ask for a next step."""
    if not desk.may_act:
        return Queue(_("à publier"), 0, "#todo")
    lines = [line.order_to_publish(each) for each in desk.day.drafts]
    lines += [line.report_to_write(each) for each in desk.day.to_report]
    lines += [line.meeting_to_tell(each, desk.today) for each in desk.day.to_tell]
    return Queue(_("à publier"), len(lines), "#todo", lines)


def letters(desk: Desk) -> Queue:
    """What came into the common box, for who sorts or answers it: the oldest due first."""
    n = desk.inbox.n if desk.may_act else 0
    name = ngettext("message reçu", "messages reçus", n)
    if not desk.may_act:
        return Queue(name, n, at("/bureau"))
    lines = [line.letter(each, desk.today) for each in desk.inbox.first]
    return Queue(name, n, at("/bureau/boite"), lines, is_late=bool(desk.inbox.late))


def to_prepare(desk: Desk) -> Queue:
    """Subjects assigned to the services that she holds, the nearest day first."""
    assigned = desk.day.to_prepare if desk.may_act else ()
    lines = [line.answer_to_prepare(each, desk.today) for each in assigned]
    is_late = any(each.on is not None and each.on < desk.today for each in assigned)
    url = (
        at(f"/bureau/concertations/{assigned[0].slug}/reponses?service={assigned[0].more}")
        if assigned
        else "#todo"
    )
    return Queue(_("à préparer"), len(lines), url, lines, is_late=is_late, is_seldom=True)


def to_moderate(desk: Desk) -> Queue | None:
    """Words that were signalled, appeals and first words, the oldest first, each with the one to read now."""
    if desk.to_judge is None:
        return None
    lines = [line.word_to_judge(each) for each in desk.to_judge]
    return Queue(_("à modérer"), sum(each.n for each in desk.to_judge), at("/bureau/moderation"), lines)


def to_hear(desk: Desk) -> Queue:
    """Photos that nobody saw and voices that nobody heard: each process that has some, the oldest first."""
    held = [(each.sent, each) for each in desk.work if each.sent] if desk.may_act else []
    held.sort(key=lambda each: each[0].since)
    lines = [line.sent_in_process(work, sent) for sent, work in held]
    n = sum(sent.photos + sent.voices for sent, _work in held)
    name = ngettext("photo ou vocal", "photos et vocaux", n)
    return Queue(name, n, lines[0].url if lines else "#todo", lines, is_seldom=True)


def to_reread(desk: Desk) -> Queue:
    """Pages that nobody reread for three years, and a declaration of accessibility that is not valid any more."""
    upkeep = desk.upkeep
    lines = [line.old_page(each) for each in upkeep.pages]
    if upkeep.declared_on:
        lines.insert(0, line.old_declaration(upkeep.declared_on))
    url = at("/bureau/publications") if upkeep.pages else at("/bureau/accessibilite")
    return Queue(_("à relire"), len(lines), url, lines, is_seldom=True)


SOURCES: tuple[Source, ...] = (
    answers_due, to_accept, to_prepare, letters, engagements_due, to_publish, to_moderate, to_hear, late, to_reread,
)  # fmt: skip


def queues_of(desk: Desk) -> list[Queue]:
    found = (source(desk) for source in SOURCES)
    return [queue for queue in found if queue is not None]


def lines_of(queues: Sequence[Queue]) -> list[TodoLine]:
    """The first of all, whatever their source."""
    return sorted((each for queue in queues for each in queue.lines), key=lambda each: each.turn)[:MOST]
