"""Links that people give: they lead to a page, whatever asks for them."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Refusal

SCHEMES = ("http", "https")
_STARTS = tuple(f"{scheme}://" for scheme in SCHEMES)


def refuse_a_bad_link(url: str, field: str) -> None:
    """What a browser would run, read on the device or hand to another program is no link; empty is none at all."""
    if url and not url.lower().startswith(_STARTS):
        raise Refusal(_("Ce lien doit commencer par https://."), field=field)
