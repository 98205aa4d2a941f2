"""R22: the corpus. Each file is kept clean or refused with a sentence, and no decoder passes 300 MB."""

import io

import pytest
from PIL import Image

from democratic.kernel.files import clean_file, cleaning
from democratic.kernel.files.decoder import LARGEST, MEMORY
from democratic.kernel.refusals import Refusal
from hostile_files import KEPT, hostile_files

FILES = hostile_files()
MOST_MEMORY = 300_000_000  # bytes
ENDS = {"image/jpeg": b"\xff\xd9", "image/png": b"IEND\xaeB`\x82"}
NOTES = (
    b"Exif",
    b"GPS",
    b"http://ns.adobe.com",
    b"<script",
    b"PK\x05\x06",
    b"ICC_PROFILE",
    b"iCCP",
    b"<?php",
    b"%PDF",
)


@pytest.fixture
def peaks(monkeypatch) -> list[int]:
    """What each decoder says that it used, in bytes, as the kernel counted it."""
    seen: list[int] = []
    told = cleaning._told

    def read(ended, head):
        answer = told(ended, head)
        seen.append(answer.get("peak", 0) * 1024)
        return answer

    monkeypatch.setattr(cleaning, "_told", read)
    return seen


def test_the_corpus_is_as_large_as_was_promised():
    assert len(FILES) >= 60
    assert len({each.what for each in FILES}) == len(FILES)


@pytest.mark.parametrize("sent", FILES, ids=lambda sent: sent.what)
def test_each_file_is_kept_clean_or_refused_with_a_sentence_within_the_memory_that_it_has(sent, peaks):
    if sent.becomes == KEPT:
        assert_clean(clean_file(sent.content), sent.content)
    else:
        with pytest.raises(Refusal) as refused:
            clean_file(sent.content)
        assert sent.becomes in str(refused.value.message)
        assert refused.value.field == "file"
    assert max(peaks, default=0) < MOST_MEMORY


def assert_clean(clean, sent: bytes) -> None:
    if clean.content_type == "application/pdf":
        assert clean.content == sent
        return
    assert not [note for note in NOTES if note in clean.content]
    with Image.open(io.BytesIO(clean.content)) as image:
        image.load()
        assert not image.getexif()
        assert {"icc_profile", "exif", "xmp", "comment", "Comment"}.isdisjoint(image.info)
        assert image.size == (clean.width, clean.height)
        assert max(image.size) <= LARGEST
    if clean.content_type in ENDS:
        assert clean.content.endswith(ENDS[clean.content_type])
    else:
        assert len(clean.content) == int.from_bytes(clean.content[4:8], "little") + 8


def test_the_limit_that_holds_whatever_a_file_does_is_below_what_was_promised():
    assert MEMORY < MOST_MEMORY


def test_a_clean_file_cleaned_again_needs_nothing_else():
    once = clean_file(FILES[-1].content)
    assert_clean(clean_file(once.content + b"<script>"), once.content + b"<script>")
