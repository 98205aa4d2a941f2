"""What someone reads in the minutes that she gives, and why each line is there.

**Input.** *Facts*, each about one subject (a public code), in one group (a process), at a position of the journal, with
the reason for which it concerns her, the seconds that it takes to read, the day on which it closes, if it does, and
where it comes from (place, origin, public: its *side*). A budget in seconds, a rule, a seed. Nothing else is looked at:
neither who she is nor what others read, and what she reads here weighs on nobody else's page.

**Folding.** Facts about one subject make one line: its newest state, its strongest reason, and how many facts there
were. A hundred facts about one subject are one line.

**The share of the unfamiliar.** Of the budget, ``SHARE`` (a fifth) is kept for what she does not follow, and at least one
such line where any fits the budget. It is never more than that share or that one line: what is left of it goes back to
what she follows, and time that nothing fills is hers. Sides that she has least around her come first: one line of each
side in turn, the rarest side among what she follows first, ties by the seed.

**Rules.** They order what she follows; each is named, and switched by her.

- ``balanced``: what needs her, the first to close before the others; answers to what she said; what changed; each
  newest first.
- ``closing``: whatever closes, the first to close before the others; then the newest.
- ``newest``: in the order of the journal, backwards.
- ``diverse``: one line of each side in turn, newest first in each, the side with the newest line first.

Lines are taken in that order while they fit: one that is too long leaves its place to shorter ones after it. Then they
are read by group, each where its first line stands: within one reason under ``balanced``, over all of them otherwise.

**What holds, whatever the facts** (``tests/civics/attention``): the brief never takes longer than the budget; a subject
has one line; the order of the facts changes nothing, and neither does running it twice; a line that was left out for
what she follows would not have fitted; what is unfamiliar is in the brief if it fits alone, and without anything that
she follows there is no brief at all.
"""
