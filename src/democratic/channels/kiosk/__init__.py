"""A screen in a hall: each passer-by is someone new, and the screen forgets her when she leaves."""

from dataclasses import replace

from democratic.channels.pulled import Pulled
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import register


class Kiosk(Pulled):
    kind = ChannelKind.KIOSK
    can = replace(Pulled.can, tells_later=False)


register(Kiosk())
