"""The decoder alone in its program: what it may use, what it knows, what becomes of one that never ends."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from democratic.kernel.files import clean_file, cleaning, decoder
from democratic.kernel.refusals import Refusal, TooMany
from hostile_files import noisy
from pictures import photo_with_place, picture


def run(code: str, monkeypatch, tmp_path, sent: bytes = b"x"):
    """The same program, but for its main: what a decoder taken over by a file would do."""
    program = tmp_path / "decoder.py"
    program.write_text(f"import sys; sys.path.insert(0, {str(Path(decoder.__file__).parent)!r})\n"
                       f"import decoder; decoder.bind()\n{code}\n")  # fmt: skip
    monkeypatch.setattr(cleaning, "_PROGRAM", str(program))
    return cleaning.decode(["clean", "PNG", "1"], sent)


@pytest.mark.parametrize(
    "code",
    [
        "bytearray(400_000_000)",
        "while True: pass",
        "sys.stdout.buffer.write(bytes(40_000_000))",
        "import os; os.kill(os.getpid(), 11)",
        "import time; time.sleep(60)",
        "print('neither JSON nor bytes')",
    ],
    ids=["memory", "processor", "output", "crash", "sleep", "noise"],
)
def test_whatever_it_does_it_ends_and_the_file_is_refused(code, monkeypatch, tmp_path):
    monkeypatch.setattr(cleaning, "LONGEST", 3.0)
    with pytest.raises(Refusal) as refused:
        run(code, monkeypatch, tmp_path)
    assert str(refused.value.message)


def test_it_knows_neither_secrets_nor_settings_nor_our_open_files(monkeypatch, tmp_path):
    code = (
        "import os, json\n"
        "paths = [f'/proc/self/fd/{n}' for n in os.listdir('/proc/self/fd')]\n"
        "fds = [os.readlink(path) for path in paths if os.path.exists(path)]\n"
        "print(json.dumps({'sizes': [], 'peak': 0, 'env': sorted(os.environ), 'fds': fds,"
        " 'ours': sorted(m for m in sys.modules if m.startswith(('democratic', 'django')))}))"
    )
    told = run(code, monkeypatch, tmp_path).told
    assert set(told["env"]) <= {"LC_CTYPE"}
    assert told["ours"] == []
    assert not [fd for fd in told["fds"] if "socket" in fd]


def test_one_at_a_time_and_who_waits_too_long_is_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(cleaning, "PATIENCE", 0.05)
    with cleaning._SLOT, pytest.raises(TooMany):
        clean_file(picture())
    assert clean_file(picture()).width == 640


def test_a_phones_photo_stands_upright_and_says_nothing_but_its_pixels():
    sent = photo_with_place()
    assert b"Lina" in sent
    clean = clean_file(sent)
    assert (clean.width, clean.height) == (400, 640)
    assert not [note for note in (b"Lina", b"Marque", b"Exif", b"a comment") if note in clean.content]


def test_the_same_image_twice_gives_the_same_bytes():
    assert clean_file(picture()).content == clean_file(picture()).content


def test_the_largest_image_of_each_kind_fits_in_the_memory_that_it_has():
    for sent in (
        picture((5000, 4000), "PNG", (9, 90, 9, 90), "RGBA"),
        noisy((3000, 2400), "WEBP", quality=50),
        noisy((8000, 8000), "JPEG", quality=5),
    ):
        clean = clean_file(sent)
        assert max(clean.width, clean.height) == decoder.LARGEST
        assert clean.peak * 1024 < decoder.MEMORY


@pytest.mark.parametrize(
    ("mode", "colour", "seen"), [("CMYK", (0, 0, 0, 0), 255), ("L", 128, 128), ("1", 1, 255), ("I;16", 32768, 128)]
)  # fmt: skip
def test_colours_survive_what_other_trades_send(mode, colour, seen):
    kind = "JPEG" if mode in ("CMYK", "L") else "PNG"
    clean = clean_file(picture((16, 16), kind, colour, mode))
    with Image.open(io.BytesIO(clean.content)) as image:
        assert abs(image.convert("L").getpixel((8, 8)) - seen) < 8


def test_it_runs_by_its_path_with_nothing_of_ours_to_import():
    ended = subprocess.run(
        [sys.executable, "-I", decoder.__file__, "clean", "PNG", "1000"], input=b"no image", capture_output=True, check=True
    )  # fmt: skip
    assert b'"refused": "broken"' in ended.stdout
