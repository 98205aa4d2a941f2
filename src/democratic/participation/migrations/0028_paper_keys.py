import hashlib
import hmac

from django.conf import settings
from django.db import migrations, models

ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"


def key_as_it_was(sheet) -> str:
    """What stands on stubs that were printed before: made from a key of ours, and it must still open."""
    left = int.from_bytes(
        hmac.digest(settings.SECRET_KEY.encode(), b"paper-key\x1f" + sheet.pk.bytes, hashlib.sha256)
    )
    signs = ""
    for _sign in range(15):
        left, rest = divmod(left, len(ALPHABET))
        signs += ALPHABET[rest]
    return "-".join(signs[at : at + 5] for at in range(0, 15, 5))


def keep_prints(apps, schema_editor):
    """Of keys that were given out; their runs are taken as drawn, so that nobody draws others over them."""
    sheet, run = apps.get_model("participation", "PaperSheet"), apps.get_model("participation", "PrintRun")
    for each in sheet.objects.filter(spent_at=None).iterator():
        said = f"claim\x1f{key_as_it_was(each)}".encode()
        each.key_hash = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
        each.save(update_fields=["key_hash"])
    run.objects.update(keys_drawn_at=models.F("printed_at"))
    # Checked now: the tables are altered again below, or by the next migration.
    schema_editor.execute("set constraints all immediate")


class Migration(migrations.Migration):
    """The keys of stubs are drawn once and kept as prints: nobody prints them again."""

    dependencies = [("participation", "0027_given_words")]

    operations = [
        migrations.AddField(
            "papersheet", "key_hash", models.CharField(blank=True, db_default="", default="", max_length=64)
        ),
        migrations.AddField("printrun", "keys_drawn_at", models.DateTimeField(null=True)),
        migrations.RunPython(keep_prints, migrations.RunPython.noop),
    ]
