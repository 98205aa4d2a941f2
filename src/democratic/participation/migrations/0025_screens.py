from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0024_held_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='flowcode',
            name='screens_epoch',
            field=models.IntegerField(db_default=0, default=0),
        ),
    ]
