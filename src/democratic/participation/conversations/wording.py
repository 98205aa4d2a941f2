"""What is said that no flow writes: who we are, that a person will answer, that it is noted. Short: it may be an SMS."""

from collections.abc import Collection

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civics.reach.engine import Note
from democratic.participation.inbox.models import Conversation
from democratic.thread.models import Authority


def note_words(note: Note, kind: str, *, tu: bool) -> str:
    """Why the question comes back. ``kind``: of its step, which says what an answer looks like."""
    if note == Note.WHICH_PLACE:
        return _("Plusieurs lieux ressemblent à ça.")
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


def passed_on(conversation: Conversation, *, tu: bool) -> str:
    day = date_format(conversation.due_on, "l j F")
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
            "Avant de te lire, il nous faut ton âge. Ton message attend ta réponse un jour, puis il est effacé."
        )
        if tu
        else _(
            "Avant de vous lire, il nous faut votre âge. Votre message attend votre réponse un jour, puis il est effacé."
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


def stop_noted() -> str:
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


def medium_received(medium: str, *, tu: bool) -> str:
    """Before it is even fetched: whatever becomes of it, a person comes first."""
    if medium == "photo":
        return (
            _("Merci pour ta photo : quelqu’un la regarde avant qu’elle paraisse.")
            if tu
            else _("Merci pour votre photo : une personne la regarde avant qu’elle paraisse.")
        )
    return (
        _("Merci pour ton vocal : quelqu’un l’écoute et l’écrit, puis il est effacé.")
        if tu
        else _("Merci pour votre message vocal : une personne l’écoute et l’écrit, puis il est effacé.")
    )


def unexpected(media: Collection[str], *, tu: bool) -> str:
    """Of what came where nothing asked for it. Nothing of it is fetched, and she is told."""
    if "voice" in media:
        return (
            _("Je n’attendais pas de vocal ici : je ne l’ai pas gardé. Écris-le, si tu veux.")
            if tu
            else _(
                "Je n’attendais pas de message vocal ici : je ne l’ai pas gardé. Écrivez-le, si vous voulez."
            )
        )
    if "photo" in media:
        return (
            _(
                "Je n’attendais pas de photo ici : je ne l’ai pas gardée. Renvoie-la quand une question la demande."
            )
            if tu
            else _(
                "Je n’attendais pas de photo ici : je ne l’ai pas gardée. Renvoyez-la quand une question la demande."
            )
        )
    return _("Je n’attendais pas de fichier ici : je ne l’ai pas gardé.") if media else ""


def describe_it(*, tu: bool) -> str:
    return (
        _("Ajoute un mot à la photo : qu’y voit-on ?")
        if tu
        else _("Ajoutez un mot à la photo : qu’y voit-on ?")
    )


def write_instead(*, tu: bool) -> str:
    return _("Ici, écris-le en une phrase.") if tu else _("Ici, écrivez-le en une phrase.")


def no_photo_here() -> str:
    return _("Ce canal ne prend pas les photos : on continue sans.")


def too_large(medium: str, megabytes: int, *, tu: bool) -> str:
    if medium == "photo":
        words = (
            _("Ta photo dépasse %(n)d Mo : renvoie-la plus petite.")
            if tu
            else _("Votre photo dépasse %(n)d Mo : renvoyez-la plus petite.")
        )
    else:
        words = (
            _("Ton vocal dépasse %(n)d Mo : renvoies-en un plus court, ou écris-le.")
            if tu
            else _("Votre message vocal dépasse %(n)d Mo : renvoyez-en un plus court, ou écrivez-le.")
        )
    return words % {"n": megabytes}


def lasting_at_most(minutes: int) -> str:
    return ngettext("Une minute au plus.", "%(n)d minutes au plus.", minutes) % {"n": minutes}


def too_long(minutes: int, *, tu: bool) -> str:
    words = (
        ngettext(
            "Ton vocal dure plus d’une minute : renvoies-en un plus court, ou écris-le.",
            "Ton vocal dure plus de %(n)d minutes : renvoies-en un plus court, ou écris-le.",
            minutes,
        )
        if tu
        else ngettext(
            "Votre message vocal dure plus d’une minute : renvoyez-en un plus court, ou écrivez-le.",
            "Votre message vocal dure plus de %(n)d minutes : renvoyez-en un plus court, ou écrivez-le.",
            minutes,
        )
    )
    return words % {"n": minutes}


def not_received(medium: str, *, tu: bool) -> str:
    if medium == "photo":
        return (
            _("Ta photo ne nous est pas parvenue : renvoie-la, ou continue sans elle.")
            if tu
            else _("Votre photo ne nous est pas parvenue : renvoyez-la, ou continuez sans elle.")
        )
    return (
        _("Ton vocal ne nous est pas parvenu : renvoie-le, ou écris-le.")
        if tu
        else _("Votre message vocal ne nous est pas parvenu : renvoyez-le, ou écrivez-le.")
    )


def others_are_kept(words: str, *, tu: bool) -> str:
    kept = _("Tes autres réponses sont gardées.") if tu else _("Vos autres réponses sont gardées.")
    return f"{words} {kept}"


def written_down(code: str, link: str, *, tu: bool) -> str:
    return (
        _("Ton vocal est écrit : %(code)s. Il est ici, avec la suite : %(link)s")
        if tu
        else _("Votre message vocal est écrit : %(code)s. Il est ici, avec la suite : %(link)s")
    ) % {"code": code, "link": link}
