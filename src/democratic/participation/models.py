"""One app, many packages: Django finds here the models that each applet keeps in its own room."""

from democratic.participation.answers.models import Answer, Theme
from democratic.participation.classes.models import ClassSession
from democratic.participation.commitments.models import Action, Commitment, Decision, Evidence
from democratic.participation.debates.models import Debate
from democratic.participation.ideas.models import Idea
from democratic.participation.inbox.models import Conversation, InboxMessage, InboxTag
from democratic.participation.mandates.models import Mandate
from democratic.participation.meetings.models import Meeting
from democratic.participation.obligations.models import Obligation, Postponement
from democratic.participation.processes.models import Process, Stage

__all__ = [
    "Action",
    "Answer",
    "ClassSession",
    "Commitment",
    "Conversation",
    "Debate",
    "Decision",
    "Evidence",
    "Idea",
    "InboxMessage",
    "InboxTag",
    "Mandate",
    "Meeting",
    "Obligation",
    "Postponement",
    "Process",
    "Stage",
    "Theme",
]
