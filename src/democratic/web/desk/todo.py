"""What waits at the desk: each source is one function of the day, and each of its lines is one step from its act.

To add one: a function from ``Desk`` to ``Queue``, named in ``TODO_SOURCES``; None when it is not for whom reads.
It may ask the database one question (docs/developers/face.md: the page has twelve, middleware included).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.communities.models import Official
from democratic.communities.upkeep import OldPage, Upkeep
from democratic.participation.inbox.models import Conversation
from democratic.participation.inbox.queries import InboxDay
from democratic.participation.obligations.models import Obligation, Owed
from democratic.participation.reports.desk_day import Dated, Day
from democratic.participation.reports.desk_work import Work
from democratic.stewardship.moderation.queries.day import ToJudge, Waits
from democratic.thread.models import Authority
from democratic.web.formats import day, number
from democratic.web.places import at
from democratic.web.words import STATES, days_late

MOST = 9


class Turn(IntEnum):
    """The nearest to the public first: what only lacks a signature or a click, then what is to be written."""

    SIGN = 0
    PUBLISH = 1
    REPORT = 2
    JUDGE = 3
    LATE = 4
    LETTER = 5
    DUE = 6
    PREPARE = 7
    ANSWER = 8
    GROUP = 9
    REREAD = 10


@dataclass(frozen=True, slots=True)
class TodoLine:
    turn: Turn
    title: str
    meta: str
    verb: str
    url: str


@dataclass(frozen=True, slots=True)
class Queue:
    """``n``: all that waits, of which ``lines`` say the first. ``url``: where all of it is read."""

    name: str
    n: int
    url: str
    lines: Sequence[TodoLine] = ()
    is_late: bool = False
    is_seldom: bool = False  # named on the days when something waits there, and on no other


@dataclass(frozen=True, slots=True)
class Desk:
    """What was read once for the whole page. ``office``: of an official; ``owed_by_her``: what she answers for.

    ``to_judge``: None for who does not moderate.
    """

    authority: Authority
    today: date
    day: Day
    work: Sequence[Work]
    owed: Sequence[Obligation]
    may_act: bool
    inbox: InboxDay
    upkeep: Upkeep
    office: Official | None = None
    owed_by_her: Sequence[Obligation] = ()
    to_judge: Sequence[ToJudge] | None = None


Source = Callable[[Desk], Queue | None]


def answers_due(desk: Desk) -> Queue:
    """Drafts that wait for a signature, then subjects without an answer, then words in no subject."""
    waiting = [each for each in desk.work if each.waits] if desk.may_act else []
    signing = _to_have_signed if desk.may_act else _to_sign
    lines = [signing(answer) for answer in desk.day.to_sign] if desk.may_act or desk.office else []
    for each in waiting:
        lines += _of_process(each)
    n = len(desk.day.to_sign) + sum(each.themes_to_answer for each in waiting) if lines else 0
    first = next((each for each in waiting if each.themes_to_answer), None)
    url = at(f"/bureau/concertations/{first.slug}/reponses") if first else "#todo"
    return Queue(_("réponses à donner"), n, url, lines)


def engagements_due(desk: Desk) -> Queue:
    """Of an agent they are in « Ce qui est dû », beside; an official reads here those that are hers."""
    due = [each for each in desk.owed if each.first_due_on >= desk.today and each.owed in PROMISES]
    lines = [_due(each) for each in desk.owed_by_her if each.first_due_on >= desk.today]
    return Queue(_("engagements à tenir"), len(due), "#due", lines)


def late(desk: Desk) -> Queue:
    found = [each for each in desk.owed if each.first_due_on < desk.today]
    lines = [_late(each, desk.today) for each in desk.owed_by_her if each.first_due_on < desk.today]
    return Queue(_("en retard"), len(found), "#due", lines, is_late=bool(found))


def to_publish(desk: Desk) -> Queue:
    """Orders that the agents alone see, and meetings of which nothing is said yet."""
    if not desk.may_act:
        return Queue(_("à publier"), 0, "#todo")
    lines = [_order(each) for each in desk.day.drafts] + [_report(each) for each in desk.day.to_report]
    return Queue(_("à publier"), len(lines), "#todo", lines)


def letters(desk: Desk) -> Queue:
    """What came into the common box, for who sorts or answers it: the oldest due first."""
    if not desk.may_act:
        return Queue(_("messages reçus"), 0, at("/bureau"))
    lines = [_letter(each, desk.today) for each in desk.inbox.first]
    return Queue(_("messages reçus"), desk.inbox.n, at("/bureau/boite"), lines, is_late=bool(desk.inbox.late))


def to_prepare(desk: Desk) -> Queue:
    """Subjects assigned to the services that she holds, the nearest day first."""
    assigned = desk.day.to_prepare if desk.may_act else ()
    lines = [_to_prepare(each, desk.today) for each in assigned]
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
    lines = [_to_judge(each) for each in desk.to_judge]
    return Queue(_("à modérer"), sum(each.n for each in desk.to_judge), at("/bureau/moderation"), lines)


def to_reread(desk: Desk) -> Queue:
    """Pages that nobody reread for three years, and a declaration of accessibility that is not valid any more."""
    upkeep = desk.upkeep
    lines = [_old_page(each) for each in upkeep.pages]
    if upkeep.declared_on:
        lines.insert(0, _declaration(upkeep.declared_on))
    url = at("/bureau/publications") if upkeep.pages else at("/bureau/accessibilite")
    return Queue(_("à relire"), len(lines), url, lines, is_seldom=True)


PROMISES = (Owed.COMMITMENT, Owed.ACTION)
TODO_SOURCES: tuple[Source, ...] = (
    answers_due, to_prepare, letters, engagements_due, to_publish, to_moderate, late, to_reread,
)  # fmt: skip


def queues_of(desk: Desk) -> list[Queue]:
    found = (source(desk) for source in TODO_SOURCES)
    return [queue for queue in found if queue is not None]


def lines_of(queues: Sequence[Queue]) -> list[TodoLine]:
    """The first of all, whatever their source."""
    return sorted((line for queue in queues for line in queue.lines), key=lambda line: line.turn)[:MOST]


def _late(owed: Obligation, today: date) -> TodoLine:
    title = _("Engagement en retard : %(title)s") % {"title": owed.record.title}
    told = {"late": days_late((today - owed.first_due_on).days), "service": owed.service.name}
    return _line(
        Turn.LATE, title, _("%(late)s · %(service)s") % told, _("Ouvrir"), _engagement(owed.record.code)
    )


def _due(owed: Obligation) -> TodoLine:
    title = _("Engagement dû : %(title)s") % {"title": owed.record.title}
    told = {"day": day(owed.due_on), "service": owed.service.name}
    meta = _("pour le %(day)s · %(service)s") % told
    return _line(Turn.DUE, title, meta, _("Ouvrir"), _engagement(owed.record.code))


def _engagement(code: str) -> str:
    return f"/bureau/engagements/{code}"


def _letter(letter: Conversation, today: date) -> TodoLine:
    late = (today - letter.due_on).days
    when = days_late(late) if late > 0 else _("pour le %(day)s") % {"day": day(letter.due_on, "short")}
    who = letter.name or str(letter.get_channel_display())
    told = {"subject": letter.subject}
    return _line(
        Turn.LATE if late > 0 else Turn.LETTER,
        _("Répondre : « %(subject)s »") % told,
        f"{who} · {when}",
        _("Répondre"),
        f"/bureau/boite/{letter.code}",
    )


def _to_judge(each: ToJudge) -> TodoLine:
    n, since = each.n, day(each.since)
    one = _("reçu le %(day)s") if each.what == Waits.APPEALS else _("attend depuis le %(day)s")
    many = _("le plus ancien du %(day)s") if each.what == Waits.APPEALS else _("la plus ancienne du %(day)s")
    folder = "recours/" if each.what == Waits.APPEALS else ""
    return _line(
        Turn.JUDGE,
        _what_to_judge(each.what, n) % {"n": number(n)},
        (one if n == 1 else many) % {"day": since},
        _("Examiner") if each.what == Waits.APPEALS else _("Lire et décider"),
        f"/bureau/moderation/{folder}{each.code}",
    )


def _what_to_judge(what: Waits, n: int) -> str:
    if what == Waits.APPEALS:
        return ngettext("À modérer : un recours", "À modérer : %(n)s recours", n)
    if what == Waits.HELD:
        return ngettext("À modérer : une première parole", "À modérer : %(n)s premières paroles", n)
    return ngettext("À modérer : une parole signalée", "À modérer : %(n)s paroles signalées", n)


def _old_page(page: OldPage) -> TodoLine:
    title = _("Relire la page : %(title)s") % {"title": page.title}
    meta = _("Écrite ou relue le %(day)s, il y a plus de trois ans.") % {"day": day(page.read_on)}
    return _line(Turn.REREAD, title, meta, _("Relire"), f"/bureau/publications/{page.code}")


def _declaration(declared_on: date) -> TodoLine:
    title = _("Refaire la déclaration d’accessibilité")
    meta = _("Celle du %(day)s a plus de trois ans : elle ne vaut plus.") % {"day": day(declared_on)}
    return _line(Turn.REREAD, title, meta, _("Ouvrir"), "/bureau/accessibilite")


def _order(order: Dated) -> TodoLine:
    title = _("Publier la commande : %(title)s") % {"title": order.title}
    meta = _("Brouillon : les agents seuls le voient.")
    return _line(Turn.PUBLISH, title, meta, _("Relire"), f"/bureau/commandes/{order.code}")


def _report(meeting: Dated) -> TodoLine:
    title = _("Publier le compte rendu : %(title)s") % {"title": meeting.title}
    meta = _("Rencontre du %(day)s") % {"day": day(meeting.at, "weekday")}
    return _line(Turn.REPORT, title, meta, _("Écrire"), f"/bureau/rencontres/{meeting.code}/compte-rendu")


def _of_process(work: Work) -> list[TodoLine]:
    base, lines = f"/bureau/concertations/{work.slug}", []
    if n := work.themes_to_answer:
        told = ngettext("Répondre à un sujet", "Répondre à %(n)s sujets", n) % {"n": number(n)}
        lines.append(_line(Turn.ANSWER, told, work.title, _("Répondre"), f"{base}/reponses"))
    if n := work.ungrouped:
        told = ngettext("Rapprocher une parole d’un sujet", "Rapprocher %(n)s paroles d’un sujet", n)
        lines.append(
            _line(Turn.GROUP, told % {"n": number(n)}, work.title, _("Rapprocher"), f"{base}/sujets")
        )
    return lines


def _to_sign(answer: Dated) -> TodoLine:
    title = _("Signer la réponse : %(about)s") % {"about": answer.title}
    meta = _("%(verdict)s. Rédigée, à lire avant de signer.") % {"verdict": STATES["answer"][answer.told]}
    return _line(Turn.SIGN, title, meta, _("Lire et signer"), f"/bureau/reponses/{answer.code}")


def _to_prepare(subject: Dated, today: date) -> TodoLine:
    late = (today - subject.on).days if subject.on else 0
    when = days_late(late) if late > 0 else _("pour le %(day)s") % {"day": day(subject.on)}
    return _line(
        Turn.LATE if late > 0 else Turn.PREPARE,
        _("Préparer la réponse : %(about)s") % {"about": subject.title},
        _("%(when)s · confié à « %(service)s »") % {"when": when, "service": subject.told},
        _("Écrire"),
        f"/bureau/repondre/{subject.code}",
    )


def _to_have_signed(answer: Dated) -> TodoLine:
    title = _("Faire signer la réponse : %(about)s") % {"about": answer.title}
    told = {"verdict": STATES["answer"][answer.told], "name": answer.more}
    meta = _("%(verdict)s. %(name)s doit la signer.") % told
    return _line(Turn.SIGN, title, meta, _("Ouvrir"), f"/bureau/reponses/{answer.code}")


def _line(turn: Turn, title: str, meta: str, verb: str, path: str) -> TodoLine:
    return TodoLine(turn, title, meta, verb, at(path))


def greeting(name: str, count: int) -> str:
    """« Bonjour Nathalie. Trois choses à faire. »"""
    told = {
        0: _("Rien ne presse."),
        1: _("Une chose à faire."),
        2: _("Deux choses à faire."),
        3: _("Trois choses à faire."),
        4: _("Quatre choses à faire."),
        5: _("Cinq choses à faire."),
        6: _("Six choses à faire."),
    }.get(count) or _("%(n)s choses à faire.") % {"n": number(count)}
    return _("Bonjour %(name)s. %(told)s") % {"name": name, "told": told} if name else told
