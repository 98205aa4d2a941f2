from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0010_arriving'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmessage',
            name='claimed_at',
            field=models.DateTimeField(null=True),
        ),
    ]
