"""The desk's pages, measured as one of its agents reads them, with a second factor and a session of this morning."""

from collections.abc import Iterator
from functools import partial

from allauth.mfa.models import Authenticator

from democratic.config.bench.fill import Filled
from democratic.config.bench.load import Measure, measure
from democratic.config.bench.pages import Probe, cost_of, session_cookie
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.people.models import Account
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from democratic.web.accounts.factors import FactorAdapter

# The people of one desk who read at the same instant. More would measure how a queue grows, not a page.
AT_ONCE = 2
# The one whose p95 is in the middle is told: a machine that is shared has seconds that are not ours.
TURNS = 3
_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  of an account that lives as long as this measure


def desk_paths(filled: Filled) -> dict[str, str]:
    process = f"/bureau/concertations/{filled.process.slug}"
    return {
        "dashboard": "/bureau",
        "one process": process,
        "grouping queue": f"{process}/sujets",
        "grouping queue, a word searched": f"{process}/sujets?q=covoiturage",
        "suggested themes": f"{process}/sujets/proposes",
        "answers board": f"{process}/reponses",
        "answer sheets": f"{process}/feuilles",
        "questions": f"{process}/questions",
        "tracker": "/bureau/suivi",
        "moderation queue": "/bureau/moderation",
        "people": "/bureau/personnes",
        "inbox": "/bureau/boite",
        "inbox, all that is over": "/bureau/boite?file=closes",
        "inbox, a word that all letters say": "/bureau/boite?q=gare",
        "tags of the inbox": "/bureau/boite/mots-cles",
    }


def desk_probes(base: str, filled: Filled) -> Iterator[Probe]:
    cookie = agent_cookie(filled)
    for name, path in desk_paths(filled).items():
        queries, size = cost_of(path, cookie=cookie)
        yield Probe(name, partial(read_by_turns, base + path, cookie=cookie), queries, size)


def agent_cookie(filled: Filled) -> str:
    """Of one who does everything for the whole authority, as who signed in an hour ago with a password and a code."""
    account, now = filled.account, DATABASE_CLOCK.now()
    for role in (Role.AGENT, Role.MODERATOR, Role.ADMINISTRATOR):
        give_role(person=account.person, role=role, authority=filled.authority, clock=DATABASE_CLOCK)
    give_factor(account)
    proof = [{"method": "password", "at": now.timestamp() - 3600}]
    return session_cookie(
        filled, account_authentication_methods=proof, account_authentication_methods_user=str(account.pk)
    )


def give_factor(account: Account) -> None:
    secret = {"secret": FactorAdapter().encrypt(_SECRET)}
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=secret)


def read_by_turns(url: str, seconds: int, *, cookie: str) -> Measure:
    measure(url, seconds=2, connections=8, cookie=cookie)  # so that every worker has read it once
    turns = [measure(url, seconds=seconds, connections=AT_ONCE, cookie=cookie) for _turn in range(TURNS)]
    return sorted(turns, key=lambda turn: turn.p95)[TURNS // 2]
