"""The other people of the table: whom each is like, and where the answer is another.

The eight roles of ``world.ROLES`` are written in each line of ``table.py``. Every other one is written here, once:
``like`` one of them, but for some routes. A new line of the table is thus filled for all of them; where one of
them gets something else, the crawl says so, and a ``But`` is written.
"""

from dataclasses import dataclass

from democratic.communities.models import Membership
from democratic.people.models import AgeBand
from democratic.thread.models import Role
from matrix import visitors
from matrix.after_meetings import AFTER_MEETINGS
from matrix.expectations import Expected
from matrix.live_meetings import LIVE_MEETINGS
from matrix.table import EXPECTED
from matrix.test_scoped_roles import NOT_IN_A_PROCESS
from matrix.visitors import Comes
from matrix.walls import WALLS

PLACE = Membership.Place


ANY = frozenset(range(100, 600))
ALLOWED = frozenset({200, 302, 400, 404, 409})  # what a guard would have stopped


@dataclass(frozen=True)
class But:
    """On these routes, another answer than hers whom she is like, in place of one ``of``. None: the same."""

    routes: frozenset[str]
    get: int | None
    post: int | None
    why: str
    of: frozenset[int] = ANY

    def instead(self, get: int, post: int) -> tuple[int, int]:
        return (
            self.get if self.get is not None and get in self.of else get,
            self.post if self.post is not None and post in self.of else post,
        )


@dataclass(frozen=True)
class Column:
    key: str
    who: str
    like: str
    comes: Comes
    but: tuple[But, ...] = ()
    covers: tuple[str, ...] = ()

    def expected(self, name: str, line: Expected) -> tuple[int, int]:
        get, post = line.get[self.like], line.post[self.like]
        for each in self.but:
            if name in each.routes:
                get, post = each.instead(get, post)
        return get, post


def on(routes: str, get: int | None, post: int | None, why: str) -> But:
    return But(frozenset(routes.split()), get, post, why)


EVERY = frozenset(EXPECTED)
DESK = frozenset(name for name in EXPECTED if name.startswith("desk"))
# Screens of who runs a meeting: agents prove themselves there as at the desk; for others, they are not there at all.
RUNS_MEETINGS = frozenset(
    name
    for name, line in (LIVE_MEETINGS | WALLS | AFTER_MEETINGS).items()
    if (line.get["agent"], line.post["agent"]) != (line.get["citizen"], line.post["citizen"])
    or name == "amend_vote"
)
MODERATION = frozenset(
    ["desk_moderation", "desk_moderate", "desk_publish_held", "desk_answer_appeal", "desk_close_alarm"]
)
NOT_A_MODERATOR = (But(MODERATION | {"desk"}, 403, 403, "moderates nothing", ALLOWED),)
ASKED_AGAIN = frozenset(
    {
        "desk_close_observatory",
        "desk_close_process",
        "desk_end_office",
        "desk_official_account",
        "desk_new_official",
        "desk_withdraw",
        "desk_take_file_off",
        "desk_invite",
        "desk_end_role",
        "desk_forget_factor",
        "desk_note_seen",
        "desk_revoke_seen",
        "desk_hand_over_service",
        "desk_hand_over_answers",
        "close_account",
        "my_identities",
        "account_change_password",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "account_email",
        "leave_organisation",
        "my_follows_address",
    }
)
ASKED_ON_SENDING = frozenset({"erase_me", "my_data", "desk_help"})
OF_ADMINISTRATORS = (
    frozenset(
        name
        for name in DESK
        if {EXPECTED[name].get["agent"], EXPECTED[name].post["agent"]} <= {403, 405}
        # The first is an official's; the second is about one consultation, which one may administer alone.
        and name not in {"desk_sign_answer", "desk_ask_for_two"}
    )
    - MODERATION
)

OPENS_OWN = (on("withdraw_idea", 200, 302, "takes back what she said"),)
SIGNED_OUT_STEP = on(
    "account_login account_request_login_code", 302, 302, "is led to the code that proves her address"
)
NO_FACTOR = (
    But(DESK, 302, 302, "is led to set a second factor up", ALLOWED),
    on("mfa_reauthenticate", 302, 302, "has no factor to prove it by"),
    on("mfa_activate_totp", 200, 200, "may set an application up"),
    on("mfa_deactivate_totp", 404, 404, "has none to take away"),
    on("mfa_generate_recovery_codes", None, 200, "has first to set a factor up"),
)
TEAM_WITHOUT_FACTOR = (
    *NO_FACTOR,
    But(RUNS_MEETINGS, 302, 302, "is led to set a second factor up", ALLOWED),
)
ONE_PROCESS = (
    But(
        frozenset(NOT_IN_A_PROCESS) | OF_ADMINISTRATORS,
        403,
        403,
        "is refused outside her consultation",
        ALLOWED,
    ),
)
SINCE_YESTERDAY = (
    But(ASKED_AGAIN, 302, 302, "is asked « is it still you? » before the page", ALLOWED),
    But(ASKED_ON_SENDING, None, 302, "is asked « is it still you? » when she sends it", ALLOWED),
    on("mfa_view_recovery_codes", 302, 302, "is asked « is it still you? »"),
)
STAFF_SINCE_YESTERDAY = (
    But(DESK, 302, 302, "is asked « is it still you? », once a working day", ALLOWED),
    *SINCE_YESTERDAY,
)
TEAM_SINCE_YESTERDAY = (
    *STAFF_SINCE_YESTERDAY,
    But(RUNS_MEETINGS, 302, 302, "is asked « is it still you? », once a working day", ALLOWED),
)
WAYS_OUT = frozenset({"stop_helping", "account_logout", "healthz", "readyz", "metrics"})
BY_CODE = on("account_prove_by_code", 200, None, "proves it by a code")

