"""Forms that were printed, the piles that came back, and what each sheet of them says."""

from django.db import models
from django.db.models import F, Q

from democratic.kernel.data_classes import PAPER, ROLES
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.participation.paper.states import BatchState
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Process
from democratic.people.models import AgeBand, Person


class PrintRun(Row):
    """« 40 exemplaires »: one form, as it was when it was printed. ``code`` is in the code of each page.

    For a class, once for all its sheets: ``group``, its name or its school's; ``age``, and ``place``, a municipality as
    it was named then. Empty: not said of all.
    """

    personal_data = PersonalData(ROLES, of=("printed_by",))

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="print_runs")
    poll = models.ForeignKey(Poll, null=True, on_delete=models.PROTECT, related_name="print_runs")
    code = models.CharField(max_length=6, unique=True)
    copies = models.SmallIntegerField()
    layout = models.JSONField()  # civics.paper.layout.Layout.as_json()
    question = models.CharField(max_length=300, blank=True)
    options = models.JSONField(default=list)  # [[rank, words]]: what a tick meant when it was printed
    group = models.CharField(max_length=80, blank=True, default="", db_default="")
    age = models.CharField(max_length=10, choices=AgeBand, blank=True, default="", db_default="")
    place = models.CharField(max_length=80, blank=True, default="", db_default="")
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    keys_drawn_at = models.DateTimeField(null=True)  # first: see ``keys``


class PaperSheet(Row):
    """One page of a run. Its public code is kept for who filled it in: no Record takes it meanwhile: see ``HeldCode``."""

    personal_data = NoPersonalData("a number on a sheet, of which nobody knows who took it")

    run = models.ForeignKey(PrintRun, on_delete=models.PROTECT, related_name="sheets", db_index=False)
    serial = models.SmallIntegerField()
    code = models.CharField(max_length=8, unique=True)
    spent_at = models.DateTimeField(null=True)
    # The print of the key on its stub, until its contribution has it. Empty: none was drawn.
    key_hash = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "serial"], name="one_sheet_per_serial")]


class PaperBatch(Row):
    """A pile, with its number. ``poll``: the question that all its sheets answer, if any."""

    personal_data = PersonalData(ROLES, of=("entered_by", "verified_by"))

    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="paper_batches", db_index=False
    )
    poll = models.ForeignKey(Poll, null=True, on_delete=models.PROTECT, related_name="paper_batches")
    name = models.CharField(max_length=40)
    gathered_on = models.DateField()
    # Whether somebody else enters it again before anything counts: always, where a question is answered.
    is_checked = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.OPEN)
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_function = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    verified_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_function = models.CharField(max_length=200, blank=True)
    counted_at = models.DateTimeField(null=True)
    # What it held, once counted: {sheets, ideas, ticks, void, bodies: {yes, no, unsaid}, ages: {band: n},
    # met: [[band, place, n]]}.
    told = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "name"], name="one_paper_batch_per_name"),
            models.CheckConstraint(
                condition=Q(poll=None) | Q(is_checked=True), name="a_count_on_paper_is_checked"
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | Q(entered_by=None) | ~Q(verified_by=F("entered_by")),
                name="a_paper_batch_is_checked_by_another",
            ),
        ]
        indexes = [models.Index(fields=["process", "-opened_at"], name="paper_batch_of_process")]


class PaperRow(Row):
    """What one sheet says, by one hand. Empty cells are not said yet; its words go once it is counted."""

    personal_data = PersonalData(PAPER, unlinked="who filled in a sheet gave no address: no row names any")

    batch = models.ForeignKey(PaperBatch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    hand = models.SmallIntegerField()  # 1: the first entry; 2: the second
    number = models.SmallIntegerField()
    sheet = models.ForeignKey(PaperSheet, null=True, on_delete=models.PROTECT, related_name="rows")
    age = models.CharField(max_length=10, choices=AgeBand, blank=True)
    choice = models.SmallIntegerField(null=True)  # as it stands on the sheet, from 1; 0: none, or several
    body = models.CharField(max_length=6, blank=True)  # yes, no, unsaid
    consents = models.BooleanField(null=True)
    first_name = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    # Cells of which the program that read the scan is not sure: nothing stands in them until someone looks.
    asks = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "hand", "number"], name="one_paper_row_per_number"),
            models.UniqueConstraint(fields=["sheet", "hand"], name="a_paper_sheet_is_entered_once"),
            models.CheckConstraint(condition=Q(hand__in=(1, 2)), name="two_hands"),
            models.CheckConstraint(
                condition=Q(text="", first_name="") | ~Q(age__in=("", "unsaid", "under_15")),
                name="nothing_is_kept_of_what_a_child_wrote",
            ),
        ]


class ScanFile(Row):
    """What was sent to be read; its bytes go with its last page."""

    personal_data = NoPersonalData("a name of a file; what is in it is in its content, as its pages say")

    batch = models.ForeignKey(PaperBatch, on_delete=models.CASCADE, related_name="scans")
    name = models.CharField(max_length=120)
    received_at = models.DateTimeField()
    pages = models.SmallIntegerField(default=0)  # 0: not opened yet
    pages_read = models.SmallIntegerField(default=0)
    is_read = models.BooleanField(default=False)
    # Until then another worker leaves it alone: one that was killed lets it go by itself.
    held_until = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["received_at"], condition=Q(is_read=False), name="scan_at_work"),
        ]


class ScanContent(models.Model):
    """The bytes, apart from what is listed."""

    personal_data = PersonalData(PAPER, unlinked="as the rows that it fills in")

    file = models.OneToOneField(ScanFile, primary_key=True, on_delete=models.CASCADE, related_name="content")
    content = models.BinaryField()


class ScanPage(Row):
    """A page that was looked at: it filled in a row, or has a problem that somebody settles."""

    personal_data = NoPersonalData("the number of a page, and what was wrong with it")

    file = models.ForeignKey(ScanFile, on_delete=models.CASCADE, related_name="looked", db_index=False)
    number = models.SmallIntegerField()
    row = models.OneToOneField(PaperRow, null=True, on_delete=models.SET_NULL, related_name="page")
    problem = models.CharField(max_length=20, blank=True)
    is_settled = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="a_scan_page_is_read_once")]


class ScanPicture(Row):
    """What a person is shown of a page, drawn by us: "page" without its handwriting, "text", "name", and the boxes of
    each group of which the program is not sure.
    """

    personal_data = PersonalData(PAPER, unlinked="as the rows that it fills in")

    page = models.ForeignKey(ScanPage, on_delete=models.CASCADE, related_name="pictures", db_index=False)
    part = models.CharField(max_length=8)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "part"], name="one_picture_per_part")]
