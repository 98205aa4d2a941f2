"""Where files are kept, a folder of this installation or a store that speaks the S3 API; and who scans them."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from democratic.config.server.errors import CannotStart

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_SHAPE = "DEMOCRATIC_S3 s'écrit https://CLÉ:SECRET@hôte/dépôt?region=… (signes spéciaux encodés en %)."
_CLAMD = "DEMOCRATIC_CLAMD s'écrit unix:/run/clamav/clamd.ctl ou tcp://hôte:3310."


def private_storage(url: str, folder: Path) -> dict[str, Any]:
    """``https://KEY:SECRET@host[:port]/bucket?region=…``; nothing: the folder. Plain HTTP on loopback alone."""
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": folder,
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        }
    parts = urlsplit(url)
    bucket, region = parts.path.strip("/"), parse_qs(parts.query).get("region", ["us-east-1"])[0]
    if not (parts.hostname and parts.username and parts.password and bucket) or "/" in bucket:
        raise CannotStart(_SHAPE)
    if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in LOOPBACK):
        raise CannotStart(f"Les fichiers voyageraient en clair. {_SHAPE}")
    return {
        "BACKEND": "democratic.kernel.object_storage.ObjectStorage",
        "OPTIONS": {
            "access_key": unquote(parts.username),
            "secret_key": unquote(parts.password),
            "bucket_name": bucket,
            "region_name": region,
            "endpoint_url": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}",
            "default_acl": None,  # the bucket's own: private
            "file_overwrite": True,  # names are digests
        },
    }


def files_origin(url: str, public_url: str) -> str:
    """The files' own origin, or nothing. Refused when it is the pages' own: it would separate nothing."""
    origin = url.rstrip("/")
    parts = urlsplit(origin)
    if origin and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path):
        raise CannotStart("DEMOCRATIC_FILES_URL s'écrit https://fichiers.exemple.fr, sans chemin.")
    if origin and parts.netloc == urlsplit(public_url).netloc:
        raise CannotStart("DEMOCRATIC_FILES_URL doit être un autre hôte que DEMOCRATIC_URL.")
    return origin


def antivirus_address(url: str) -> str | tuple[str, int] | None:
    """Of clamd: the path of its socket, or its host and port; None: nothing is scanned."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise CannotStart(_CLAMD) from None
    if url == f"unix:{parts.path}" and parts.path.startswith("/"):
        return parts.path
    if parts.scheme == "tcp" and host and port and url == f"tcp://{parts.netloc}" and "@" not in url:
        return host, port
    raise CannotStart(_CLAMD)