COLUMNS: tuple[Column, ...] = (
    Column("guest", "someone who spoke here, without an account", "anonymous", visitors.guest),
    Column(
        "guest_author",
        "the author of the contribution, in her browser, with her receipt",
        "anonymous",
        visitors.guest_author,
        (*OPENS_OWN, on("receipt", 200, None, "reads her receipt")),
    ),
    Column(
        "comment_author",
        "the author of the comment, in her browser",
        "anonymous",
        visitors.comment_author,
        (on("withdraw_comment", 200, 302, "takes back what she said"),),
    ),
    Column(
        "key_holder",
        "who holds the key of a contribution",
        "anonymous",
        visitors.key_holder,
        (on("use_key", None, 200, "gets what is kept of her"),),
    ),
    Column(
        "account_author",
        "the author of the contribution, in her account",
        "citizen",
        visitors.account_author,
        OPENS_OWN,
    ),
    Column(
        "unproved",
        "an account whose address is not proved yet",
        "anonymous",
        visitors.unproved,
        (SIGNED_OUT_STEP, on("account_email_verification_sent", 200, 200, "may give the code")),
    ),
    Column(
        "child", "a child under 15, without an account", "anonymous", visitors.guest_of_age(AgeBand.UNDER_15)
    ),
    Column(
        "agreed_child",
        "a child under 15, whose parent agreed",
        "anonymous",
        visitors.agreed_child,
        (
            on("agreement_child", 200, 400, "reads her agreement, and takes it back"),
            on("follow", None, 302, "follows by the address that was agreed"),
        ),
    ),
    Column(
        "teen_guest",
        "someone of 15 to 17, without an account",
        "anonymous",
        visitors.guest_of_age(AgeBand.TEENS),
    ),
    Column("teen", "an account of 15 to 17", "citizen", visitors.account_of_age(AgeBand.TEENS)),
    Column(
        "child_account",
        "an account known to be of a child under 15",
        "citizen",
        visitors.account_of_age(AgeBand.UNDER_15),
        (on("follow", None, 403, "follows with a parent alone"),),
    ),
    Column(
        "parent",
        "a parent, by the link of her mail",
        "anonymous",
        visitors.parent,
        (on("agreement_parent", 200, 400, "agrees, or takes it back"),),
    ),
    Column(
        "addressee",
        "who gets our mails, by their links",
        "anonymous",
        visitors.addressee,
        (on("stop_mails confirm_address", 200, 200, "stops, or proves, her own address"),),
    ),
    Column(
        "holder_of_service",
        "who holds a service, by the link of the month’s mail",
        "anonymous",
        visitors.holder_of_service,
        (on("tell_news", 200, 302, "reads what her service owes, and says where it stands"),),
    ),
    Column(
        "asked_to_approve",
        "an elected person asked whether she agrees, by the link of her mail",
        "anonymous",
        visitors.asked_to_approve,
        (on("approve_draft", 200, 400, "reads the draft, and answers"),),
    ),
    Column(
        "invited",
        "who was invited to a role, by the link",
        "citizen",
        visitors.invited,
        (on("invitation", 200, 302, "reads it, and takes the role"),),
    ),
    Column(
        "joining",
        "who was given a link to join an organisation",
        "citizen",
        visitors.joining,
        (on("join_organisation", 200, 302, "reads it, and becomes a member"),),
    ),
    Column(
        "member",
        "a member of the organisation",
        "citizen",
        visitors.member,
        (
            on("organisation_members", 200, None, "reads who belongs to it"),
            on("leave_organisation", 200, 302, "leaves"),
        ),
        covers=(PLACE.MEMBER,),
    ),
    Column(
        "speaker",
        "who keeps its page and speaks in its name",
        "citizen",
        visitors.speaker,
        (
            on("organisation_members", 200, None, "reads who belongs to it"),
            on("leave_organisation", 200, 302, "leaves"),
            on("accept_to_speak end_my_mandate organisation_join_link", None, 302, "speaks, stops, invites"),
            on("end_mandate_to_speak end_membership", 200, 302, "ends a habilitation, or a membership"),
            on("hand_over_page", 200, 409, "hands the page over, to another than herself"),
            on("propose_to_speak describe_organisation", 200, 400, "keeps its page"),
        ),
        covers=(PLACE.EDITOR,),
    ),
    Column(
        "agent_of_process",
        "an agent of this consultation alone",
        "agent",
        visitors.with_role(Role.AGENT, over_process=True),
        ONE_PROCESS,
    ),
    Column(
        "official_of_process",
        "an elected official of this consultation alone",
        "official",
        visitors.with_role(Role.OFFICIAL, over_process=True),
        (
            *ONE_PROCESS,
            on("desk_sign_answer", None, 403, "signs only what names her"),
        ),
    ),
    Column(
        "moderator_of_process",
        "a moderator of this consultation alone",
        "moderator",
        visitors.with_role(Role.MODERATOR, over_process=True),
    ),
    Column(
        "administrator_of_process",
        "an administrator of this consultation alone",
        "administrator",
        visitors.with_role(Role.ADMINISTRATOR, over_process=True),
        ONE_PROCESS,
    ),
    Column(
        "deputy", "the deputy of a service, without a role", "moderator", visitors.deputy, NOT_A_MODERATOR
    ),
    Column(
        "office_without_role",
        "an office held without the role",
        "moderator",
        visitors.office_without_role,
        NOT_A_MODERATOR,
    ),
    Column(
        "former_agent",
        "an agent whose role is over",
        "moderator",
        visitors.with_role(Role.AGENT, ended=True),
        NOT_A_MODERATOR,
    ),
    Column(
        "agent_without_factor",
        "an agent without a second factor",
        "agent",
        visitors.with_role(Role.AGENT, factor=False),
        TEAM_WITHOUT_FACTOR,
    ),
    Column(
        "official_without_factor",
        "an official without a second factor",
        "official",
        visitors.with_role(Role.OFFICIAL, factor=False),
        NO_FACTOR,
    ),
    Column(
        "administrator_without_factor",
        "an administrator without a second factor",
        "administrator",
        visitors.with_role(Role.ADMINISTRATOR, factor=False),
        (*TEAM_WITHOUT_FACTOR, BY_CODE),
    ),
    Column(
        "agent_since_yesterday",
        "an agent signed in since yesterday",
        "agent",
        visitors.long_ago(visitors.account_of("agent")),
        TEAM_SINCE_YESTERDAY,
    ),
    Column(
        "official_since_yesterday",
        "an official signed in since yesterday",
        "official",
        visitors.long_ago(visitors.account_of("official")),
        STAFF_SINCE_YESTERDAY,
    ),
    Column(
        "administrator_since_yesterday",
        "an administrator signed in since yesterday",
        "administrator",
        visitors.long_ago(visitors.account_of("administrator")),
        TEAM_SINCE_YESTERDAY,
    ),
    Column(
        "citizen_since_yesterday",
        "an account signed in since yesterday",
        "citizen",
        visitors.long_ago(visitors.account_of("citizen")),
        SINCE_YESTERDAY,
    ),
    Column(
        "neighbour_official",
        "an official of another authority",
        "neighbour",
        visitors.elsewhere(Role.OFFICIAL),
    ),
    Column(
        "neighbour_administrator",
        "an administrator of another authority",
        "neighbour",
        visitors.elsewhere(Role.ADMINISTRATOR),
    ),
    Column(
        "helping",
        "an administrator who sees a citizen's pages to help her",
        "citizen",
        visitors.helping,
        (
            But(EVERY - WAYS_OUT, None, 403, "changes nothing in someone’s name"),
            But(ASKED_AGAIN, 302, None, "can’t prove to be the person", ALLOWED),
        ),
    ),
    Column("closed", "an account that was closed", "anonymous", visitors.closed),
    Column(
        "directory",
        "the authority's directory, by its token",
        "anonymous",
        visitors.directory,
        (
            on("scim_users", 200, 400, "reads who works here, and may make nobody"),
            on("scim_user scim_config", 200, 405, "reads one, and tells who left by another method"),
        ),
    ),
    Column(
        "directory_of_elsewhere",
        "another authority's directory, by its token",
        "anonymous",
        visitors.directory_of_elsewhere,
    ),
    Column(
        "collector_of_figures",
        "the collector of figures, by its token",
        "anonymous",
        visitors.collector_of_figures,
        (on("metrics", 200, None, "reads the figures"),),
    ),
)


@dataclass(frozen=True)
class Absent:
    """A role that the product does not have yet: no name of its ``words`` stands in the source."""

    who: str
    words: tuple[str, ...]
    why: str


ABSENT = (
    Absent(
        "collector, with a device of her own in the street",
        ("collector", "street_agent"),
        "comes with street sessions (issue 5)",
    ),
    Absent("co-author", ("coauthor", "co_author"), "comes with texts written together (issue 4)"),
    Absent(
        "bearer of a token of the API",
        ("api_token", "api_key"),
        "comes with the API; the journal and the lists are exported to everyone",
    ),
    Absent(
        "auditor",
        ("auditor",),
        "everyone may audit: `democratic audit` reads what is published; appointed members come with the observatory",
    ),
    Absent(
        "aide who acts for an official",
        ("aide", "delegate"),
        "an agent writes and the answer says « par délégation »; nobody signs for an official (issue 4)",
    ),
)
