"""Where method templates are: those that come with the product, and those that an operator adds to ``VAR/methods``."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import ValidationError

from democratic.participation.processes.methods.template import Method

SHIPPED = Path(__file__).parent / "shipped"
LARGEST = 64 * 1024  # bytes
MOST = 60  # files of one folder


class NoMethod(LookupError):
    """No template of this key: it was never there, or its file was taken away."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is no template, and why: shown to who can mend it, and chosen by nobody."""

    name: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    methods: Mapping[str, Method]
    unread: tuple[Unread, ...] = ()


def read_folders(*folders: Path) -> Library:
    """Every template of these folders, by rank; a key that comes twice is read once, and the second refused."""
    found: dict[str, Method] = {}
    unread: list[Unread] = []
    for path in (path for folder in folders for path in _files(folder)):
        read = read_file(path)
        if isinstance(read, Unread):
            unread.append(read)
        elif read.key in found:
            unread.append(Unread(path.name, (f"key: '{read.key}' is another template's",)))
        else:
            found[read.key] = read
    ranked = sorted(found.values(), key=lambda method: (method.rank, method.key))
    return Library({method.key: method for method in ranked}, tuple(unread))


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*.toml"))[:MOST]) if folder.is_dir() else iter(())


def read_file(path: Path) -> Method | Unread:
    """One template, or what is wrong with it: a line for each fault, by its place in the file."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            return Unread(path.name, (f"larger than {LARGEST // 1024} kB",))
        return Method.model_validate(tomllib.loads(raw.decode()))
    except ValidationError as wrong:
        return Unread(path.name, tuple(_told(each["loc"], each["msg"]) for each in wrong.errors()))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        return Unread(path.name, (str(wrong),))
    except RecursionError:
        return Unread(path.name, ("nested too deeply",))


def _told(place: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(part) for part in place)
    return f"{where}: {message}" if where else message.removeprefix("Value error, ")


def library() -> Library:
    """What can be chosen from on this installation; read once, and again when a file of its own changes."""
    own = Path(settings.VAR) / "methods"
    return _read(own, tuple((path.name, path.stat().st_mtime_ns) for path in _files(own)))


@lru_cache(maxsize=4)
def _read(own: Path, _as_of: tuple[tuple[str, int], ...]) -> Library:
    return read_folders(SHIPPED, own)


def method_of(key: str) -> Method:
    """Raises NoMethod."""
    try:
        return library().methods[key]
    except KeyError as missing:
        raise NoMethod(key) from missing
