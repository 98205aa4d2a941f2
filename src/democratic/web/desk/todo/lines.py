"""The lines of a day: what is to be done, about what, and the page on which one does it."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.communities.upkeep import OldPage
from democratic.participation.approvals.links import path_of
from democratic.participation.inbox.models import Conversation
from democratic.participation.meetings.minutes.due import ANSWER, APPROVE, CATCH_UP, PROPOSE
from democratic.participation.meetings.minutes.states import HOURS_TO_CATCH_UP
from democratic.participation.obligations.models import Obligation
from democratic.participation.reports.desk_day import Dated
from democratic.participation.reports.desk_work import Sent, Work
from democratic.stewardship.moderation.queries.day import ToJudge, Waits
from democratic.web.desk.todo.shapes import TodoLine, Turn
from democratic.web.formats import day, hour, number
from democratic.web.places import at
from democratic.web.words import STATES, days_late


def late_promise(owed: Obligation, today: date) -> TodoLine:
    title = _("Engagement en retard : %(title)s") % {"title": owed.record.title}
    told = {"late": days_late((today - owed.first_due_on).days), "service": owed.service.name}
    return _line(
        Turn.LATE, title, _("%(late)s · %(service)s") % told, _("Ouvrir"), _engagement(owed.record.code)
    )


def due_promise(owed: Obligation) -> TodoLine:
    title = _("Engagement dû : %(title)s") % {"title": owed.record.title}
    told = {"day": day(owed.due_on), "service": owed.service.name}
    meta = _("pour le %(day)s · %(service)s") % told
    return _line(Turn.DUE, title, meta, _("Ouvrir"), _engagement(owed.record.code))


def _engagement(code: str) -> str:
    return f"/bureau/engagements/{code}"


def letter(letter: Conversation, today: date) -> TodoLine:
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


def word_to_judge(each: ToJudge) -> TodoLine:
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


def old_page(page: OldPage) -> TodoLine:
    title = _("Relire la page : %(title)s") % {"title": page.title}
    meta = _("Écrite ou relue le %(day)s, il y a plus de trois ans.") % {"day": day(page.read_on)}
    return _line(Turn.REREAD, title, meta, _("Relire"), f"/bureau/publications/{page.code}")


def old_declaration(declared_on: date) -> TodoLine:
    title = _("Refaire la déclaration d’accessibilité")
    meta = _("Celle du %(day)s a plus de trois ans : elle ne vaut plus.") % {"day": day(declared_on)}
    return _line(Turn.REREAD, title, meta, _("Ouvrir"), "/bureau/accessibilite")


def order_to_publish(order: Dated) -> TodoLine:
    title = _("Publier la commande : %(title)s") % {"title": order.title}
    meta = _("Brouillon : les agents seuls le voient.")
    return _line(Turn.PUBLISH, title, meta, _("Relire"), f"/bureau/commandes/{order.code}")


def report_to_write(meeting: Dated) -> TodoLine:
    title = _("Publier le compte rendu : %(title)s") % {"title": meeting.title}
    meta = _("Rencontre du %(day)s") % {"day": day(meeting.at, "weekday")}
    return _line(Turn.REPORT, title, meta, _("Écrire"), f"/bureau/rencontres/{meeting.code}/compte-rendu")


def meeting_to_tell(meeting: Dated, today: date) -> TodoLine:
    """A meeting that was run here: the one thing that it asks for now."""
    told = {
        CATCH_UP: (_("Dire l’essentiel : %(title)s"), _("Écrire"), "ecrire"),
        ANSWER: (_("Répondre aux corrections demandées : %(title)s"), _("Répondre"), "corrections"),
        PROPOSE: (_("Proposer le compte rendu : %(title)s"), _("Écrire"), "ecrire"),
        APPROVE: (_("Approuver le compte rendu : %(title)s"), _("Relire"), "ecrire"),
    }
    title, verb, page = told[meeting.told]
    due = meeting.at + timedelta(hours=HOURS_TO_CATCH_UP)
    when = {"day": day(due, "short"), "hour": hour(due)}
    meta = _("Rencontre du %(day)s") % {"day": day(meeting.at, "weekday")}
    is_late = localtime(due).date() < today
    if meeting.told == CATCH_UP:
        meta = (
            _("en retard depuis le %(day)s à %(hour)s") if is_late else _("avant le %(day)s à %(hour)s")
        ) % when
    path = f"/rencontres/{meeting.code}/compte-rendu/{page}"
    return _line(Turn.REPORT, title % {"title": meeting.title}, meta, verb, path)


def sent_in_process(work: Work, sent: Sent) -> TodoLine:
    """Photos, voices, or both, with the page of the conversation in which the oldest waits."""
    photos = ngettext("une photo à regarder", "%(n)s photos à regarder", sent.photos)
    voices = ngettext("un vocal à écrire", "%(n)s vocaux à écrire", sent.voices)
    told = [words % {"n": number(n)} for words, n in ((photos, sent.photos), (voices, sent.voices)) if n]
    since = {"title": work.title, "day": day(sent.since, "short")}
    meta = (
        _("%(title)s · attend depuis le %(day)s")
        if sent.photos + sent.voices == 1
        else _("%(title)s · le plus ancien du %(day)s")
    )
    path = f"/bureau/concertations/{work.slug}/conversations/{sent.flow}/fichiers"
    verb = _("Écouter") if not sent.photos else _("Regarder")
    return _line(Turn.HEAR, _capital(" · ".join(told)), meta % since, verb, path)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def work_in_process(work: Work) -> list[TodoLine]:
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


def answer_to_sign(answer: Dated) -> TodoLine:
    title = _("Signer la réponse : %(about)s") % {"about": answer.title}
    meta = _("%(verdict)s. Rédigée, à lire avant de signer.") % {"verdict": STATES["answer"][answer.told]}
    return _line(Turn.SIGN, title, meta, _("Lire et signer"), f"/bureau/reponses/{answer.code}")


def word_to_accept(word: Dated) -> TodoLine:
    title = _("Accepter ou refuser un engagement : %(title)s") % {"title": word.title}
    meta = _("%(place)s. Noté en votre nom : rien n’en est publié sans votre accord.") % {"place": word.told}
    return _line(Turn.SIGN, title, meta, _("Lire et répondre"), path_of(UUID(word.more)))


def answer_to_prepare(subject: Dated, today: date) -> TodoLine:
    late = (today - subject.on).days if subject.on else 0
    when = days_late(late) if late > 0 else _("pour le %(day)s") % {"day": day(subject.on)}
    return _line(
        Turn.LATE if late > 0 else Turn.PREPARE,
        _("Préparer la réponse : %(about)s") % {"about": subject.title},
        _("%(when)s · confié à « %(service)s »") % {"when": when, "service": subject.told},
        _("Écrire"),
        f"/bureau/repondre/{subject.code}",
    )


def answer_to_have_signed(answer: Dated) -> TodoLine:
    title = _("Faire signer la réponse : %(about)s") % {"about": answer.title}
    told = {"verdict": STATES["answer"][answer.told], "name": answer.more}
    meta = _("%(verdict)s. %(name)s doit la signer.") % told
    return _line(Turn.SIGN, title, meta, _("Ouvrir"), f"/bureau/reponses/{answer.code}")


def _line(turn: Turn, title: str, meta: str, verb: str, path: str) -> TodoLine:
    return TodoLine(turn, title, meta, verb, at(path))
