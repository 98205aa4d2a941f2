"""What is said that no flow writes: who we are, that a person will answer, that it is noted. Short: it may be an SMS."""

from django.utils.translation import gettext as _

from civics.reach.engine import Note
from civics.reach.reading import LONGEST
from democratic.kernel.days import day_in_words
from democratic.participation.inbox.models import Conversation
from democratic.thread.models import Authority


def note_words(note: Note, kind: str, *, tu: bool) -> str:
    """Why the question comes back. ``kind``: of its step, which says what an answer looks like."""
    if note == Note.WHICH_PLACE:
        return _("Plusieurs lieux ressemblent à ça.")
    if note == Note.TOO_LONG:
        return too_long(tu=tu)
    if kind == "place":
        return (
            _("Je n’ai pas trouvé ce lieu. Écris le nom de ta commune, ou son code postal.")
            if tu
            else _("Je n’ai pas trouvé ce lieu. Écrivez le nom de votre commune, ou son code postal.")
        )
    if kind == "number":
        return (
            _("Je n’ai pas compris. Réponds par un nombre.")
            if tu
            else _("Je n’ai pas compris. Répondez par un nombre.")
        )
    return (
        _("Je n’ai pas compris. Réponds par un des choix, ou par son numéro.")
        if tu
        else _("Je n’ai pas compris. Répondez par un des choix, ou par son numéro.")
    )


def too_long(*, tu: bool) -> str:
    words = (
        _("C’est trop long : %(most)s signes au plus. Rien n’est gardé encore : renvoie-le en plus court.")
        if tu
        else _(
            "C’est trop long : %(most)s signes au plus. Rien n’est gardé encore : renvoyez-le en plus court."
        )
    )
    return words % {"most": LONGEST}


def passed_on(conversation: Conversation, *, tu: bool) -> str:
    day = day_in_words(conversation.due_on, year=False, weekday=True)
    words = (
        _("Je transmets à une personne : elle te répond ici avant le %(day)s.")
        if tu
        else _("Je transmets à une personne : elle vous répond ici avant le %(day)s.")
    )
    return words % {"day": day}


def age_first(*, tu: bool) -> str:
    """Her words wait: nothing is kept of someone whose age is not known."""
    return (
        _(
            "Avant de te lire, il nous faut ton âge. Ton message attend ta réponse une demi-heure, puis il est effacé."
        )
        if tu
        else _(
            "Avant de vous lire, il nous faut votre âge. Votre message attend votre réponse une demi-heure, puis il est"
            " effacé."
        )
    )


def age_asked(*, tu: bool) -> str:
    return _("Quel âge as-tu ?") if tu else _("Quel âge avez-vous ?")


def age_later(*, tu: bool) -> str:
    return (
        _("Ton message attend : dis d’abord ton âge, la question vient plus loin.")
        if tu
        else _("Votre message attend : dites d’abord votre âge, la question vient plus loin.")
    )


def child_unheard(authority: Authority, *, tu: bool) -> str:
    return (
        _(
            "Avant 15 ans, nous ne gardons pas ce que tu écris ici. Parles-en à un adulte, ou passe nous voir : %(name)s."
        )
        if tu
        else _(
            "Avant 15 ans, nous ne gardons pas ce que vous écrivez ici. Parlez-en à un adulte, ou venez nous"
            " voir : %(name)s."
        )
    ) % {"name": authority.name}


def help_words(*, tu: bool) -> str:
    return (
        _(
            "Réponds par un mot ou un numéro. STOP : plus aucun message. QUI : qui on est. MES DONNÉES : ce qu’on garde."
        )
        if tu
        else _(
            "Répondez par un mot ou un numéro. STOP : plus aucun message. QUI : qui nous sommes. MES DONNÉES : ce que"
            " nous gardons."
        )
    )


def who_words(authority: Authority, link: str) -> str:
    return _(
        "Ici %(name)s. C’est un programme qui répond ; une personne lit ce qu’il ne comprend pas. %(link)s"
    ) % {
        "name": authority.name,
        "link": link,
    }


def data_words(codes: list[str], link: str) -> str:
    if codes:
        kept = _("Nous gardons l’adresse de cette conversation, et : %(codes)s.") % {
            "codes": ", ".join(codes)
        }
    else:
        kept = _("Nous gardons l’adresse de cette conversation, et aucune phrase.")
    see = _("Vos droits, et comment tout faire effacer :")
    return f"{kept} {see} {link}"


def stop_noted(*, by_mail: bool) -> str:
    """Anyone may write a mail under her name: she is told how to take back what she did not say."""
    if by_mail:
        return _(
            "C’est noté, plus aucun message. Ce n’était pas vous, ou vous changez d’avis ? Répondez REPRENDRE à ce"
            " courriel."
        )
    return _("C’est noté, plus aucun message. REPRENDRE pour revenir.")


def resumed(*, tu: bool) -> str:
    return _("Te revoilà. STOP pour arrêter.") if tu else _("Vous revoilà. STOP pour arrêter.")


def receipt(code: str, link: str, *, tu: bool) -> str:
    return (
        _("Ta phrase est reçue : %(code)s. Elle est ici, avec la suite : %(link)s")
        if tu
        else _("Votre phrase est reçue : %(code)s. Elle est ici, avec la suite : %(link)s")
    ) % {"code": code, "link": link}


def over(link: str) -> str:
    return _("Cette consultation est finie. Ce qu’elle devient : %(link)s") % {"link": link}


def unknown_code(*, tu: bool) -> str:
    return (
        _("Je ne connais pas ce code. Vérifie-le sur l’affiche, ou écris-nous : une personne te répond.")
        if tu
        else _(
            "Je ne connais pas ce code. Vérifiez-le sur l’affiche, ou écrivez-nous : une personne vous répond."
        )
    )
