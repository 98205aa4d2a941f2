"""Files in a store that speaks the S3 API. Imported only when ``DEMOCRATIC_S3`` names one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

_NO_STORE = "what answers is no store of files"
_ABSENT = {"404", "NoSuchKey", "NotFound"}
_LARGEST = 16 << 20  # bytes: more than any file of ours
# Someone waits for her photo: two tries within some seconds, then she is told.
_PATIENCE = {"connect_timeout": 3, "read_timeout": 8, "retries": {"max_attempts": 1, "mode": "standard"}}


class ObjectStorage(S3Storage):
    """What fails is an OSError, as with a disk; a file is read whole (10 MB at most)."""

    def get_default_settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = super().get_default_settings()
        settings["client_config"] = Config(
            signature_version="s3v4", s3={"addressing_style": "path"}, **_PATIENCE
        )
        return settings

    def exists(self, name: str) -> bool:
        with _as_os_errors(name):
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with _as_os_errors(name):
            super().delete(name)

    def _save(self, name: str, content: File) -> str:
        with _as_os_errors(name):
            return str(super()._save(name, content))

    def _open(self, name: str, mode: str = "rb") -> ContentFile:
        with _as_os_errors(name), super()._open(name, mode) as handle:
            if handle.obj.e_tag is None:
                raise OSError(_NO_STORE)
            if handle.size > _LARGEST:
                raise OSError("the store of files gives more than was kept there")
            return ContentFile(handle.read(), name)


@contextmanager
def _as_os_errors(name: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _ABSENT:
            raise FileNotFoundError(name) from error
        raise OSError(f"the store of files refused: {code}") from error
    except BotoCoreError as error:
        raise OSError(f"the store of files does not answer: {type(error).__name__}") from error
    except (ResponseParserError, ValueError, RecursionError) as error:  # what botocore makes of nonsense
        raise OSError(_NO_STORE) from error
