"""Conversations led by a flow: the flow and its revisions, the codes that open it, and where each person stands in it."""

from democratic.participation.conversations.models.files import FlowFile
from democratic.participation.conversations.models.flows import Flow, FlowCode, FlowOpening, FlowRevision
from democratic.participation.conversations.models.invitations import FlowInvitation
from democratic.participation.conversations.models.runs import FlowAnswer, FlowRun

__all__ = [
    "Flow",
    "FlowAnswer",
    "FlowCode",
    "FlowFile",
    "FlowInvitation",
    "FlowOpening",
    "FlowRevision",
    "FlowRun",
]
