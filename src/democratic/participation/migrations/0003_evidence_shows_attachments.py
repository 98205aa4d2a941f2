from django.db import migrations


def show_as_attachments(apps, schema_editor):
    evidence, attachment = apps.get_model("participation", "Evidence"), apps.get_model("thread", "Attachment")
    for each in evidence.objects.exclude(file=None).iterator():
        attachment.objects.create(record_id=each.record_id, file_id=each.file_id, alternative=each.file_alt)
    # Checked now: the columns that are dropped below refer to the same rows.
    schema_editor.execute("set constraints all immediate")


def show_as_files(apps, schema_editor):
    evidence, attachment = apps.get_model("participation", "Evidence"), apps.get_model("thread", "Attachment")
    shown = attachment.objects.filter(position=0, record__kind="evidence")
    for each in shown.iterator():
        evidence.objects.filter(record=each.record_id).update(file=each.file_id, file_alt=each.alternative)
    shown.delete()
    schema_editor.execute("set constraints all immediate")


class Migration(migrations.Migration):
    """What evidence shows is an Attachment of its Record, as with any other Record."""

    dependencies = [
        ("kernel", "0004_files_made_safe"),
        ("thread", "0007_attachments"),
        ("participation", "0002_no_inadmissible_reason"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="evidence", name="evidence_shows_something"),
        migrations.RunPython(show_as_attachments, show_as_files),
        migrations.RemoveField(model_name="evidence", name="file"),
        migrations.RemoveField(model_name="evidence", name="file_alt"),
    ]
