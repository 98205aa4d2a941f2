"""What belongs to an authority, table by table. A test wants every table of ours to be here, or to be said left out."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, Q, QuerySet

from democratic.participation.polls.models import Shows
from democratic.thread.models import Authority, Visibility

AUTHORITY = "authority"
PUBLIC = Visibility.PUBLIC.value
NOT_YET = (Visibility.DRAFT.value, Visibility.HELD.value)


@dataclass(frozen=True, slots=True)
class Table:
    """``of`` leads from a row to its authority. In an export without private data, rows that ``is_private`` stay
    behind, those in ``left`` too, and ``blank`` columns are emptied: always, or where the record is not shown.
    Rows that are ``sealed`` stay behind in any export: nobody may read them yet. ``dropped`` columns lead to what
    stays: they are emptied in any export.
    """

    label: str
    of: str
    is_private: bool = False
    left: Q | None = None
    sealed: Q | None = None
    blank: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    blank_unless_shown: tuple[str, ...] = ()
    shown_by: str = "record"

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def fields(self) -> "list[Field[Any, Any]]":
        """Without those that the database makes of the others."""
        kept = self.model._meta.concrete_fields  # noqa: SLF001 -- Django's public name for it
        return [field for field in kept if not field.generated]

    @property
    def all_rows(self) -> QuerySet[Model]:
        return self.model._base_manager.all()  # noqa: SLF001 -- as above

    def rows(self, authority: Authority) -> QuerySet[Model]:
        mine = self.all_rows.filter(**{self.of: authority.pk}).order_by("pk").distinct()
        return mine.exclude(self.sealed) if self.sealed is not None else mine


def value_field(field: "Field[Any, Any]") -> "Field[Any, Any]":
    """Of a reference, the field that it refers to."""
    return field.target_field if isinstance(field, ForeignKey) else field


def _of_record(label: str, **more: Any) -> Table:
    """A row beside a Record; one of a draft is nobody's business yet."""
    return Table(label, "record__authority", left=Q(record__visibility__in=NOT_YET), **more)


# Answers to a question whose totals are told at its closing, which has not come.
_SEALED = Q(poll__closed_at=None, poll__shows=Shows.CLOSED)
_UNTOLD = Q(sounding__closed_at=None, sounding__is_hidden=True)
_PUBLIC_OPENING = Q(entry__record=None) | Q(
    entry__record__visibility=PUBLIC, entry__record__audience__is_public=True
)

