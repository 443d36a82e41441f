"""On PostgreSQL drafts leave no trace in its log, its backups of files or its replicas, and a crash empties them."""

from django.db import migrations


def unlog(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE drafts_draft SET UNLOGGED")


class Migration(migrations.Migration):
    dependencies = [("drafts", "0001_initial")]

    operations = [migrations.RunPython(unlog, migrations.RunPython.noop)]
