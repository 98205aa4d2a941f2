"""Who speaks next, and why: one queue for a room and for those who are far away.

**Input.** *Hands* are the turns that wait, *spoken* those that began, first to last. Each has a key, the moment at
which it was asked for (a number: smaller is earlier; ties by key), a seat, a gender that is declared or not, and, for
hands, whether their person spoke before in this meeting. Nothing else is looked at: no name, no words, no dice.

**Rules.** Each gives every hand one place, from 1.

- ``asked``: in the order of asking.
- ``new_first``: two lines, those who have not spoken yet and those who have, each in the order of asking. The first
  line goes before the second, but whoever has spoken lets at most ``PATIENCE`` (5) others who asked after her pass,
  those who already did included.
- ``seats``: one line per seat, each in the order of asking; the lines are served in turn. The first turn is of the
  line that has had the floor least recently; lines that never had it come before, the one whose first hand is the
  oldest first.
- ``genders``: the same with declared genders. Those who said none are one line like the others: to say nothing
  neither wins nor loses a turn, and holds back nobody more than one turn a round.

**What holds, whatever the hands** (``tests/civics/floor``): every hand has one place and every place one hand; within
a line nobody passes anybody; calling the first moves each other up by exactly one; to lower a hand puts nobody later;
with one line alone, the order is that of asking; and nobody is passed for ever, however many come after her:
under ``new_first`` at most ``PATIENCE`` of those who asked after her go before her; under ``seats`` and ``genders`` with g
lines and k hands before hers in her line, at most (k + 1)(g - 1).
"""
