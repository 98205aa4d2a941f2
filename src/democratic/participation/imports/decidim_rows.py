"""What one row of a Decidim export says, and why a row is refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from democratic.participation.imports.tables import Row

PROPOSAL: Final = "Decidim::Proposals::Proposal"
DEBATE: Final = "Decidim::Debates::Debate"
COMMENT: Final = "Decidim::Comments::Comment"
USER: Final = "Decidim::User"

PROPOSAL_COLUMNS = frozenset({"id", "title", "body", "votes", "created_at", "url"})
COMMENT_COLUMNS = frozenset(
    {
        "id", "created_at", "body", "author/id", "author/name", "alignment", "commentable_id",
        "commentable_type", "root_commentable_url",
    }
)  # fmt: skip

ALIGNMENTS = {"-1": -1, "0": 0, "1": 1, "": 0}


class Refused(ValueError):
    """Why this row is not imported, as the report says it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose number it is: the same number elsewhere, or of another type, is something else."""

    host: str
    type: str
    id: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    row: Row
    identity: Identity
    title: str
    body: str
    votes: int
    category: str
    place: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class CommentRow:
    """``author`` is None when the source no longer knows who spoke."""

    row: Row
    identity: Identity
    target: Identity
    body: str
    alignment: int
    author: Identity | None
    name: str
    said_at: datetime


def read_proposal(row: Row) -> ProposalRow:
    """Raises Refused."""
    fields = row.fields
    host = _host(fields["url"])
    if not fields["body"].strip() and not fields["title"].strip():
        raise Refused("proposition sans titre ni texte")
    return ProposalRow(
        row=row,
        identity=Identity(host, PROPOSAL, _number(fields["id"], "id")),
        title=fields["title"],
        # A proposal that is all in its title says what its title says.
        body=fields["body"] if fields["body"].strip() else fields["title"],
        votes=int(_number(fields["votes"].strip() or "0", "votes")),
        category=_in_french(row, "category/name"),
        place=_in_french(row, "scope/name"),
        said_at=_moment(fields["created_at"]),
    )


def read_comment(row: Row) -> CommentRow:
    """Raises Refused."""
    fields = row.fields
    host = _host(fields["root_commentable_url"])
    kind = fields["commentable_type"].strip()
    if kind not in (PROPOSAL, DEBATE, COMMENT):
        raise Refused(f"commentaire sur « {kind or 'rien'} », que l’on ne sait pas reprendre")
    if not fields["body"].strip():
        raise Refused("commentaire vide")
    if fields["alignment"].strip() not in ALIGNMENTS:
        raise Refused(f"alignement « {fields['alignment']} » : ni -1, ni 0, ni 1")
    author = fields["author/id"].strip()
    return CommentRow(
        row=row,
        identity=Identity(host, COMMENT, _number(fields["id"], "id")),
        target=Identity(host, kind, _number(fields["commentable_id"], "commentable_id")),
        body=fields["body"],
        alignment=ALIGNMENTS[fields["alignment"].strip()],
        author=Identity(host, USER, author) if author else None,
        name=_in_french(row, "user_group/name") or fields["author/name"].strip(),
        said_at=_moment(fields["created_at"]),
    )


def _host(url: str) -> str:
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        host = None
    if not host:
        raise Refused(f"adresse « {url.strip()[:80]} » sans nom de site : on ne sait pas d’où vient la ligne")
    return host.rstrip(".").lower()


def _number(written: str, column: str) -> str:
    number = written.strip()
    if not (number.isascii() and number.isdigit()):
        raise Refused(f"{column} « {number[:40]} » n’est pas un nombre")
    return number.lstrip("0") or "0"


def _moment(written: str) -> datetime:
    """Decidim writes « 2019-01-17 10:38:20 +0100 », or UTC in place of the offset."""
    text = written.strip().replace(" UTC", " +0000")
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        raise Refused(f"date « {written.strip()[:40]} » illisible, ou sans fuseau") from None


def _in_french(row: Row, column: str) -> str:
    """The French name, else the first that is given in another language."""
    said = {name: value.strip() for name, value in row.fields.items() if name.startswith(f"{column}/")}
    return said.get(f"{column}/fr") or next((value for value in said.values() if value), "")
