"""One app, many packages: Django finds here the models that each applet keeps in its own room."""

from democratic.participation.answers.models import Answer, AnswerAssignment, AnswerHand, Theme
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.campaigns.lists.models import AddressList, ListedAddress, ListWave
from democratic.participation.campaigns.models import (
    Campaign,
    CampaignCode,
    CampaignPublic,
    CampaignStep,
    CensusCount,
)
from democratic.participation.classes.models import ClassSession
from democratic.participation.commitments.models import Action, Commitment, Decision, Evidence, GivenWord
from democratic.participation.conversations.models import (
    Flow,
    FlowAnswer,
    FlowCode,
    FlowFile,
    FlowInvitation,
    FlowOpening,
    FlowRevision,
    FlowRun,
)
from democratic.participation.debates.models import Debate
from democratic.participation.ideas.models import Idea
from democratic.participation.inbox.models import Conversation, InboxMessage, InboxTag, ReplyTemplate
from democratic.participation.mandates.models import Mandate
from democratic.participation.meetings.models import Meeting
from democratic.participation.obligations.models import Obligation, Postponement
from democratic.participation.paper.models import (
    PaperBatch,
    PaperRow,
    PaperSheet,
    PrintRun,
    ScanContent,
    ScanFile,
    ScanPage,
    ScanPicture,
)
from democratic.participation.polls.models import Poll, PollAnswer, PollOption, PollTally
from democratic.participation.processes.models import FollowedLink, Process, Stage
from democratic.participation.sheets.models import AnswerSheet, SheetContent, SheetRow
from democratic.participation.street.models import (
    FieldDevice,
    ReservedCode,
    StreetCapture,
    StreetFile,
    StreetSession,
    StreetTeamMember,
)
from democratic.participation.suggestions.models import SuggestedVoice, SuggestionRun, ThemeSuggestion
from democratic.participation.tracker.models import UpdateLink, UpdateRequest, UpdateRhythm

__all__ = [
    "Action",
    "AddressList",
    "Answer",
    "AnswerAssignment",
    "AnswerHand",
    "AnswerSheet",
    "ApprovalRequest",
    "Campaign",
    "CampaignCode",
    "CampaignPublic",
    "CampaignStep",
    "CensusCount",
    "ClassSession",
    "Commitment",
    "Conversation",
    "Debate",
    "Decision",
    "Evidence",
    "FieldDevice",
    "Flow",
    "FlowAnswer",
    "FlowCode",
    "FlowFile",
    "FlowInvitation",
    "FlowOpening",
    "FlowRevision",
    "FlowRun",
    "FollowedLink",
    "GivenWord",
    "Idea",
    "InboxMessage",
    "InboxTag",
    "ListWave",
    "ListedAddress",
    "Mandate",
    "Meeting",
    "Obligation",
    "PaperBatch",
    "PaperRow",
    "PaperSheet",
    "Poll",
    "PollAnswer",
    "PollOption",
    "PollTally",
    "Postponement",
    "PrintRun",
    "Process",
    "ReplyTemplate",
    "ReservedCode",
    "ScanContent",
    "ScanFile",
    "ScanPage",
    "ScanPicture",
    "SheetContent",
    "SheetRow",
    "Stage",
    "StreetCapture",
    "StreetFile",
    "StreetSession",
    "StreetTeamMember",
    "SuggestedVoice",
    "SuggestionRun",
    "Theme",
    "ThemeSuggestion",
    "UpdateLink",
    "UpdateRequest",
    "UpdateRhythm",
]
