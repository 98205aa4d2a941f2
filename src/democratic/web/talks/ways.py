"""The three ways in which one conversation is shown: a page of ours, a frame in another site, a screen in a hall."""

from dataclasses import dataclass

from democratic.messaging.models import ChannelKind


@dataclass(frozen=True, slots=True)
class Way:
    root: str
    kind: ChannelKind
    is_framed: bool = False
    is_kiosk: bool = False

    @property
    def is_bare(self) -> bool:
        """Without the shell: nothing leads elsewhere."""
        return self.is_framed or self.is_kiosk

    def path(self, code: str, token: str = "") -> str:
        return f"/{self.root}/{code}/{token}" if token else f"/{self.root}/{code}"


WAYS = {
    "page": Way("r", ChannelKind.WIDGET),
    "frame": Way("cadre", ChannelKind.WIDGET, is_framed=True),
    "kiosk": Way("borne", ChannelKind.KIOSK, is_kiosk=True),
}
