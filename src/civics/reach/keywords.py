"""Words that are obeyed everywhere, whatever was being asked: a person is never locked inside a conversation."""

import re
import unicodedata
from enum import StrEnum


class Keyword(StrEnum):
    STOP = "stop"
    RESUME = "resume"
    HELP = "help"
    WHO = "who"
    MY_DATA = "my_data"


_WORDS = {
    Keyword.STOP: "stop|arret|arreter|stopall|unsubscribe|desabonner|desinscription|cancel|quit",
    Keyword.RESUME: "reprendre|start again|resume|unstop",
    Keyword.HELP: "aide|help|info",
    Keyword.WHO: "qui|qui etes vous|qui es tu|who|who are you",
    Keyword.MY_DATA: "mes donnees|mes infos|my data",
}
_KEYWORDS = {word: keyword for keyword, words in _WORDS.items() for word in words.split("|")}
_SHORT_CODE = re.compile(r" \d{4,6}$")


def plain(text: str) -> str:
    """Without accents, capitals nor punctuation: what two people type alike."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare))


def keyword_in(text: str) -> Keyword | None:
    """The word that this message is, and nothing else: « je veux que ça s'arrête » stops nothing.

    « STOP 36063 » stops: that is how operators tell people to write it.
    """
    said = plain(text)
    if found := _KEYWORDS.get(said):
        return found
    without_code = _SHORT_CODE.sub("", said)
    return Keyword.STOP if _KEYWORDS.get(without_code) == Keyword.STOP else None
