"""The closed list of what is kept about people: each line of the register, in the words that people read."""

from democratic.kernel.data_classes.accounts import ACCOUNT, FACTOR, IDENTITY, SESSION, VERIFIED, VISITS
from democratic.kernel.data_classes.letters import LETTERS
from democratic.kernel.data_classes.machine import FORM, RATE
from democratic.kernel.data_classes.meeting import ATTENDANCE
from democratic.kernel.data_classes.moderating import NOTICE
from democratic.kernel.data_classes.organisations import BELONGING, JOINING, JUDGING, SPEAKING
from democratic.kernel.data_classes.speaking import (
    CLAIM_KEY,
    FILES,
    IMPORTED,
    MARKS,
    PAPER,
    SENT_FILES,
    SPEECH,
    STREET,
)
from democratic.kernel.data_classes.telling import (
    ADDRESS,
    AGREEMENT,
    CONSENT,
    CORRESPONDENT,
    INCOMING,
    LISTED,
    MESSAGES,
    STOPPED,
)
from democratic.kernel.data_classes.work import DRAFTING, FUNCTION, INVITED, LEGAL_NAMES, OFFICE, ROLES

ALL_CLASSES = (
    SPEECH, IDENTITY, ACCOUNT, SESSION, ADDRESS, STOPPED, CONSENT, MESSAGES, MARKS, CLAIM_KEY, FORM, RATE,
    FILES, OFFICE, FUNCTION, ROLES, IMPORTED, VISITS, LEGAL_NAMES, BELONGING, JOINING, SPEAKING, FACTOR, INVITED, VERIFIED,
    AGREEMENT, JUDGING, NOTICE, DRAFTING, LETTERS, CORRESPONDENT, INCOMING, STREET, PAPER,
    SENT_FILES, LISTED, ATTENDANCE,
)  # fmt: skip

__all__ = [
    "ACCOUNT",
    "ADDRESS",
    "AGREEMENT",
    "ALL_CLASSES",
    "ATTENDANCE",
    "BELONGING",
    "CLAIM_KEY",
    "CONSENT",
    "CORRESPONDENT",
    "DRAFTING",
    "FACTOR",
    "FILES",
    "FORM",
    "FUNCTION",
    "IDENTITY",
    "IMPORTED",
    "INCOMING",
    "INVITED",
    "JOINING",
    "JUDGING",
    "LEGAL_NAMES",
    "LETTERS",
    "LISTED",
    "MARKS",
    "MESSAGES",
    "NOTICE",
    "OFFICE",
    "PAPER",
    "RATE",
    "ROLES",
    "SENT_FILES",
    "SESSION",
    "SPEAKING",
    "SPEECH",
    "STOPPED",
    "STREET",
    "VERIFIED",
    "VISITS",
]
