"""Writes of the thread. Each act is one Entry, in the transaction of what it changes."""

from democratic.thread.actions.attachments import (
    ALTERNATIVE_LIMIT,
    NewAttachment,
    attach_file,
    detach_files,
    detach_one,
    erase_files,
)
from democratic.thread.actions.comments import post_comment
from democratic.thread.actions.entries import Fact, append_entries, append_entry
from democratic.thread.actions.erasure import erase_marks, erase_words, part_with_author, said_by
from democratic.thread.actions.leaving import (
    cut_private_ties,
    erase_bylines,
    erase_bylines_of,
    erase_photos,
)
from democratic.thread.actions.links import end_link, link
from democratic.thread.actions.marks import follow, recount, support, tag, unfollow, unsupport
from democratic.thread.actions.places import (
    CannotImport,
    Imported,
    erase_points,
    import_outline,
    keep_point,
    list_communes,
    move_point,
)
from democratic.thread.actions.records import (
    NewRecord,
    Words,
    bump_pages_of,
    open_record,
    refuse_if_withdrawn,
    reword_record,
    set_state,
    set_state_of_each,
    withdraw_by_authority,
    withdraw_own,
)
from democratic.thread.actions.roles import end_grant, give_role, open_authority, refuse_incompatible

__all__ = [
    "ALTERNATIVE_LIMIT",
    "CannotImport",
    "Fact",
    "Imported",
    "NewAttachment",
    "NewRecord",
    "Words",
    "append_entries",
    "append_entry",
    "attach_file",
    "bump_pages_of",
    "cut_private_ties",
    "detach_files",
    "detach_one",
    "end_grant",
    "end_link",
    "erase_bylines",
    "erase_bylines_of",
    "erase_files",
    "erase_marks",
    "erase_photos",
    "erase_points",
    "erase_words",
    "follow",
    "give_role",
    "import_outline",
    "keep_point",
    "link",
    "list_communes",
    "move_point",
    "open_authority",
    "open_record",
    "part_with_author",
    "post_comment",
    "recount",
    "refuse_if_withdrawn",
    "refuse_incompatible",
    "reword_record",
    "said_by",
    "set_state",
    "set_state_of_each",
    "support",
    "tag",
    "unfollow",
    "unsupport",
    "withdraw_by_authority",
    "withdraw_own",
]
