"""Evidence given before attachments were: its file and its words are shown by its Record, both ways."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from courses import shown, whole_course
from democratic.kernel.models import StoredFile
from democratic.thread.actions import NewAttachment
from democratic.thread.models import Attachment

BEFORE, NOW = (
    ("participation", "0002_no_inadmissible_reason"),
    ("participation", "0003_evidence_shows_attachments"),
)


def migrate(to):
    MigrationExecutor(connection).migrate([to])


def test_files_of_evidence_become_attachments_and_can_go_back(live_territory):
    course = whole_course(live_territory)
    file = StoredFile.objects.create(sha256="a" * 64, size=1, content_type="image/png")
    evidence = shown(course.commitments[0].record, url="", file=NewAttachment(file, "Un bus."))
    try:
        migrate(BEFORE)
        with connection.cursor() as cursor:
            cursor.execute("select file_id, file_alt from participation_evidence where url = ''")
            assert cursor.fetchall() == [("a" * 64, "Un bus.")]
        assert not Attachment.objects.exists()
    finally:
        migrate(NOW)
    moved = Attachment.objects.get()
    assert (moved.record_id, moved.file_id, moved.alternative) == (evidence.pk, file.pk, "Un bus.")
