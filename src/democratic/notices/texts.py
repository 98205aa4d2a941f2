"""What a notice says: what was said, what became of it, and where to see the rest (``fil``). Short, and no more."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from democratic.kernel.days import day_in_words
from democratic.observatory.states import Says
from democratic.participation.answers.models import Verdict
from democratic.participation.commitments.models import CommitmentState


@dataclass(frozen=True, slots=True)
class Text:
    """``link``: where to see the rest. A mail says all of ``body``; elsewhere the subject and the link are enough."""

    subject: str
    body: str
    link: str = ""


def _text(subject: str, lines: list[str], fil: str) -> Text:
    told = [line for line in lines if line]
    link = _("Le fil complet, du début à la fin : %(url)s") % {"url": fil}
    return Text(subject, "\n\n".join([*told, link]), fil)


def answer_text(words: dict[str, str], verdict: str, about: str, fil: str, language: str) -> Text:
    with override(language):
        name, function = words.get("name", ""), words.get("function", "")
        # Without a name while an election reserve runs.
        signed = _("%(name)s, %(function)s") % {"name": name, "function": function} if name else function
        to = words.get("passed_to", "")
        label = str(Verdict(verdict).label) + (f" ({to})" if to else "")
        return _text(
            _("Une réponse signée : %(about)s") % {"about": about},
            [
                _("À propos de : « %(about)s »") % {"about": about},
                f"{label}.",
                words.get("reason", ""),
                signed,
            ],
            fil,
        )


def decision_text(words: dict[str, str], fil: str, language: str) -> Text:
    with override(language):
        title = words.get("title", "")
        return _text(
            _("C’est décidé : %(title)s") % {"title": title},
            [title, words.get("body", ""), words.get("reference", ""), words.get("text", "")],
            fil,
        )


def outcome_text(words: dict[str, str], state: str, title: str, fil: str, language: str) -> Text:
    with override(language):
        label = CommitmentState(state).label
        return _text(
            f"{label} : {title}" if language == "fr" else f"{label}: {title}",
            [title, f"{label}.", words.get("note", ""), words.get("function", "")],
            fil,
        )


def postponed_text(words: dict[str, str], new_on: str, title: str, fil: str, language: str) -> Text:
    """``new_on``: as the journal keeps it, 2026-09-04."""
    with override(language):
        day = day_in_words(date.fromisoformat(new_on))
        return _text(
            _("Reporté : %(title)s") % {"title": title},
            [
                title,
                _("Nouvelle date : %(day)s. La première date promise reste affichée.") % {"day": day},
                words.get("reason", ""),
                words.get("function", ""),
            ],
            fil,
        )


def withdrawal_text(words: dict[str, str], title: str, fil: str, language: str) -> Text:
    with override(language):
        return _text(
            _("Retiré : %(title)s") % {"title": title},
            [title, words.get("reason", ""), words.get("function", "")],
            fil,
        )


def evidence_text(words: dict[str, str], about: str, fil: str, language: str) -> Text:
    with override(language):
        return _text(
            _("Une preuve : %(title)s") % {"title": words.get("title", "")},
            [about, words.get("title", ""), words.get("text", ""), words.get("url", "")],
            fil,
        )


def verdict_text(words: dict[str, str], about: tuple[Says, str, str], url: str, language: str) -> Text:
    """``about``: what was found, the commitment's title, the observatory's name."""
    says, title, observatory = about
    with override(language):
        said = {"says": says.label, "title": title}
        return Text(
            _("L’observatoire juge « %(title)s » : %(says)s") % said,
            "\n\n".join(
                line
                for line in (
                    _("%(who)s s’est prononcé. La collectivité ne peut ni changer ni cacher cet avis.")
                    % {"who": observatory},
                    f"{title}\n{says.label}.",
                    words.get("text", ""),
                    _("L’avis entier, ses voix et ses preuves : %(url)s") % {"url": url},
                )
                if line
            ),
        )


def catch_up_text(words: dict[str, str], about: str, url: str, language: str) -> Text:
    """``url``: of the page that is read in two minutes."""
    with override(language):
        subject = _("La rencontre en deux minutes : %(about)s") % {"about": about}
        link = _("Décisions, votes et questions qui attendent une réponse : %(url)s") % {"url": url}
        return Text(
            subject, "\n\n".join(line for line in (about, words.get("account", ""), link) if line), url
        )


def minutes_text(until: str, about: str, url: str, language: str) -> Text:
    """``until``: a moment, as the journal keeps it."""
    with override(language):
        day = day_in_words(datetime.fromisoformat(until).date())
        told = _("Vous y étiez : vous pouvez le relire et demander des corrections jusqu’au %(day)s.")
        subject = _("Le compte rendu est proposé : %(about)s") % {"about": about}
        return Text(subject, "\n\n".join([about, told % {"day": day}, url]), url)


def merged_text(words: dict[str, str], about: str, into: str, fil: str, language: str) -> Text:
    with override(language):
        return _text(
            _("D’autres disaient la même chose : %(about)s") % {"about": about},
            [
                _(
                    "Votre parole est fusionnée dans %(code)s. Elle reste lisible à son code, et aura la même réponse."
                )
                % {"code": into},
                words.get("reason", ""),
                words.get("function", ""),
            ],
            fil,
        )


def split_text(words: dict[str, str], about: str, parts: list[str], fil: str, language: str) -> Text:
    with override(language):
        return _text(
            _("Plusieurs choses à la fois : %(about)s") % {"about": about},
            [
                _(
                    "Votre parole dit plusieurs choses : chacune aura sa réponse. Elle reste lisible à son code,"
                    " avec ses parts, %(codes)s, dans vos mots."
                )
                % {"codes": ", ".join(parts)},
                words.get("reason", ""),
                words.get("function", ""),
            ],
            fil,
        )


def rejoined_text(words: dict[str, str], about: str, fil: str, language: str) -> Text:
    with override(language):
        return _text(
            _("De nouveau entière : %(about)s") % {"about": about},
            [
                _("Votre parole n’est plus scindée : une seule réponse lui est due."),
                words.get("reason", ""),
                words.get("function", ""),
            ],
            fil,
        )


def confirmation_text(url: str, code: str, language: str) -> Text:
    with override(language):
        return Text(
            _("Confirmez votre adresse"),
            "\n\n".join(
                [
                    _("Cette adresse a été donnée pour suivre la parole %(code)s.") % {"code": code},
                    _("Pour recevoir la réponse et la suite, confirmez ici : %(url)s") % {"url": url},
                    _("Si ce n’est pas vous, ne faites rien : rien d’autre ne sera envoyé."),
                ]
            ),
        )
