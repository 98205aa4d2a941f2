from django.db import migrations, models


class Migration(migrations.Migration):
    """What a wall is ordered by, beside each of its questions. The next migration counts those that are there."""

    dependencies = [("participation", "0032_houses")]

    operations = [
        migrations.AddField(
            "wallquestion", name, models.PositiveIntegerField(db_default=0, default=0)
        )
        for name in ("supports", "merged")
    ]
