"""Evidence given before attachments were: its file and its words are shown by its Record, both ways."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from courses import shown, whole_course
from democratic.kernel.models import StoredFile
from democratic.thread.actions import NewAttachment
from democratic.thread.models import Attachment

BEFORE = ("participation", "0002_no_inadmissible_reason")


def migrate(*targets):
    """To these, or to the last of every app: what stood on what was undone comes back with it."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets) or executor.loader.graph.leaf_nodes())


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
        migrate()
    moved = Attachment.objects.get()
    assert (moved.record_id, moved.file_id, moved.alternative) == (evidence.pk, file.pk, "Un bus.")
