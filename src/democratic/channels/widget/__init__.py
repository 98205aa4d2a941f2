"""A window on any site: a page of ours in a frame, with no script or cookie of anyone else."""

from democratic.channels.pulled import Pulled
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import register


class Widget(Pulled):
    kind = ChannelKind.WIDGET


register(Widget())
