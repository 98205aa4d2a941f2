from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.personal_data import NoPersonalData
from democratic.kernel.rows import Row
from democratic.participation.mandates.models import Mandate
from democratic.thread.models import Authority, Record


class Step(models.TextChoices):
    """The seven steps of the timeline, in order."""

    ORDER = "order", _("Commande")
    LISTENING = "listening", _("Écoute")
    ANALYSIS = "analysis", _("Analyse")
    ANSWER = "answer", _("Réponse")
    DECISION = "decision", _("Décision")
    ACTION = "action", _("Action")
    REPORT = "report", _("Bilan")


class Process(models.Model):
    """A *concertation*: a row of dated stages that carries a mandate to its report."""

    personal_data = NoPersonalData("about an authority")

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.PROTECT, related_name="as_process"
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="processes")
    slug = models.SlugField(max_length=80)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="processes")
    template = models.CharField(max_length=40)
    uses_tu = models.BooleanField(default=False)
    # What someone says here for the first time is read before it is published.
    holds_first_words = models.BooleanField(default=False, db_default=False)
    # The promise: four answers owed before anyone is asked anything.
    asks = models.TextField()
    use_of_input = models.TextField()
    not_negotiable = models.TextField()
    # « En clair »: the same in 120 short words, for who reads with difficulty or in a hurry.
    in_clear = models.TextField(blank=True, db_default="")
    # A second person reads each answer again before its signature.
    asks_approval = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "slug"], name="one_process_per_slug")]


class LegalBasis(models.TextChoices):
    """Why the authority may treat people's words: GDPR, article 6.1."""

    PUBLIC_TASK = "public_task", _("Mission d’intérêt public (RGPD, art. 6.1.e)")
    LEGAL_DUTY = "legal_duty", _("Obligation légale (RGPD, art. 6.1.c)")
    CONSENT = "consent", _("Consentement (RGPD, art. 6.1.a)")


class Assessment(models.TextChoices):
    """The data protection impact assessment (GDPR, article 35; *AIPD* in French)."""

    NOT_NEEDED = "not_needed", _("Non nécessaire, pour la raison ci-dessous")
    DONE = "done", _("Faite")
    TO_DO = "to_do", _("À faire")


class Preparation(models.Model):
    """What is settled before a process is published, and asked again by no public page."""

    personal_data = NoPersonalData("about an authority")

    process = models.OneToOneField(
        Process, primary_key=True, on_delete=models.CASCADE, related_name="preparation"
    )
    expected_voices = models.PositiveIntegerField(null=True)
    legal_basis = models.CharField(max_length=12, choices=LegalBasis, blank=True)
    kept_months = models.PositiveSmallIntegerField(null=True)
    assessment = models.CharField(max_length=12, choices=Assessment, blank=True)
    assessment_reason = models.TextField(blank=True)
    # Who else handles what people say, one a line; « aucun » when nobody does.
    processors = models.TextField(blank=True)
    # What signs the preview's links: another key, and those given before open nothing.
    preview_key = models.CharField(max_length=24)
    publishes_at = models.DateTimeField(null=True)
    # What blocked the publication when its hour came: it waits for an agent.
    held_back = models.TextField(blank=True)
    # Since when someone waits for its links and documents to be looked at; the worker empties it.
    look_asked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["look_asked_at"],
                condition=models.Q(look_asked_at__isnull=False),
                name="preparations_to_look_at",
            ),
            models.Index(
                fields=["publishes_at"],
                condition=models.Q(publishes_at__isnull=False),
                name="preparations_scheduled",
            ),
        ]


class LinkFound(models.TextChoices):
    """What came of following a link. None blocks: a site that refuses robots is not a broken link."""

    ANSWERS = "answers", _("répond")
    MISSING = "missing", _("introuvable")
    SILENT = "silent", _("sans réponse")
    TO_CHECK = "to_check", _("à vérifier")
    NOT_FOLLOWED = "not_followed", _("non vérifié")


class FollowedLink(Row):
    """A link of a draft to another site, and what was found there. It goes with the draft."""

    personal_data = NoPersonalData("about an authority")

    process = models.ForeignKey(
        Process, on_delete=models.CASCADE, related_name="followed_links", db_index=False
    )
    url = models.CharField(max_length=600)
    found = models.CharField(max_length=12, choices=LinkFound)
    # Of HTTP; 0 when nobody answered.
    status = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "url"], name="a_link_is_followed_once")]


class Stage(Row):
    """A dated stage. It opens and closes by the clock; what it planned first is never overwritten."""

    personal_data = NoPersonalData("about an authority")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="stages")
    step = models.CharField(max_length=10, choices=Step)
    rank = models.SmallIntegerField()
    first_opens_on = models.DateField()
    first_closes_on = models.DateField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    done_on = models.DateField(null=True)
    late_reason = models.CharField(max_length=300, blank=True)
    allows = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "step"], name="one_stage_per_step"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="stage_closes_after_it_opens"
            ),
        ]
