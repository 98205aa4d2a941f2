"""Knots of what the authority did: answers, decisions, what was promised, what was done, what shows it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.observatory.states import disagrees
from democratic.participation.answers.models import Answer
from democratic.participation.commitments.models import CommitmentState
from democratic.participation.commitments.queries import LATE, WITHDRAWN, standing_of, withdrawal_of
from democratic.participation.obligations.queries import Due
from democratic.participation.reports.fil import Knot
from democratic.thread.models import Kind, Record
from democratic.thread.queries.attachments import attachment_of
from democratic.web.files_shown import document_of, photo_of
from democratic.web.formats import day, number, typo
from democratic.web.sentences import together
from democratic.web.suites.fil import phrases
from democratic.web.suites.fil.phrases import text_of, title_of
from democratic.web.suites.fil.telling import (
    Drawn,
    Telling,
    commitments_path,
    cut,
    delay_of,
    is_many,
    page_of,
    part,
    url_of,
)
from democratic.web.suites.states import label_of, promised


def answer(telling: Telling, knot: Knot, record: Record) -> Drawn:
    one = record.answer
    return {"many": is_many(telling)} | {
        "icon": "pen-line",
        "title": _("La réponse est signée"),
        "url": "" if telling.is_first else url_of(record),
        "moment": phrases.promise_kept(knot),
        "answer": answer_part(one, inherited=_inherited(telling, one)),
        "body": delay_of(knot) + cut(record),
    }


def answer_part(one: Answer, *, inherited: str = "") -> Drawn:
    return {
        "verdict": one.verdict,
        "passed_to": one.passed_to,
        "reason": typo(text_of(one.record)),
        "signed": phrases.signature_of(one),
        "inherited": inherited,
    }


def _inherited(telling: Telling, one: Answer) -> str:
    """The theme's name, when a contribution's answer is that of its whole theme."""
    if telling.fil.record.kind != Kind.IDEA or one.subject_id != telling.fil.record.theme_id:
        return ""
    told = (knot.record for knot in telling.fil.knots)
    return next((title_of(record) for record in told if record and record.pk == one.subject_id), "")


def answers(telling: Telling, knot: Knot) -> Drawn:
    """Several at once: counted by verdict, or listed when one reads back."""
    n = len(knot.records)
    drawn: Drawn = {
        "many": True,
        "icon": "pen-line",
        "title": ngettext("Une réponse est signée", "%(n)s réponses sont signées", n) % {"n": number(n)},
        "moment": phrases.promise_kept(knot),
        "links": [(_("Toutes les réponses"), page_of(telling.fil, "reponses"))],
    }
    states = [{"code": verdict, "of": "answer", "n": count} for verdict, count in knot.counts.items()]
    return drawn | {"body": delay_of(knot) + part("tally_words", states=states)}


def decision(_telling: Telling, _knot: Knot, record: Record) -> Drawn:
    one = record.decision
    reference = _("Référence %(reference)s.") % {"reference": one.reference} if one.reference else ""
    links = [(_("Lire la décision"), url_of(record))]
    if one.url:
        links.append((_("L’acte, tel que publié"), one.url))
    return {
        "many": True,
        "icon": "scale",
        "kind": _("Décision"),
        "title": title_of(record),
        "text": together(" ", text_of(record), reference, phrases.votes_of(one)),
        "moment": one.body,
        "links": links,
        "body": cut(record),
    }


def commitment(telling: Telling, knot: Knot, record: Record) -> Drawn:
    is_hole = knot.standing == LATE
    return {"many": is_many(telling)} | {
        "state": "hole" if is_hole else "done",
        "icon": "triangle-alert" if is_hole else "flag",
        "kind": _("Engagement, %(service)s") % {"service": knot.who},
        "title": title_of(record),
        "url": "" if telling.is_first else url_of(record),
        "text": text_of(record),
        "moment": _moment_of_promise(knot),
        "stamp": {"code": knot.standing, "of": "commitment", "label": label_of(knot.standing, knot.due)},
        "body": part("promise_line", due=knot.due, line=promised(knot.due), note=record.spoken(knot.note))
        + (part("cut_mark") if knot.standing == CommitmentState.UNKEPT else cut(record)),
    }


def _moment_of_promise(knot: Knot) -> str:
    if knot.standing == WITHDRAWN:
        return _("retiré")
    if knot.standing == CommitmentState.UNKEPT and knot.promised_on and knot.on:
        if knot.on == knot.promised_on:
            return _("promis pour ce jour")
        promised_on = phrases.near(knot.promised_on, knot.on)
        return _("promis pour le %(day)s") % {"day": promised_on}
    if knot.standing == LATE:
        return _("rien depuis %(days)s") % {"days": phrases.days(knot.lost)}
    return phrases.promise_kept(knot)


def commitments(telling: Telling, knot: Knot) -> Drawn:
    n = len(knot.records)
    states = [{"code": how, "of": "commitment", "n": count} for how, count in knot.counts.items()]
    whole = telling.fil.record.kind in (Kind.PROCESS, Kind.MANDATE)
    title = (
        ngettext("Un engagement est pris", "%(n)s engagements sont pris", n)
        if whole
        else ngettext(
            "Un autre engagement de cette décision", "%(n)s autres engagements de cette décision", n
        )
    )
    return {
        "many": True,
        "icon": "flag",
        "title": title % {"n": number(n)},
        "body": part("tally_words", states=states),
        "links": [(_("Tous les engagements"), commitments_path(telling.fil))],
    }


def actions(telling: Telling, knot: Knot) -> Drawn:
    rows = [_work(record, knot.dues.get(record.pk)) for record in knot.records]
    if telling.is_first and knot.record:
        record = knot.record
        return {"many": is_many(telling)} | {
            "icon": "check",
            "kind": _("Action, %(service)s") % {"service": knot.who},
            "title": title_of(record),
            "text": text_of(record),
            "stamp": {"code": knot.standing, "of": "action", "label": label_of(knot.standing, knot.due)},
            "body": part("promise_line", due=knot.due, line=promised(knot.due)) + cut(record),
        }
    n = len(rows)
    return {
        "many": True,
        "icon": "check",
        "title": ngettext("Une action pour le tenir", "%(n)s actions pour le tenir", n) % {"n": number(n)},
        "body": part("actions", rows=rows),
    }


def _work(record: Record, due: Due | None) -> Drawn:
    standing = standing_of(record, due)
    return {
        "title": title_of(record),
        "url": url_of(record),
        "state": standing,
        "label": label_of(standing, due) if standing == LATE else "",
        "who": due.service if due else "",
    }


def evidence(_telling: Telling, knot: Knot, record: Record) -> Drawn:
    one = record.evidence
    is_cut = withdrawal_of(record) is not None
    attachment = None if is_cut else attachment_of(record)
    photo, document = photo_of(attachment), document_of(attachment)
    links = [(_("Cette preuve"), url_of(record))]
    if document:
        links.append((_("Ouvrir le document"), document))
    if one.url and not is_cut:
        links.append((_("Voir la source"), one.url))
    drawn: Drawn = {
        "many": True,
        "icon": "camera" if photo else "paperclip" if document else "link",
        "kind": _("Preuve"),
        "title": title_of(record),
        "text": text_of(record),
        "moment": phrases.weekday(knot.on) if knot.on else "",
        "links": links,
        "body": cut(record),
    }
    if photo:
        caption = record.byline or _("Preuve déposée le %(day)s") % {"day": day(knot.on)}
        drawn["photo"] = {**photo, "caption": caption}
    return drawn


def verdict(_telling: Telling, knot: Knot, record: Record) -> Drawn:
    """What the observatory found, beside what the authority says today: the disagreement is said in words."""
    is_split = disagrees(record.state, knot.standing)
    return {
        "many": True,
        "icon": "scale",
        "kind": _("Avis de l’observatoire, en désaccord avec la collectivité")
        if is_split
        else _("Avis de l’observatoire"),
        "title": title_of(record),
        "url": url_of(record),
        "text": text_of(record),
        "stamp": {"code": record.state, "of": "commitment", "label": ""},
    }
