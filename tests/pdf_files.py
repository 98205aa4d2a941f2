"""A PDF as tests read it: its objects inflated, without a library; its words and its look by poppler."""

import re
import shutil
import subprocess
import zlib
from io import BytesIO

import pytest
from PIL import Image

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="apt install poppler-utils")


def objects_of(pdf):
    """All that the file says, its compressed parts included, without a space."""
    parts = [pdf]
    for found in _STREAM.finditer(pdf):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return re.sub(rb"\s", b"", b"\n".join(parts))


def words_of(pdf):
    """What a reader can select and copy, on one line."""
    said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return " ".join(said.decode().replace("\u00ad", "").split())


def picture_of(pdf, dots=150, page=1):
    words = ["pdftoppm", "-r", str(dots), "-f", str(page), "-l", str(page), "-png", "-"]
    return Image.open(BytesIO(subprocess.run(words, input=pdf, capture_output=True, check=True).stdout))


def fonts_of(pdf):
    told = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return {line.split()[0].split("+")[-1]: line for line in told.splitlines()[2:]}
