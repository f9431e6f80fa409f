"""Makes the secrets that the compose file mounts: `python3 -m deploy.secret_files`. What is there already is kept.

Each secret is a file in deploy/secrets, a folder that only its owner can enter. The files themselves can be read by
all, for each is seen inside a container under another user id."""

import secrets
from collections.abc import Callable
from pathlib import Path

from deploy.broker import definitions

FOLDER = Path(__file__).parent / "secrets"
FILE_MODE = 0o444


def write(folder: Path) -> list[str]:
    """Make what is missing; the names of what was made. The files that belong together are made together."""
    folder.mkdir(mode=0o700, exist_ok=True)
    made = []
    for names, make in FAMILIES.items():
        if all((folder / name).exists() for name in names):
            continue
        for name, text in zip(names, make(), strict=True):
            (folder / name).unlink(missing_ok=True)
            (folder / name).write_text(text)
            (folder / name).chmod(FILE_MODE)
            made.append(name)
    return made


def _postgres() -> tuple[str, ...]:
    password = secrets.token_urlsafe(24)
    return password, f"postgresql://partnership:{password}@postgres:5432/partnership"


def _rabbitmq() -> tuple[str, ...]:
    platform, subscriber = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    return (
        definitions(("partnership", platform), ("subscriber", subscriber)),
        f"amqp://partnership:{platform}@rabbitmq:5672//",
        f"amqp://subscriber:{subscriber}@rabbitmq:5672//",
    )


FAMILIES: dict[tuple[str, ...], Callable[[], tuple[str, ...]]] = {
    ("postgres_password", "postgres_url"): _postgres,
    ("rabbitmq_definitions.json", "amqp_url", "subscriber_amqp_url"): _rabbitmq,
    ("keys_master",): lambda: (secrets.token_hex(32),),
    ("grafana_password",): lambda: (secrets.token_urlsafe(24),),
}


def main() -> None:
    for name in write(FOLDER):
        print(f"Made {FOLDER / name}")
    print("Keep a copy of deploy/secrets/keys_master apart from the backups: without it no personal text can be read.")


if __name__ == "__main__":
    main()
