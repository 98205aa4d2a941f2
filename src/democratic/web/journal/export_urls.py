from django.urls import path

from democratic.web.journal import exports

urlpatterns = [
    path("entries.jsonl", exports.entries, name="export_entries"),
    path("openings.jsonl", exports.openings, name="export_openings"),
    path("heads.jsonl", exports.heads, name="export_heads"),
    path("key.json", exports.key, name="export_key"),
    path("README.txt", exports.readme, name="export_readme"),
]
