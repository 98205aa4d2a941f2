"""Small exports of our own, written as Decidim writes them: semicolons, CRLF, several lines a field."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from democratic.participation.imports.decidim import import_decidim
from democratic.participation.imports.decidim_export import read_export
from democratic.participation.imports.report import Report
from democratic.thread.models import ExternalReference, Record
from factories import Territory

HERE, ELSEWHERE = "participez.clairval.example", "avis.montbrun.example"

PROPOSAL = {
    "id": "7",
    "category/id": "3",
    "category/name/en": "",
    "category/name/fr": "Déplacements",
    "scope/id": "",
    "scope/name/fr": "Les Forges",
    "title": "Un abri à l’arrêt du pont",
    "body": "On attend sous la pluie.",
    "votes": "4",
    "comments": "1",
    "created_at": "2019-01-24 22:29:15 +0100",
}
COMMENT = {
    "id": "31",
    "created_at": "2019-01-25 09:01:46 +0100",
    "body": "Et de nuit, c’est pire.",
    "author/id": "900",
    "author/name": "Participant 900",
    "alignment": "1",
    "depth": "0",
    "user_group/id": "",
    "user_group/name/fr": "",
    "commentable_id": "7",
    "commentable_type": "Decidim::Proposals::Proposal",
}


def proposal(number=7, host=HERE, **more) -> dict[str, str]:
    url = f"http://{host}/processes/bouger/f/1/proposals/{number}"
    return {**PROPOSAL, "id": str(number), "url": url, **more}


def comment(number=31, *, on=7, host=HERE, kind="Proposals::Proposal", **more) -> dict[str, str]:
    return {
        **COMMENT,
        "id": str(number),
        "commentable_id": str(on),
        "commentable_type": f"Decidim::{kind}",
        "root_commentable_url": f"http://{host}/processes/bouger/f/1/root",
        **more,
    }


def reply(number, *, to, **more) -> dict[str, str]:
    return comment(number, on=to, kind="Comments::Comment", **more)


def on_debate(number, *, debate, **more) -> dict[str, str]:
    return comment(number, on=debate, kind="Debates::Debate", **more)


def as_csv(rows: list[dict[str, str]], end: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";", lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@dataclass
class Source:
    """A folder of exports, and the process that takes it."""

    folder: Path
    territory: Territory
    told: list[str] = field(default_factory=list)

    def write(self, *, proposals=(), comments=()) -> "Source":
        for name, rows in (("propositions.csv", proposals), ("commentaires.csv", comments)):
            if rows:
                (self.folder / name).write_bytes(as_csv(list(rows)))
        return self

    def run(self, process=None) -> Report:
        return import_decidim(
            process=process or self.territory.process,
            export=read_export(self.folder),
            clock=self.territory.clock,
            tell=self.told.append,
        )

    def reasons(self) -> list[tuple[str, int, str]]:
        return [(each.file, each.line, each.reason) for each in self.run().rejected]


def record_of(number, kind="Proposals::Proposal", host=HERE) -> Record:
    return ExternalReference.objects.get(host=host, type=f"Decidim::{kind}", external_id=str(number)).record
