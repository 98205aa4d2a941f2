"""What is said of the photos and the voices that people send."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def received(medium: str, kept: int, left: int, *, tu: bool) -> str:
    """Before any is even fetched: whatever becomes of them, a person comes first; and why some were left."""
    said = _photos_received(kept, tu=tu) if medium == "photo" else _voices_received(kept, tu=tu)
    return f"{said} {_no_more_here(medium, left)}".strip()


def _photos_received(kept: int, *, tu: bool) -> str:
    if kept > 1:
        return (
            _("Merci pour tes photos : quelqu’un les regarde avant qu’elles paraissent.")
            if tu
            else _("Merci pour vos photos : une personne les regarde avant qu’elles paraissent.")
        )
    return (
        _("Merci pour ta photo : quelqu’un la regarde avant qu’elle paraisse.")
        if tu
        else _("Merci pour votre photo : une personne la regarde avant qu’elle paraisse.")
    )


def _voices_received(kept: int, *, tu: bool) -> str:
    if kept > 1:
        return (
            _("Merci pour tes vocaux : quelqu’un les écoute et les écrit, puis ils sont effacés.")
            if tu
            else _(
                "Merci pour vos messages vocaux : une personne les écoute et les écrit, puis ils sont effacés."
            )
        )
    return (
        _("Merci pour ton vocal : quelqu’un l’écoute et l’écrit, puis il est effacé.")
        if tu
        else _("Merci pour votre message vocal : une personne l’écoute et l’écrit, puis il est effacé.")
    )


def _no_more_here(medium: str, left: int) -> str:
    if not left:
        return ""
    if medium == "photo":
        words = ngettext(
            "Cette question n’en prend pas plus : une photo n’est pas gardée.",
            "Cette question n’en prend pas plus : %(n)d photos ne sont pas gardées.",
            left,
        )
    else:
        words = ngettext(
            "Cette question n’en prend pas plus : un message vocal n’est pas gardé.",
            "Cette question n’en prend pas plus : %(n)d messages vocaux ne sont pas gardés.",
            left,
        )
    return words % {"n": left}


def came_along(photos: int, voices: int, left: int, *, tu: bool) -> str:
    """Of what a person reads with the letter that it came with."""
    said = []
    if photos:
        said.append(_photos_along(photos, tu=tu))
    if voices:
        said.append(_voices_along(voices, tu=tu))
    if left:
        words = ngettext(
            "Je ne peux pas en prendre plus pour l’instant : un fichier n’est pas gardé.",
            "Je ne peux pas en prendre plus pour l’instant : %(n)d fichiers ne sont pas gardés.",
            left,
        )
        said.append(words % {"n": left})
    return " ".join(said)


def _photos_along(n: int, *, tu: bool) -> str:
    if n > 1:
        return (
            _("J’ai bien tes photos : elles restent privées.")
            if tu
            else _("J’ai bien vos photos : elles restent privées.")
        )
    return (
        _("J’ai bien ta photo : elle reste privée.")
        if tu
        else _("J’ai bien votre photo : elle reste privée.")
    )


def _voices_along(n: int, *, tu: bool) -> str:
    if n > 1:
        return (
            _("J’ai bien tes vocaux : ils restent privés.")
            if tu
            else _("J’ai bien vos messages vocaux : ils restent privés.")
        )
    return (
        _("J’ai bien ton vocal : il reste privé.")
        if tu
        else _("J’ai bien votre message vocal : il reste privé.")
    )


def unexpected(media: Collection[str], *, tu: bool) -> str:
    """Of a child's, of who did not say her age, and of documents. Nothing of it is fetched, and she is told."""
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


def letter_goes_on(words: str) -> str:
    told = _("Le reste de votre message est transmis.")
    return f"{words} {told}"


def written_down(code: str, link: str, *, tu: bool) -> str:
    return (
        _("Ton vocal est écrit : %(code)s. Il est ici, avec la suite : %(link)s")
        if tu
        else _("Votre message vocal est écrit : %(code)s. Il est ici, avec la suite : %(link)s")
    ) % {"code": code, "link": link}
