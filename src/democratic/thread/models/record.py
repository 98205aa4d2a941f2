from collections.abc import Collection
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import CLAIM_KEY, FUNCTION, IMPORTED, SPEECH
from democratic.kernel.personal_data import NoPersonalData, PersonalData
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


ERA = 8192  # rows
SHELF = Func(
    Cast("authority_id", models.TextField()),
    "era",
    function="hashtextextended",
    output_field=models.BigIntegerField(),
)


class RecordSearch(models.Model):
    """The vectors, apart: they are large, and rewritten with each wording.

    Beside them what a search filters and counts, as the Record says it: the database copies it (migration 0014),
    and a search of a thousand matches does not look up a thousand Records.
    """

    personal_data = PersonalData(SPEECH, of=("record__author",), hidden=("vector",))

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.CASCADE, related_name="search", db_index=False
    )
    vector = SearchVectorField()
    authority_id = models.UUIDField()
    process_id = models.UUIDField(null=True)
    audience_id = models.UUIDField()
    kind = models.CharField(max_length=12)
    origin = models.CharField(max_length=8)
    state = models.CharField(max_length=20, blank=True)
    visibility = models.CharField(max_length=10)
    # Rows in the order in which they came, so many an era: a search reads the newest eras, until it has enough.
    era = models.IntegerField(
        db_default=RawSQL(f"nextval('thread_recordsearch_rows') / {ERA}", ())  # noqa: S611 -- nobody's words
    )

    class Meta:
        # One number says whose and when: a search then meets two lists of the index, not three.
        indexes = [GinIndex(SHELF, "vector", name="record_search_shelf", fastupdate=False)]


class ClaimSecret(models.Model):
    """What lets the author of a guest's Record claim, edit or withdraw it: hashed, one use."""

    personal_data = PersonalData(CLAIM_KEY, of=("record__author",), hidden=("secret_hash",))

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.CASCADE, related_name="claim_secret"
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)


class ExternalReference(Row):
    """The identity of something imported: (host, type, id). Never matched by number alone."""

    personal_data = PersonalData(IMPORTED, of=("person", "record__author"))

    host = models.CharField(max_length=253)
    type = models.CharField(max_length=60)
    external_id = models.CharField(max_length=120)
    record = models.ForeignKey(
        Record, null=True, on_delete=models.CASCADE, related_name="external_references"
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.CASCADE, related_name="external_references"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["host", "type", "external_id"], name="one_external_identity"),
            models.CheckConstraint(
                condition=models.Q(record__isnull=True) ^ models.Q(person__isnull=True),
                name="external_reference_of_one_thing",
            ),
        ]


class ImportedTally(Row):
    """Votes that came without voters: a number with its source, never persons."""

    personal_data = NoPersonalData("counts that came without voters")

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="imported_tallies")
    name = models.CharField(max_length=40)
    source = models.CharField(max_length=253)
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "name", "source"], name="one_tally_per_source")
        ]


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
