"""The migrations of this very code, read from its folders: Django would make secrets where none are yet."""

from democratic.config.server.preparation import SOURCES


def known_migrations() -> set[str]:
    """Each of ours, as "app.name"."""
    return {f"{path.parents[1].name}.{path.stem}" for path in SOURCES.glob("*/migrations/[0-9]*.py")}


def unknown_migrations(applied: list[str]) -> list[str]:
    """Of our own apps alone: what the packages that we install bring is theirs to read."""
    known = known_migrations()
    ours = {name.partition(".")[0] for name in known} | {
        path.name for path in SOURCES.iterdir() if path.is_dir()
    }
    return [name for name in applied if name.partition(".")[0] in ours and name not in known]
