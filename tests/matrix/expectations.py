"""What each route answers to each role, for each method. A route without a line here fails the build."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from matrix.world import ROLES, World

Answers = Mapping[str, int]
EVERYONE = "everyone"

NO_LEAF = UUID(int=0)


def _all(status: int, **but: int) -> Answers:
    return {role: but.get(role, status) for role in ROLES}


# A suspended account is nobody: it sees what an anonymous reader sees. A neighbour has a role elsewhere only.
def _staff(status: int, *, official: int | None = None) -> Answers:
    return _all(
        403,
        anonymous=302,
        suspended=302,
        agent=status,
        administrator=status,
        official=403 if official is None else official,
    )


# Who runs a meeting: agents, and those whom its team names, who are nobody of the table. For others it is not there.
def _runners(status: int) -> Answers:
    return _all(404, anonymous=302, suspended=302, agent=status, administrator=status)


@dataclass(frozen=True)
class Expected:
    """``code`` names the Record whose code stands in the address; the other parameters are in ``values``."""

    get: Answers
    post: Answers
    code: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def arguments(self, world: World) -> dict[str, str]:
        held = {"service": str(world.territory.service.pk), "official": str(world.territory.official.pk)}
        ids = {
            "grant": world.grant,
            "person": world.holder,
            "invitation": world.invitation,
            "seat": world.seat,
            "group": world.group,
            "reserve": world.reserve,
            "exception": world.exception,
        }
        ids |= {
            "membership": world.membership,
            "mandate": world.speaking,
            "session": world.session,
            "tally": world.tally,
            "count": world.by_hand,
            "check": world.seen,
            "flow": world.flow,
            "campaign": world.campaign,
            "public": world.public,
            "step": world.campaign_step,
            "run": world.run,
            "batch": world.batch,
            "leaf": NO_LEAF,
        }
        held["question"] = world.codes["wall_question"]
        ids |= {"capture": world.capture, "device": world.device}
        ids |= {"one": world.listed, "wave": world.wave, "approved": world.approved}
        ids |= {"sheet": world.sheet, "tag": world.inbox_tag, "template": world.reply_template}
        desk = {name: str(each) for name, each in ids.items()} | {"commitment": world.codes["commitment"]}
        desk |= {"vote": world.codes["sounding"]}
        known = {"slug": world.slug, **held, **desk, "pk": "0", "token": world.preview, **self.values}
        if known["slug"] == "DRAFT":
            known["slug"] = world.draft
        if known.get("code") == "TALK":
            known["code"] = world.talk_code
        if known.get("opener") == "TALK":
            known["opener"] = world.talk_code
        if known["token"] == "RELAY":
            known["token"] = world.relay
        if known.get("code") == "CLASS":
            known["code"] = world.class_code
        if known["slug"] == "PAGE":
            known["slug"] = world.page_slug
        known |= {"code": world.codes[self.code]} if self.code else {}
        return known | {"page": f"fil/{known.get('code')}"}  # what is watched, for who is told of changes


def _administrators(status: int) -> Answers:
    return _all(403, anonymous=302, suspended=302, administrator=status)


def administrators_reading() -> Expected:
    return Expected(_administrators(200), _all(405))


def administrators_form(status: int = 400) -> Expected:
    return Expected(_administrators(200), _administrators(status))


def administrators_act(status: int = 302, **values: str) -> Expected:
    return Expected(_all(405), _administrators(status), values=values)


def reading(code: str = "", **values: str) -> Expected:
    return Expected(_all(200), _all(405), code, values)


def moved(code: str = "", **values: str) -> Expected:
    return Expected(_all(302), _all(405), code, values)


def staff_reading(code: str = "", **values: str) -> Expected:
    return Expected(_staff(200, official=200), _all(405), code, values)


def agents_reading(code: str = "", **values: str) -> Expected:
    return Expected(_staff(200), _all(405), code, values)


def agents_form(code: str = "", **values: str) -> Expected:
    """An empty form that is sent is shown again, with what is missing."""
    return Expected(_staff(200), _staff(400), code, values)


def agents_act(code: str = "", status: int = 302, **values: str) -> Expected:
    return Expected(_all(405), _staff(status), code, values)


def _moderators(status: int) -> Answers:
    return _all(403, anonymous=302, suspended=302, administrator=status, moderator=status)


def moderators_reading() -> Expected:
    return Expected(_moderators(200), _all(405))


def moderators_form(code: str) -> Expected:
    return Expected(_moderators(200), _moderators(400), code)


def moderators_act(code: str = "", status: int = 302, **values: str) -> Expected:
    return Expected(_all(405), _moderators(status), code, values)
