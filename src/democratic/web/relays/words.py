"""Ready-made words, one text a channel: sent by the relay, in her own name, and changed as she likes."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civics.reach.sms import in_gsm, length_of
from democratic.kernel.spoken import Spoken, shorten
from democratic.web.formats import number, typo
from democratic.web.relays.told import CodeTold, capital

WORDS_A_SECOND = 2.5  # of French read aloud, slowly, for a courtyard: 150 a minute
ALOUD = 30  # seconds
_SHORTEST = 20  # signs of the question, or the message says nothing


@dataclass(frozen=True, slots=True)
class Text:
    """``length``: in the unit of its channel, in words. ``subject`` of an e-mail alone."""

    key: str
    name: str
    body: str
    length: str
    hint: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    key: str
    name: Promise
    say: Callable[[CodeTold], str]
    measure: Callable[[str], str]
    hint: Promise | str = ""
    head: Callable[[CodeTold], str] | None = None


def texts_of(told: CodeTold) -> list[Text]:
    return [_text(kind, told) for kind in KINDS]


def _text(kind: _Kind, told: CodeTold) -> Text:
    body = kind.say(told)
    subject = kind.head(told) if kind.head else ""
    return Text(kind.key, str(kind.name), body, kind.measure(body), str(kind.hint), subject)


def _parts(told: CodeTold, question: str = "") -> dict[str, str]:
    """What every text is made of, with the spaces that French wants."""
    until = (_("jusqu’au %(day)s") % {"day": told.until}) if told.until else _("dès maintenant")
    return {
        "question": typo(str(question or told.question)),
        "title": _ended(typo(told.told.name)),
        "who": told.authority,
        "time": told.time,
        "until": until,
        "becomes": typo(told.becomes),
        "url": told.url,
        "address": told.address,
        "code": told.code,
    }


def _ended(title: str) -> str:
    """A title that is a sentence of its own: « N2 ? » has no full stop after it."""
    return title if title.endswith(("?", "!", "…", ".")) else f"{title}."


def _sms(told: CodeTold) -> str:
    """In the signs that cost least, the question cut so that one message is enough; the address never is."""
    question = told.question
    while (said := _one_sms(told, question)) and length_of(said).parts > 1 and len(question) > _SHORTEST:
        question = Spoken(shorten(question, len(question) - 4), question.language)
    return said


def _one_sms(told: CodeTold, question: str) -> str:
    said = (
        _("%(question)s Réponds en %(time)s, sans compte : %(url)s")
        if told.uses_tu
        else _("%(question)s Répondez en %(time)s, sans compte : %(url)s")
    )
    return in_gsm(said % _parts(told, question))


def _chat(told: CodeTold) -> str:
    said = (
        _("« %(question)s »\n%(who)s te le demande. %(becomes)s\nRéponds en %(time)s, sans compte :\n%(url)s")
        if told.uses_tu
        else _(
            "« %(question)s »\n%(who)s vous le demande. %(becomes)s\nRépondez en %(time)s, sans compte :\n%(url)s"
        )
    )
    return said % _parts(told)


def _subject(told: CodeTold) -> str:
    return _("%(title)s %(time)s pour répondre") % (_parts(told) | {"time": capital(told.time)})


def _mail(told: CodeTold) -> str:
    """To a list of people: nobody is *tu* there."""
    said = _(
        "Bonjour,\n\n%(who)s pose une question : « %(question)s »\n\nOn y répond en %(time)s, sans compte et sans"
        " donner son nom, %(until)s :\n%(url)s\n\n%(becomes)s Ce qui est promis ensuite se suit en public.\n\n"
        "Vous pouvez faire suivre ce message."
    )
    return said % _parts(told)


def _post(told: CodeTold) -> str:
    said = (
        _("%(question)s\n\nÀ toi de répondre : %(time)s, sans compte, %(until)s.\n%(becomes)s\n\n%(url)s")
        if told.uses_tu
        else _(
            "%(question)s\n\nÀ vous de répondre : %(time)s, sans compte, %(until)s.\n%(becomes)s\n\n%(url)s"
        )
    )
    return said % _parts(told)


def _bulletin(told: CodeTold) -> str:
    said = _(
        "%(title)s %(who)s pose une question à tous : « %(question)s » On y répond en %(time)s, sans compte et sans"
        " donner son nom, %(until)s, à l’adresse %(address)s. %(becomes)s Ce qui est promis ensuite se suit en public,"
        " à la même adresse."
    )
    return said % _parts(told)


def _aloud(told: CodeTold) -> str:
    """To many at once, hence *vous*. The question gives way, so that it is said in thirty seconds."""
    words = str(told.question).split()
    for kept in range(len(words), 0, -1):
        question = " ".join(words[:kept]) + ("" if kept == len(words) else "…")
        said = _announced(told, question)
        if _seconds(said) <= ALOUD:
            break
    return said


def _announced(told: CodeTold, question: str) -> str:
    said = _(
        "Bonjour à toutes et à tous. %(who)s vous pose une question. Je la lis : %(question)s Prenez vos téléphones,"
        " scannez l’affiche et répondez : %(time)s, sans compte. %(becomes)s Le code, lettre par lettre : %(letters)s."
        " Merci."
    )
    return said % (_parts(told, question) | {"letters": spelled(told.code)})


def spelled(code: str) -> str:
    """« L, Y, C, tiret, B, R, O »."""
    return ", ".join(_("tiret") if sign == "-" else sign for sign in code)


def _seconds(text: str) -> int:
    return ceil(len(text.split()) / WORDS_A_SECOND)


def _sms_length(text: str) -> str:
    found = length_of(text)
    counts = {"n": number(found.units), "room": found.room, "parts": found.parts}
    if found.parts == 1:
        return _("%(n)s signes sur %(room)s : un seul SMS") % counts
    if found.is_gsm:
        return _("%(n)s signes : payé comme %(parts)s SMS") % counts
    return _("%(n)s signes hors de l’alphabet des SMS : payé comme %(parts)s SMS") % counts


def _signs(text: str) -> str:
    n = len(text)
    return ngettext("%(n)s signe", "%(n)s signes", n) % {"n": number(n)}


def _spoken_length(text: str) -> str:
    return _("%(words)s mots, %(n)d secondes environ") % {"words": len(text.split()), "n": _seconds(text)}


KINDS = (
    _Kind("sms", gettext_lazy("SMS"), _sms, _sms_length,
          gettext_lazy("Sans les accents qui doubleraient son prix.")),
    _Kind("messagerie", gettext_lazy("Messagerie, groupe de discussion"), _chat, _signs),
    _Kind("e-mail", gettext_lazy("E-mail"), _mail, _signs, head=_subject),
    _Kind("publication", gettext_lazy("Publication sur un réseau"), _post, _signs,
          gettext_lazy("Avec l’image carrée, et le texte qui la décrit.")),
    _Kind("bulletin", gettext_lazy("Bulletin, journal"), _bulletin, _signs),
    _Kind("annonce", gettext_lazy("À lire au micro"), _aloud, _spoken_length,
          gettext_lazy("Trente secondes, lentement. Affiche au mur avant de parler.")),
)  # fmt: skip
