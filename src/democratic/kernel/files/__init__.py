"""Files: known by their content, made safe before they are kept, private by default."""

from democratic.kernel.files.cleaning import CleanFile, clean_file
from democratic.kernel.files.keeping import (
    THUMBNAILS,
    Holding,
    erase_due_files,
    hold_file,
    keep_file,
    keep_made,
    make_thumbnails,
    open_file,
    release_files,
    store_file,
)
from democratic.kernel.files.kinds import MAX_BYTES, FileKind, kind_of
from democratic.kernel.files.reading import lacks_of
from democratic.kernel.files.voices import seconds_of_voice, store_voice, voice_type_of

__all__ = [
    "MAX_BYTES",
    "THUMBNAILS",
    "CleanFile",
    "FileKind",
    "Holding",
    "clean_file",
    "erase_due_files",
    "hold_file",
    "keep_file",
    "keep_made",
    "kind_of",
    "lacks_of",
    "make_thumbnails",
    "open_file",
    "release_files",
    "seconds_of_voice",
    "store_file",
    "store_voice",
    "voice_type_of",
]
