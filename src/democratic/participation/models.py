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
from democratic.participation.houses.models import (
    AgendaPoint,
    HandOver,
    HouseTopic,
    MinorityView,
    MinorityVoice,
    Opinion,
    OpinionPoint,
    PointSupport,
    Referral,
    ReferralPoint,
    ReferralRating,
)
from democratic.participation.ideas.models import Idea
from democratic.participation.inbox.models import Conversation, InboxMessage, InboxTag, ReplyTemplate
from democratic.participation.mandates.models import Mandate
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Attendance, Registration
from democratic.participation.meetings.floor.models import FloorOverride, SpeakingTurn
from democratic.participation.meetings.live.models import LiveEvent, LiveTouch
from democratic.participation.meetings.minutes.models import (
    Amendment,
    CaptionLine,
    Minutes,
    MinutesBlock,
    Recording,
)
from democratic.participation.meetings.models import Briefing, Meeting, MeetingTeamMember
from democratic.participation.meetings.soundings.models import (
    Sounding,
    SoundingCount,
    SoundingOption,
    SoundingVoice,
)
from democratic.participation.meetings.wall.models import (
    AnsweredMark,
    SpokenAnswer,
    SuggestedFact,
    WallQuestion,
)
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
    "AgendaItem",
    "AgendaPoint",
    "Amendment",
    "Answer",
    "AnswerAssignment",
    "AnswerHand",
    "AnswerSheet",
    "AnsweredMark",
    "ApprovalRequest",
    "Attendance",
    "Briefing",
    "Campaign",
    "CampaignCode",
    "CampaignPublic",
    "CampaignStep",
    "CaptionLine",
    "CensusCount",
    "ClassSession",
    "Commitment",
    "Conversation",
    "Debate",
    "Decision",
    "Evidence",
    "FieldDevice",
    "FloorOverride",
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
    "HandOver",
    "HouseTopic",
    "Idea",
    "InboxMessage",
    "InboxTag",
    "ListWave",
    "ListedAddress",
    "LiveEvent",
    "LiveTouch",
    "Mandate",
    "Meeting",
    "MeetingTeamMember",
    "MinorityView",
    "MinorityVoice",
    "Minutes",
    "MinutesBlock",
    "Obligation",
    "Opinion",
    "OpinionPoint",
    "PaperBatch",
    "PaperRow",
    "PaperSheet",
    "PointSupport",
    "Poll",
    "PollAnswer",
    "PollOption",
    "PollTally",
    "Postponement",
    "PrintRun",
    "Process",
    "Recording",
    "Referral",
    "ReferralPoint",
    "ReferralRating",
    "Registration",
    "ReplyTemplate",
    "ReservedCode",
    "ScanContent",
    "ScanFile",
    "ScanPage",
    "ScanPicture",
    "SheetContent",
    "SheetRow",
    "Sounding",
    "SoundingCount",
    "SoundingOption",
    "SoundingVoice",
    "SpeakingTurn",
    "SpokenAnswer",
    "Stage",
    "StreetCapture",
    "StreetFile",
    "StreetSession",
    "StreetTeamMember",
    "SuggestedFact",
    "SuggestedVoice",
    "SuggestionRun",
    "Theme",
    "ThemeSuggestion",
    "UpdateLink",
    "UpdateRequest",
    "UpdateRhythm",
    "WallQuestion",
]
