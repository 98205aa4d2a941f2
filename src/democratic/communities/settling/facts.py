"""What the states of the first settings are computed from."""

from dataclasses import dataclass, field

from democratic.communities.models import Controller
from democratic.communities.steps import MailTrial, SetAside


@dataclass(frozen=True, slots=True)
class MailFacts:
    """``server``: "host:port" as the installation is set now, empty when none is."""

    server: str = ""
    last: MailTrial | None = None
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    controller: Controller | None = None
    has_colour: bool = False
    has_logo: bool = False
    has_outline: bool = False
    communes: int = 0
    services: int = 0
    without_titular: int = 0
    without_deputy: int = 0
    officials: int = 0
    invited: int = 0
    mail: MailFacts = field(default_factory=MailFacts)
    orders: int = 0
    published_orders: int = 0
    set_aside: dict[str, SetAside] = field(default_factory=dict)
