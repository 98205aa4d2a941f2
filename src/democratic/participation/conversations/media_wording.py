"""What is said of the photos and the voices that people send."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


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
