from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("thread", "0009_places")]

    operations = [
        migrations.AddIndex(
            model_name="link",
            index=models.Index(condition=models.Q(kind="split_from"), fields=["source"], name="link_of_parts"),
        ),
    ]
