"""Every setting: its name in the environment, its default, and one line that explains it.

Any setting X may be given as X_FILE instead, the path of a file that holds its value: so a password need not stand in
the environment, which more people and programs can read than a file."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import msgspec

MOST = 65_535
LEVELS = ("debug", "info", "warning", "error")


class BadSetting(Exception):
    """A setting in the environment that can't be used; the text names it and says why."""


class Settings(msgspec.Struct, frozen=True):
    """Read from the environment by `from_environment`; the variable is the field's name in capitals."""

    data_dir: Annotated[Path, "Directory of the event log, the keys, the accounts and the read models"] = Path("data")
    port: Annotated[int, "Port on which the platform is served"] = 8000
    host: Annotated[str, "Address on which the platform is served"] = "127.0.0.1"
    threads: Annotated[int, "How many requests are served at the same time; others wait their turn"] = 3
    proxies: Annotated[int, "How many trusted proxies stand in front; their X-Forwarded headers are believed"] = 0
    sample_county: Annotated[bool, "Load the sample county when the event log is empty (1 or 0)"] = True
    demonstration: Annotated[bool, "Play a year of the programme when the sample county is loaded (1 or 0)"] = True
    upload_limit_mb: Annotated[int, "Largest file that may be uploaded or imported, in megabytes"] = 32
    kurrentdb_url: Annotated[str, "EventStoreDB or KurrentDB that holds the event log, esdb://...; else a file"] = ""
    postgres_url: Annotated[str, "PostgreSQL for read models and keys, postgresql://...; else files"] = ""
    keys_master_file: Annotated[str, "File of the key that wraps personal keys; else keys.master in DATA_DIR"] = ""
    amqp_url: Annotated[str, "RabbitMQ between gateway and services, amqp://...; only where they run apart"] = ""
    public_url: Annotated[str, "Address of the platform for other systems: in public events"] = "http://127.0.0.1:8000"
    metrics_port: Annotated[int, "Port of a service's /metrics and /health, its edge's is the next; 0 is none"] = 0
    seal_minutes: Annotated[int, "How often `partnership watch-seal` compares the whole log with its last seal"] = 60
    otlp_url: Annotated[
        str, "Collector that spans are sent to (OpenTelemetry, OTLP over HTTP), http://...; or none"
    ] = ""
    log_level: Annotated[str, "Least severe log lines to write: debug, info, warning or error"] = "info"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings in force. Raises BadSetting."""
        chosen = {}
        for name, hint in get_type_hints(cls).items():
            if text := _given(name.upper(), environment):
                chosen[name] = _parsed(name.upper(), text, hint)
        return cls(**chosen)

    def explained(self) -> list[tuple[str, str, str]]:
        """Name, value in force (less the password, in an address) and explanation of each setting."""
        hints = get_type_hints(type(self), include_extras=True)
        return [(name.upper(), _shown(getattr(self, name)), hint.__metadata__[0]) for name, hint in hints.items()]


def _given(name: str, environment: Mapping[str, str]) -> str | None:
    """What the environment says of a setting, itself or through a file; None when nothing."""
    file = environment.get(f"{name}_FILE")
    if not file:
        return environment.get(name)
    if environment.get(name):
        raise BadSetting(f"{name} and {name}_FILE are both set: leave one of them out.")
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise BadSetting(f"{name}_FILE names {file}, which can't be read: {why}.") from error


def _parsed(name: str, text: str, kind: type[Any]) -> Any:
    if name == "LOG_LEVEL" and text not in LEVELS:
        raise BadSetting(f"LOG_LEVEL must be one of {', '.join(LEVELS)}, not {text!r}.")
    if kind is bool:
        if text not in ("0", "1"):
            raise BadSetting(f"{name} must be 1 or 0, not {text!r}.")
        return text == "1"
    if kind is int:
        least = 0 if name in ("PROXIES", "METRICS_PORT") else 1
        if not text.isdecimal() or not least <= int(text) <= MOST:
            raise BadSetting(f"{name} must be a whole number from {least} to {MOST}, not {text!r}.")
        return int(text)
    return kind(text)


def _shown(value: Any) -> str:
    """As it is set, but for a password in an address."""
    return str(int(value)) if isinstance(value, bool) else re.sub(r"(://[^:/@]*):[^/@]*@", r"\1:***@", str(value))