# Persons of one authority: who spoke, supports, follows, works or is named there.
PERSONS = (
    "records__authority", "supports__record__authority", "follows__record__authority", "grants__authority",
    "audience_memberships__audience__authority", "titular_of__authority", "deputy_of__authority",
    "offices__authority", "external_references__record__authority", "memberships__organisation__authority",
    "mandates_to_speak__organisation__authority", "seats__observatory__authority",
    "poll_answers__poll__record__authority",
    "street_teams__session__record__authority",
    "opposition_seats__group__authority", "conversations__authority", "conversations_in_hand__authority",
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    Table("thread.Authority", "pk"),
    Table("thread.Audience", "authority"),
    Table("people.Person", "", is_private=True),
    Table("people.Account", "", is_private=True),
    Table("people.ContactAddress", "", is_private=True),
    Table("people.Consent", "", is_private=True),
    Table("communities.Service", "authority", blank=("titular_id", "deputy_id")),
    Table("communities.Official", "authority", blank=("person_id",)),
    Table("communities.Controller", "authority"),
    Table("kernel.StoredFile", "attachments__record__authority"),
    Table(
        "thread.Record", "authority", left=Q(visibility__in=NOT_YET), blank=("author_id",),
        blank_unless_shown=("byline",), shown_by="",
    ),
    _of_record("thread.Wording", blank_unless_shown=("title", "text")),
    Table("thread.Tag", "authority"),
    _of_record("thread.TagOnRecord"),
    _of_record("thread.ExternalReference"),
    _of_record("thread.ImportedTally"),
    _of_record("thread.Withdrawal"),
    _of_record("thread.Attachment"),
    Table("thread.Place", "authority"),
    Table("thread.Outline", "authority"),
    Table("participation.CensusCount", "authority"),
    Table("thread.RecordPoint", "record__authority", left=~Q(record__visibility=PUBLIC)),
    Table("communities.Organisation", "authority"),
    Table("communities.Membership", "organisation__authority", is_private=True),
    Table(
        "communities.SpeakingMandate", "organisation__authority", left=Q(since=None), blank=("person_id",)
    ),
    Table("communities.House", "organisation__authority"),
    Table("communities.HouseMember", "house__organisation__authority", is_private=True),
    Table("communities.Facilitator", "house__organisation__authority", blank=("person_id",)),
    # Of drafts that do not leave; the charter or opinion that was adopted takes its own along.
    Table("communities.Adoption", "house__organisation__authority", left=Q(counted_on=None)),
    Table("communities.AdoptionVoice", "adoption__house__organisation__authority", is_private=True),
    Table("communities.Charter", "house__organisation__authority", left=Q(since=None)),
    Table("communities.CharterArticle", "charter__house__organisation__authority", left=Q(charter__since=None)),
    Table("communities.RightStep", "charter__house__organisation__authority", left=Q(charter__since=None)),
    Table("communities.RoleDraw", "house__organisation__authority"),
    Table("communities.DrawNumber", "draw__house__organisation__authority", is_private=True),
    Table("communities.RoleTerm", "house__organisation__authority", is_private=True),
    Table("communities.Skill", "member__house__organisation__authority", is_private=True),
    Table("communities.SkillWord", "skill__member__house__organisation__authority", is_private=True),
    Table("communities.OppositionGroup", "authority"),
    Table("communities.OppositionMember", "group__authority", is_private=True),
    _of_record("communities.Publication"),
    Table("communities.PageAddress", "authority", left=Q(page__record__visibility__in=NOT_YET)),
    Table("communities.Revision", "wording__record__authority", left=Q(wording__record__visibility__in=NOT_YET)),
    Table("communities.FileTakenOff", "publication__authority", left=Q(publication__record__visibility__in=NOT_YET)),
    Table("communities.MenuEntry", "authority"),
    Table("communities.HomeBlock", "authority"),
    Table("communities.ElectionReserve", "authority"),
    Table("communities.ReserveException", "reserve__authority"),
    Table("communities.AccessibilityDeclaration", "authority"),
    _of_record("thread.Comment"),
    Table("thread.AudienceMember", "audience__authority", is_private=True),
    Table("thread.Grant", "authority", is_private=True),
    Table("thread.Follow", "record__authority", is_private=True),
    Table("thread.Entry", "authority", left=Q(record__visibility__in=NOT_YET)),
    Table("thread.Opening", "entry__authority", left=~_PUBLIC_OPENING),
    Table("thread.Link", "source__authority", left=Q(source__visibility__in=NOT_YET) | Q(target__visibility__in=NOT_YET)),
    _of_record("participation.Mandate"),
    _of_record("participation.Process"),
    Table("participation.Stage", "process__authority"),
    _of_record("participation.Theme"),
    _of_record("participation.Idea", blank=("age_band",)),
    _of_record("participation.Debate"),
    _of_record("participation.Meeting"),
    Table("participation.MeetingTeamMember", "meeting__record__authority", is_private=True),
    Table("participation.Briefing", "meeting__record__authority", left=Q(meeting__record__visibility__in=NOT_YET)),
    Table("participation.AgendaItem", "meeting__record__authority", left=Q(meeting__record__visibility__in=NOT_YET)),
    Table("participation.Attendance", "meeting__record__authority", is_private=True),
    Table("participation.SpeakingTurn", "meeting__record__authority", is_private=True),
    _of_record("participation.Sounding"),
    Table("participation.SoundingOption", "sounding__record__authority", left=Q(sounding__record__visibility__in=NOT_YET)),
    Table("participation.SoundingVoice", "sounding__record__authority", sealed=_UNTOLD, blank=("person_id", "given_at")),
    Table(
        "participation.SoundingCount", "sounding__record__authority", sealed=_UNTOLD,
        blank=("entered_by_id", "verified_by_id"),
    ),
    _of_record("participation.WallQuestion"),
    Table("participation.AnsweredMark", "question__record__authority", is_private=True),
    Table(
        "participation.SpokenAnswer", "question__record__authority",
        left=Q(question__record__visibility__in=NOT_YET) | Q(state="drafted"),
    ),
    Table("participation.HouseTopic", "house__organisation__authority", is_private=True),
    Table("participation.AgendaPoint", "house__organisation__authority", is_private=True),
    Table("participation.PointSupport", "point__house__organisation__authority", is_private=True),
    _of_record("participation.Opinion"),
    Table("participation.OpinionPoint", "opinion__record__authority", left=Q(opinion__record__visibility__in=NOT_YET)),
    Table("participation.MinorityView", "opinion__record__authority", left=Q(opinion__record__visibility__in=NOT_YET)),
    Table("participation.MinorityVoice", "view__opinion__record__authority", is_private=True),
    _of_record("participation.Referral"),
    Table("participation.ReferralPoint", "referral__record__authority", left=Q(referral__answered_on=None)),
    Table("participation.ReferralRating", "referral__record__authority", is_private=True),
    Table("participation.HandOver", "house__organisation__authority", is_private=True),
    Table("participation.Minutes", "meeting__record__authority", left=Q(state="draft")),
    Table("participation.MinutesBlock", "minutes__meeting__record__authority", left=Q(minutes__state="draft")),
    Table("participation.Amendment", "minutes__meeting__record__authority", is_private=True),
    Table("participation.Recording", "meeting__record__authority"),
    Table("participation.CaptionLine", "meeting__record__authority"),
    _of_record("participation.Answer", blank=("approved_by_id",)),
    Table("participation.AnswerHand", "answer__process__authority", is_private=True),
    Table("participation.AnswerAssignment", "subject__authority", is_private=True),
    _of_record("participation.Decision"),
    _of_record("participation.Commitment"),
    _of_record("participation.Action"),
    _of_record("participation.Evidence"),
    Table("observatory.Observatory", "authority"),
    Table("observatory.Closing", "observatory__authority"),
    Table(
        "observatory.Seat", "observatory__authority", left=Q(since=None),
        blank=("person_id", "offered_by_id"),
    ),
    Table("observatory.Hearing", "observatory__authority"),
    Table("observatory.Correction", "hearing__observatory__authority"),
    Table("observatory.Verdict", "observatory__authority"),
    Table("observatory.Dissenter", "verdict__observatory__authority"),
    Table("observatory.Reply", "verdict__observatory__authority"),
    Table("stewardship.Ruling", "record__authority", blank=("ruled_by_id", "ruled_first_by_id")),
    _of_record("participation.Obligation"),
    Table(
        "participation.Postponement", "obligation__record__authority",
        left=Q(obligation__record__visibility__in=NOT_YET),
    ),
    _of_record("participation.Poll", dropped=("drifting_since",)),
    Table("participation.PollOption", "poll__record__authority", left=Q(poll__record__visibility__in=NOT_YET)),
    Table(
        "participation.PollAnswer", "poll__record__authority", sealed=_SEALED,
        blank=("person_id", "answered_at", "is_verified"),
    ),
    Table(
        "participation.PollTally", "poll__record__authority", sealed=_SEALED,
        blank=("entered_by_id", "verified_by_id"),
    ),
    _of_record("participation.StreetSession", blank=("missing", "notes")),
    Table("participation.StreetTeamMember", "session__record__authority", is_private=True),
    Table(
        "thread.Support", "record__authority", left=Q(record__visibility__in=NOT_YET), blank=("is_verified",),
    ),
    Table("participation.UpdateRhythm", "authority"),
    Table("participation.UpdateRequest", "service__authority"),
    Table("participation.ReplyTemplate", "authority", is_private=True),
    Table("participation.InboxTag", "authority", is_private=True),
    Table("participation.Conversation", "authority", is_private=True, dropped=("correspondent_id",)),
    Table("participation.Conversation_tags", "conversation__authority", is_private=True),
    Table("participation.InboxMessage", "conversation__authority", is_private=True, dropped=("outgoing_id",)),
    Table("participation.Flow", "process__authority", is_private=True),
    Table("participation.FlowRevision", "flow__process__authority", is_private=True),
    Table("participation.FlowCode", "authority", is_private=True),
    Table("participation.FlowOpening", "code__authority", is_private=True),
    Table(
        "participation.FlowRun", "revision__flow__process__authority", is_private=True,
        dropped=("correspondent_id",),
    ),
    Table("participation.FlowAnswer", "run__revision__flow__process__authority", is_private=True),
    Table("participation.Campaign", "process__authority", is_private=True),
    Table("participation.CampaignPublic", "campaign__process__authority", is_private=True),
    Table("participation.CampaignCode", "public__campaign__process__authority", is_private=True),
    Table("participation.CampaignStep", "campaign__process__authority", is_private=True),
    Table("participation.AddressList", "campaign__process__authority", is_private=True),
    Table(
        "participation.ListWave", "address_list__campaign__process__authority", is_private=True,
        dropped=("template_id",),
    ),
)  # fmt: skip
