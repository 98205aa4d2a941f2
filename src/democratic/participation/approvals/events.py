from democratic.thread.events import event

# Told when what she approved is published: a draft has no line in the journal.
APPROVAL_GIVEN = event("approval_given", words={"name", "function"})
