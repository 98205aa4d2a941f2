from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0028_paper_keys'),
    ]

    operations = [
        migrations.AddField(
            model_name='flowcode',
            name='screens_epoch',
            field=models.IntegerField(db_default=0, default=0),
        ),
    ]
