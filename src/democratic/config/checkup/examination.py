"""All the checks, in the order in which an operator would mend what they find."""

from collections.abc import Iterator, Mapping
from itertools import chain

from democratic.config.checkup.database import look_at_database
from democratic.config.checkup.findings import Finding, softened
from democratic.config.checkup.machine import (
    look_at_disk,
    look_at_file_clock,
    look_at_folders,
    look_at_last_head,
)
from democratic.config.checkup.secrets_kept import look_at_secrets
from democratic.config.checkup.settings_in_force import look_at_settings, try_mail
from democratic.config.places import Places
from democratic.config.server.audience import is_production

# What loses or falsifies what people said is refused everywhere, on a demonstration as well.
ALWAYS = frozenset(
    (
        *("database", "database_version", "fsync", "full_page_writes", "synchronous_commit", "replica"),
        *("clock", "file_clock", "time_jump", "time_jump_database", "migrations", "disk"),
    )
)


def examine(place: Places, url: str, environment: Mapping[str, str], *, with_mail: bool) -> list[Finding]:
    found = list(_all(place, url, environment, with_mail=with_mail))
    if is_production(environment):
        return found
    return [each if each.name in ALWAYS else next(softened([each])) for each in found]


def _all(place: Places, url: str, environment: Mapping[str, str], *, with_mail: bool) -> Iterator[Finding]:
    return chain(
        look_at_secrets(place.secrets, environment),
        look_at_folders(place),
        look_at_disk(place.var),
        look_at_file_clock(place.var),
        look_at_last_head(place.var),
        look_at_database(url),
        look_at_settings(),
        try_mail() if with_mail else (),
    )
