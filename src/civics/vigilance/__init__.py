"""Signs that a few hands play many: to be looked at by a person, and never a reason to hide by itself.

Everyone is new on the first day of a consultation, so novelty, speed or likeness alone prove nothing. What is
flagged is several newcomers who say almost the same within a day, or who come at once to the same word, far
beyond what is usual there. A letter that an association gives its members to copy looks the same: it is theirs.
"""
