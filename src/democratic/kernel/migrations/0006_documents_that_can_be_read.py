from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0005_erasures_and_switches'),
    ]

    operations = [
        migrations.AddField(
            model_name='storedfile',
            name='lacks',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
    ]
