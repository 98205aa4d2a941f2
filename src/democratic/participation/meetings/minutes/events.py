from democratic.thread.events import event

# {version, contested_until, blocks}; ``blocks``: [{rank, kind, seat, text}] as they were read then.
MINUTES_PROPOSED = event("minutes_proposed", words={"catch_up", "blocks"})
# {version, block, outcome}: what was asked and by whom stays private, why it was taken or not does not.
AMENDMENT_ANSWERED = event("minutes_amendment_answered", words={"reason"})
# {version, asked, taken, refused}: of all versions.
MINUTES_APPROVED = event("minutes_approved")
RECORDING_SHOWN = event("recording_shown", words={"url", "label"})
RECORDING_WITHDRAWN = event("recording_withdrawn", words={"reason"})
# {lines}: how many were added.
TRANSCRIPT_GIVEN = event("transcript_given")
