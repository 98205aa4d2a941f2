"""The number of an establishment in the French register (SIRET: the SIREN, nine digits, then the NIC, five).

Insee: the Luhn sum of the SIREN, and that of the whole, are multiples of ten; but for La Poste, whose offices
outgrew the rule: the plain sum of their fourteen digits is a multiple of five.
"""

from enum import StrEnum

SIREN_DIGITS, DIGITS = 9, 14
LA_POSTE = "356000000"


class Fault(StrEnum):
    NOT_DIGITS = "not_digits"
    LENGTH = "length"
    SIREN = "siren"
    NIC = "nic"


def fault_of(number: str) -> Fault | None:
    """Which part does not hold, the first of them; None for a number that checks itself. Without blanks."""
    if not (number.isascii() and number.isdigit()):
        return Fault.NOT_DIGITS
    if len(number) != DIGITS:
        return Fault.LENGTH
    siren = number[:SIREN_DIGITS]
    if _luhn(siren) % 10:
        return Fault.SIREN
    if _luhn(number) % 10 and not (siren == LA_POSTE and sum(map(int, number)) % 5 == 0):
        return Fault.NIC
    return None


def _luhn(number: str) -> int:
    """Every second digit from the right but one is doubled, and the digits of what comes out are added."""
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number))]
    return sum(sum(divmod(each, 10)) for each in doubled)
