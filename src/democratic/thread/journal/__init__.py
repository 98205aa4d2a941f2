"""The public journal's running part.

sequencer    the one program that gives Entries their position in the tree
signing      signed heads; `outside` keeps the last one where a restore of the database cannot reach
epochs       the public act by which a journal goes on after a restore
marks        supports counted into Entries
projections  views and effects, each with its cursor
running      all of it, round after round
proofs, export, health   what readers and operators ask for
"""

from democratic.thread.journal.epochs import new_epoch
from democratic.thread.journal.health import Lags, lags
from democratic.thread.journal.lines import JournalLine
from democratic.thread.journal.marks import coalesce_marks
from democratic.thread.journal.outside import BehindOutsideHead
from democratic.thread.journal.projections import CannotReplay, Projection, replay, retry_parked
from democratic.thread.journal.running import Runner, drain
from democratic.thread.journal.sequencer import CHANNEL, hold_sequencer_lock, sequence_once
from democratic.thread.journal.signing import Signer, sign_now

__all__ = [
    "CHANNEL",
    "BehindOutsideHead",
    "CannotReplay",
    "JournalLine",
    "Lags",
    "Projection",
    "Runner",
    "Signer",
    "coalesce_marks",
    "drain",
    "hold_sequencer_lock",
    "lags",
    "new_epoch",
    "replay",
    "retry_parked",
    "sequence_once",
    "sign_now",
]
