"""The logo, and where the colour is tried before it is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.communities.logo import ALTERNATIVE_LIMIT
from democratic.kernel.colour import is_colour
from democratic.web.desk.forms.fields import Written
from democratic.web.uploads import ACCEPT_PHOTOS, SentFile

# What each identity of the product puts in the place of a colour of one's own (tokens.css).
OF_IDENTITIES = {"": "#0f5257", "ardoise": "#2f4858", "prune": "#5b2a4f"}


class LogoForm(forms.Form):
    file = SentFile(
        label=_("Le fichier"),
        accept=ACCEPT_PHOTOS,
        help_text=_("PNG, JPEG ou WebP, de 600 pixels de large au plus. Un fond transparent va sur tout."),
    )
    alternative = Written(
        label=_("Ce que le logo dit de plus que le nom"),
        max_length=ALTERNATIVE_LIMIT,
        required=False,
        help_text=_("Le nom est écrit à côté : laissez vide si le logo ne dit rien d’autre."),
    )


def colour_in(form: forms.Form) -> str:
    """The colour that the form shows, "#rrggbb"; empty when what is typed is none."""
    typed = str(form["accent"].value() or "").strip().lower()
    if typed:
        return typed if is_colour(typed) else ""
    return OF_IDENTITIES.get(str(form["identity"].value() or ""), "")
