"""While an election reserve runs, a mail tells the function of who acted, and not her name."""

from dataclasses import replace

from democratic.communities.models import Official
from democratic.communities.reserve.queries import names_leave
from democratic.thread.journal.lines import JournalLine
from democratic.thread.models import Authority

WHO = ("name", "function")


def as_told_by_mail(line: JournalLine, authority: Authority) -> JournalLine:
    """The line itself on most days; else the same without the names of officials in what says who acted."""
    if not any(part in line.words for part in WHO) or not names_leave(authority, line.day):
        return line
    names = Official.objects.filter(authority=authority).values_list("name", flat=True)
    words = {part: value for part, value in line.words.items() if part != "name"}
    if "function" in words:
        words["function"] = _without(str(words["function"]), list(names))
    return replace(line, words=words)


def _without(who: str, names: list[str]) -> str:
    for name in names:
        who = who.replace(f"{name}, ", "")
    return who
