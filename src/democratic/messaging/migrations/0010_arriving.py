from django.db import migrations, models

from democratic.messaging.wiping import print_of_name

BATCH = 1000


def hash_names(apps, _editor):
    """Providers' names of what is done go; their prints still refuse what comes twice. At most thirty days of rows."""
    incoming = apps.get_model("messaging", "IncomingMessage")
    known = incoming.objects.order_by("pk").only("kind", "external_id", "state")
    last = None
    while rows := list((known.filter(pk__gt=last) if last else known)[:BATCH]):
        for row in rows:
            row.name = "" if row.state == "done" else row.external_id
            row.external_id = print_of_name(row.kind, row.external_id)
        incoming.objects.bulk_update(rows, ["name", "external_id"])
        last = rows[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0009_lists'),
    ]

    operations = [
        migrations.AddField(
            model_name='incomingmessage',
            name='name',
            field=models.CharField(blank=True, db_default='', default='', max_length=250),
        ),
        migrations.RunPython(hash_names, migrations.RunPython.noop),
    ]
