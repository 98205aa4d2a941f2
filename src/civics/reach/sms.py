"""How long a text message is, as operators bill it: 3GPP TS 23.038 (GSM 03.38), and TS 23.040 for those in several parts."""

import unicodedata
from dataclasses import dataclass
from math import ceil

# Extended signs cost two septets: an escape goes before them.
GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("^{}\\[~]|€")
GSM = GSM_BASIC | GSM_EXTENDED
GSM_SEGMENT, GSM_PART = 160, 153
UCS2_SEGMENT, UCS2_PART = 70, 67
_ALIKE = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "\u00a0": " ",
    }
    | {"\u202f": " ", "œ": "oe", "Œ": "OE"}
)


@dataclass(frozen=True, slots=True)
class SmsLength:
    """``units``: septets, or signs of 16 bits once one sign is outside of GSM 03.38; ``parts``: messages paid."""

    units: int
    room: int
    parts: int
    is_gsm: bool


def length_of(text: str) -> SmsLength:
    if GSM.issuperset(text):
        units = sum(2 if sign in GSM_EXTENDED else 1 for sign in text)
        return SmsLength(units, GSM_SEGMENT, _parts(units, GSM_SEGMENT, GSM_PART), is_gsm=True)
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return SmsLength(units, UCS2_SEGMENT, _parts(units, UCS2_SEGMENT, UCS2_PART), is_gsm=False)


def _parts(units: int, segment: int, part: int) -> int:
    return 1 if units <= segment else ceil(units / part)


def in_gsm(text: str) -> str:
    """With the signs that cost least: « ê » becomes « e », « ç » « c ». What has no such letter stays, and is counted."""
    return "".join(sign if sign in GSM else _nearest(sign) for sign in _quoted(text))


def thrifty(text: str) -> str:
    """As ``in_gsm``, where that makes fewer messages to pay; as it was written, where it changes nothing of the price."""
    folded = in_gsm(text)
    return folded if length_of(folded).parts < length_of(text).parts else text


def _quoted(text: str) -> str:
    """French quotes lose the blanks inside them with their shape."""
    return (
        unicodedata.normalize("NFC", text).replace("«\u00a0", '"').replace("\u00a0»", '"').translate(_ALIKE)
    )


def _nearest(sign: str) -> str:
    letters = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return letters if letters and GSM.issuperset(letters) else sign
