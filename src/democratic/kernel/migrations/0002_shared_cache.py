"""The cache that all workers share: sign-in codes and their limits must not live in one process."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            create table kernel_cache (
              cache_key varchar(255) primary key, value text not null, expires timestamptz not null);
            create index kernel_cache_expires on kernel_cache (expires);
            """,
            "drop table kernel_cache;",
        )
    ]
