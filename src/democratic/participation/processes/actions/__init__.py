from democratic.participation.processes.actions.copying import duplicate_process
from democratic.participation.processes.actions.drafting import (
    Draft,
    draft_process,
    renew_preview,
    throw_draft_away,
)
from democratic.participation.processes.actions.editing import (
    Privacy,
    edit_dates,
    edit_promise,
    edit_question,
    expect_voices,
    settle_privacy,
)
from democratic.participation.processes.actions.looking import ask_for_a_look, look_at_what_was_asked
from democratic.participation.processes.actions.moving import ask_approval, finish_stage, move_stage
from democratic.participation.processes.actions.promise import Dates, Promise, moments, planned_dates
from democratic.participation.processes.actions.publishing import (
    open_process,
    publish_process,
    schedule_publication,
    unschedule_publication,
)
from democratic.participation.processes.actions.ready import (
    NotReady,
    publish_what_is_due,
    publish_when_ready,
    schedule_when_ready,
)

__all__ = [
    "Dates",
    "Draft",
    "NotReady",
    "Privacy",
    "Promise",
    "ask_approval",
    "ask_for_a_look",
    "draft_process",
    "duplicate_process",
    "edit_dates",
    "edit_promise",
    "edit_question",
    "expect_voices",
    "finish_stage",
    "look_at_what_was_asked",
    "moments",
    "move_stage",
    "open_process",
    "planned_dates",
    "publish_process",
    "publish_what_is_due",
    "publish_when_ready",
    "renew_preview",
    "schedule_publication",
    "schedule_when_ready",
    "settle_privacy",
    "throw_draft_away",
    "unschedule_publication",
]
