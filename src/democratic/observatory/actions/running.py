"""What every act of an observatory asks first: that it runs, and that a link is one."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict, Refusal
from democratic.observatory.models import Observatory
from democratic.observatory.rules import refuse_if_closed


def refuse_a_bad_link(url: str, field: str) -> None:
    if url and not url.startswith(("http://", "https://")):
        raise Refusal(_("Ce lien doit commencer par https://."), field=field)


def lock_running(observatory: Observatory) -> Observatory:
    """Under its row's lock, which closing it takes too. Conflict when it is closed."""
    locked = (
        Observatory.objects.select_for_update(of=("self",))
        .select_related("record__authority", "authority", "body")
        .filter(pk=observatory.pk)
        .first()
    )
    if locked is None:
        raise Conflict(_("Cet observatoire n’existe plus."))
    refuse_if_closed(locked)
    return locked
