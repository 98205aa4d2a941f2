import django.db.models.deletion
from django.db import migrations, models

# Until here an installation had one authority that writes, or the fact told says whose it is.
FILL = """
update messaging_outgoingmessage m set authority_id = coalesce(
  (select e.authority_id from thread_entry e where e.id = m.entry_id),
  (select a.id from thread_authority a order by a.id limit 1))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0003_remove_outgoingmessage_one_message_per_purpose_and_more"),
        ("thread", "0005_doors_and_colours"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmessage",
            name="authority",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="thread.authority"
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="outgoingmessage",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="thread.authority"
            ),
        ),
    ]
