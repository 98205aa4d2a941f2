"""A person whose every text is a word that no one else says, and where such words may still be found."""

import os
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import CharField, JSONField, TextField

from democratic.config.server.binaries import find_binaries
from democratic.kernel.data_classes import (
    ACCOUNT,
    ADDRESS,
    CORRESPONDENT,
    FILES,
    IDENTITY,
    MARKS,
    MESSAGES,
    SPEECH,
)
from democratic.kernel.personal_data import label_of
from democratic.stewardship.declared import kept_of_people
from democratic.stewardship.holdings import holdings_of

HERS = {SPEECH, IDENTITY, ACCOUNT, ADDRESS, MARKS, MESSAGES, FILES, CORRESPONDENT}
# Texts of those tables that nobody types: a new column is hers until it is named here, with its reason.
OURS = {
    "thread.Record.code": "a public number",
    "thread.Record.kind": "of a closed list",
    "thread.Record.state": "of a closed list",
    "thread.Record.visibility": "of a closed list",
    "thread.Record.origin": "of a closed list",
    "thread.RecordSearch.kind": "as its Record says",
    "thread.RecordSearch.state": "as its Record says",
    "thread.RecordSearch.visibility": "as its Record says",
    "thread.RecordSearch.origin": "as its Record says",
    "thread.Wording.language": "of a closed list",
    "thread.Opening.part": "of a closed list",
    "thread.Opening.value": "written by her acts alone: a trigger refuses that it is rewritten",
    "thread.Follow.volume": "of a closed list",
    "people.Person.age_band": "of a closed list",
    "participation.Idea.age_band": "of a closed list",
    "participation.PollAnswer.origin": "of a closed list",
    "participation.SoundingVoice.seat": "of a closed list",
    "participation.Amendment.state": "of a closed list",
    "people.Account.language": "of a closed list",
    "people.Account.email": "her address, looked for as such",
    "account.EmailAddress.email": "her address, looked for as such",
    "people.ContactAddress.email": "her address, looked for as such",
    "people.LinkedIdentity.provider": "of the operator's list",
    "people.ContactAddress.language": "of a closed list",
    "kernel.StoredFile.sha256": "the print of the content",
    "kernel.StoredFile.content_type": "of a closed list",
    "messaging.OutgoingMessage.purpose": "of a closed list",
    "messaging.OutgoingMessage.state": "of a closed list",
    "messaging.OutgoingMessage.buttons": "words of the authority",
    "messaging.Correspondent.kind": "of a closed list",
    "messaging.Correspondent.language": "of a closed list",
    "participation.FlowRun.kind": "of a closed list",
    "participation.FlowRun.language": "of a closed list",
    "participation.FlowRun.step": "the key of a question",
    "participation.FlowRun.age_band": "of a closed list",
    "participation.FlowRun.state": "of a closed list",
    "participation.FlowAnswer.step": "the key of a question",
    "participation.FlowAnswer.kind": "of a closed list",
    "participation.FlowAnswer.value": "an option, a number or a place of a list: her sentences are Records",
}


def text_columns():
    """(model, column) of every text that a person may have typed, or that was written to her."""
    for model, said in kept_of_people().items():
        if said.kind not in HERS or not said.of:
            continue
        for field in model._meta.concrete_fields:
            is_text = (
                isinstance(field, CharField | TextField | JSONField) and field.attname not in said.hidden
            )
            if is_text and f"{label_of(model)}.{field.attname}" not in OURS:
                yield model, field


def plant(person_ids, word):
    """A word of its own in each column of her rows. Returns the words by column, where there was a row."""
    planted = {}
    held = {each.model: each.rows for each in holdings_of(person_ids)}
    for number, (model, field) in enumerate(text_columns()):
        said = f"{word}{number:03d}x"
        if held[model].update(**{field.attname: said}):
            planted[f"{label_of(model)}.{field.attname}"] = said
    return planted


def dump():
    """The whole database as text, as an operator's backup would read."""
    known = connection.settings_dict
    asked = [
        find_binaries().folder / "pg_dump", "--inserts", "--no-owner", "--host", known["HOST"],
        "--username", known["USER"] or os.environ.get("USER", ""), "--dbname", known["NAME"],
        *(["--port", str(known["PORT"])] if known["PORT"] else []),
    ]  # fmt: skip
    made = subprocess.run(
        asked, capture_output=True, check=True, timeout=60,
        env={**os.environ, "PGPASSWORD": known["PASSWORD"] or ""},
    )  # fmt: skip
    return made.stdout.decode().lower()


def files():
    """What is written beside the database: mails, logs, stored files."""
    folders = {Path(settings.VAR), *(Path(each["OPTIONS"]["location"])
               for each in settings.STORAGES.values() if "OPTIONS" in each)}  # fmt: skip
    found = [path for folder in folders if folder.exists() for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes().decode(errors="replace").lower() for path in found}


def where(words, *, pages=()):
    """Every place where one of these words still is: (word, place)."""
    places = {"the database": dump(), **files()}
    places |= {f"page {number}": page.lower() for number, page in enumerate(pages)}
    return [(word, place) for place, text in places.items() for word in words if word.lower() in text]
