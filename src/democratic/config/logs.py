"""Where log lines go and how they are written: DEMOCRATIC_LOGS=json for a collector, plain lines otherwise."""

import os
from typing import Any


def logging_settings() -> dict[str, Any]:
    is_json = os.environ.get("DEMOCRATIC_LOGS", "") == "json"
    formatter = "JsonLines" if is_json else "PlainLines"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"democratic.kernel.logs.{formatter}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "democratic": {"level": "INFO"},
            # A line for each request that Django answers, for a collector; those that were refused, for a reader.
            "democratic.requests": {"level": "INFO" if is_json else "WARNING"},
            # Our line of the request says it without its path; a fault still comes, with where it was raised.
            "django.request": {"level": "ERROR"},
            "procrastinate": {"level": "WARNING"},
            "granian": {"level": "INFO"},
            "_granian": {"level": "INFO"},
        },
    }
