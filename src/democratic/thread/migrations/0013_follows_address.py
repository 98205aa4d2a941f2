import democratic.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_joint_agreements"),
        ("thread", "0012_search_by_era"),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowsAddress",
            fields=[
                ("id", models.UUIDField(default=democratic.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("made_on", models.DateField()),
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="follows_address", to="people.person")),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
