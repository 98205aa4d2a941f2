"""Sentences that are shown, and kept with the consent that they asked for."""

from django.utils.translation import gettext_lazy as _

# Under the field of the sign-up page, and beside the button that says yes again.
WE_WRITE = _(
    "Nous écrirons à cette adresse ce que deviennent vos paroles et ce que vous suivez, rien d’autre."
    " Chaque message permet d’arrêter, d’un clic."
)
