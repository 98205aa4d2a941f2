"""Which browser this is, in two words: what its owner knows it by, and nothing that would follow her."""

from typing import NamedTuple

from django.utils.translation import gettext as _


class Device(NamedTuple):
    browser: str
    system: str


NO_DEVICE = Device("", "")
# The first that is found names it: Edge and Opera say Chrome too, Chrome says Safari, Android says Linux.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> Device:
    return Device(_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))


def _first(signs: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in signs if sign in user_agent), "")


def told(device: Device) -> str:
    """« Firefox sur Windows »; what is not known is not guessed."""
    if device.browser and device.system:
        return _("%(browser)s sur %(system)s") % device._asdict()
    return device.browser or device.system or _("Appareil inconnu")
