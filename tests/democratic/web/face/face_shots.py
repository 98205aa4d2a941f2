"""``python …/face_shots.py FOLDER``: the gallery at three widths, light and dark, to look at."""

import os
import sys
from pathlib import Path

import django
from django.test.utils import override_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "democratic.config.settings")
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
THEMES = ("light", "dark")


def main(folder):
    from face_gallery import WIDTHS, browser, page, served, shoot  # noqa: PLC0415 - models need the set-up first

    folder.mkdir(parents=True, exist_ok=True)
    with override_settings(STORAGES=PLAIN):
        html = page()
    with served(html) as url, browser() as chromium:
        for theme in THEMES:
            for width in WIDTHS:
                tab = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
                tab.goto(url, wait_until="networkidle")
                shoot(tab, folder / f"gallery-{width}-{theme}")
                tab.close()


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
