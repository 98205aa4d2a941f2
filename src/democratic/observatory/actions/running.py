"""What every act of an observatory asks first: that it runs."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.observatory.models import Observatory
from democratic.observatory.rules import refuse_if_closed


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
