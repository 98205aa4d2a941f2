from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import CLAIM_KEY, FUNCTION, SPEECH
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.kernel.spoken import Spoken
from democratic.people.models import Person
from democratic.thread.models.audience import Audience, Authority


class Kind(models.TextChoices):
    MANDATE = "mandate", _("Commande politique")
    PROCESS = "process", _("Concertation")
    IDEA = "idea", _("Idée")
    DEBATE = "debate", _("Débat")
    COMMENT = "comment", _("Commentaire")
    MEETING = "meeting", _("Rencontre")
    THEME = "theme", _("Sujet")
    ANSWER = "answer", _("Réponse")
    DECISION = "decision", _("Décision")
    COMMITMENT = "commitment", _("Engagement")
    ACTION = "action", _("Action")
    EVIDENCE = "evidence", _("Preuve")
    ORGANISATION = "organisation", _("Organisation")
    OBSERVATORY = "observatory", _("Observatoire")
    HEARING = "hearing", _("Audition")
    VERDICT = "verdict", _("Avis de l’observatoire")
    POLL = "poll", _("Question")
    RULING = "ruling", _("Décision de modération")
    PAGE = "page", _("Page")
    NEWS = "news", _("Actualité")
    COLUMN = "column", _("Tribune")
    STREET_SESSION = "street", _("Rendez-vous de rue")
    WALL_QUESTION = "wall", _("Question à une rencontre")
    SOUNDING = "sounding", _("Vote en rencontre")
    OPINION = "opinion", _("Avis d’un conseil")
    REFERRAL = "referral", _("Saisine")


class Origin(models.TextChoices):
    WEB = "web", _("sur le web")
    STREET = "street", _("dans la rue")
    PAPER = "paper", _("sur papier")
    PHONE = "phone", _("par téléphone")
    ROOM = "room", _("en salle")
    REMOTE = "remote", _("à distance")
    LATER = "later", _("en différé")
    CHAT = "chat", _("par messagerie")
    SMS = "sms", _("par SMS")
    EMAIL = "email", _("par e-mail")
    API = "api", _("par une application")
    IMPORT = "import", _("par import")


class Visibility(models.TextChoices):
    """Whether a Record is shown; apart from ``state``, which is the life of what it is about."""

    DRAFT = "draft", _("Brouillon")
    HELD = "held", _("En attente de relecture")
    PUBLIC = "public", _("Publié")
    HIDDEN = "hidden", _("Masqué par la modération")
    WITHDRAWN = "withdrawn", _("Retiré par son auteur")


class Record(Row):
    """Everything public is a Record. Its identity; words, search and counts live beside it."""

    personal_data = PersonalData(SPEECH, of=("author",))

    code = models.CharField(max_length=8, unique=True)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="records")
    process = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="inside")
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=20, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="records")
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="records")
    # Who is shown as having said it: a first name and an age, a function, or nothing.
    byline = models.CharField(max_length=120, blank=True)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.WEB)
    place = models.CharField(max_length=80, blank=True)
    theme = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="grouped")
    wording = models.ForeignKey("thread.Wording", null=True, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            # Facets of a process are counted from this index alone.
            models.Index(
                fields=["process", "kind", "visibility", "audience", "theme", "origin", "state", "place"],
                name="record_facets",
            ),
            models.Index(fields=["process", "kind", "-happened_at", "-id"], name="record_newest"),
            models.Index(fields=["authority", "kind", "-happened_at"], name="record_of_authority"),
            models.Index(fields=["author"], name="record_author"),
            # What waits to be grouped: counted and read from this index alone, however much was grouped before.
            models.Index(
                fields=["process", "happened_at", "id"],
                include=["state"],
                condition=models.Q(kind="idea", visibility="public", theme=None),
                name="record_to_group",
            ),
        ]

    @property
    def title(self) -> str:
        """The title as it stands; empty when its words were erased, or never had one."""
        return self.wording.title if self.wording else ""

    @property
    def text(self) -> str:
        return self.wording.text if self.wording else ""

    def spoken(self, text: str) -> str:
        """A text that goes with the words (a reason, an account): it was written in their language."""
        return Spoken(text, self.wording.language) if self.wording else text


class Wording(Row):
    """One immutable version of a Record's words, in one language."""

    personal_data = PersonalData(SPEECH, of=("record__author",))

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="wordings")
    version = models.IntegerField()
    language = models.CharField(max_length=8, default="fr")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "language", "version"], name="one_wording_per_version")
        ]

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Self:
        """What was read knows its language, wherever it goes from here: see ``kernel.spoken``."""
        wording = super().from_db(db, field_names, values, **more)
        if {"title", "text", "language"}.issubset(field_names):
            wording.title = Spoken(wording.title, wording.language)
            wording.text = Spoken(wording.text, wording.language)
        return wording


class ClaimSecret(models.Model):
    """What lets the author of a guest's Record claim, edit or withdraw it: hashed, one use."""

    personal_data = PersonalData(CLAIM_KEY, of=("record__author",), hidden=("secret_hash",))

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.CASCADE, related_name="claim_secret"
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)


class Withdrawal(models.Model):
    """A *retrait* by the authority: the Record stays, under a permanent line with reason and author."""

    personal_data = PersonalData(FUNCTION, unlinked="a function, not a person")

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.TextField()
    function = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField()

    @property
    def why(self) -> str:
        """The reason, in the language of what was withdrawn."""
        return self.record.spoken(self.reason)
