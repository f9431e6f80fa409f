"""A PostgreSQL server of our own out of Debian's package, in a directory of ours."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.cluster import passwords
from deploy.cluster.child import Program, running_as
from deploy.cluster.supervisor import NotRunning

OWNER = "postgres"
"""PostgreSQL refuses to run as root: root runs it as Debian's user."""
USER = DATABASE = "partnership"


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


@dataclass(frozen=True)
class Postgres:
    """One server: all it keeps lies in `directory`. It listens on 127.0.0.1 alone and asks for the password."""

    directory: Path
    port: int
    options: Sequence[str] = ()
    """Settings of PostgreSQL, each `name=value`."""

    @property
    def data(self) -> Path:
        return self.directory / "data"

    @property
    def password(self) -> str:
        return (self.directory / "password").read_text()

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def prepare(self) -> None:
        """Make the database cluster where there is none. Raises NotRunning."""
        if (self.data / "PG_VERSION").exists():
            return
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(self.data, ignore_errors=True)  # what a start that was cut short left behind
        file = passwords.write(self.directory / "password", passwords.new())
        if os.geteuid() == 0:
            for each in (self.directory, file):
                shutil.chown(each, OWNER, OWNER)
        # By bytes, as SQLite orders: the same page in both runtimes.
        how = ["--locale=C", "--encoding=UTF8", f"--username={USER}", "--auth=scram-sha-256", f"--pwfile={file}"]
        self._run("initdb", f"--pgdata={self.data}", *how)

    def program(self) -> Program:
        settings = [f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *self.options]
        return Program(
            "postgres",
            [self._folder() / "postgres", "-D", self.data, *(part for each in settings for part in ("-c", each))],
            self.answers,
            directory=self.directory,
            user=OWNER,
            stop=signal.SIGINT,  # cuts its sessions off and keeps all that it promised
        )

    def answers(self) -> bool:
        asked = [str(self._folder() / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={self.port}"]
        return subprocess.run(asked, check=False).returncode == 0

    def make_database(self, name: str = DATABASE) -> None:
        """Make an empty database unless it is there. Raises NotRunning."""
        where = ["--host=127.0.0.1", f"--port={self.port}", f"--username={USER}"]
        there = self._run("psql", *where, "--dbname=postgres", "--tuples-only", "--no-align", "--command=\\l")
        if not any(line.startswith(f"{name}|") for line in there.splitlines()):
            self._run("createdb", *where, "--template=template0", name)

    def _folder(self) -> Path:
        folder = programs()
        if folder is None:
            raise NotRunning("PostgreSQL is not installed. On Debian: apt-get install postgresql")
        return folder

    def _run(self, program: str, *arguments: str) -> str:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [self._folder() / program, *arguments],
            cwd="/",
            env={**os.environ, "PGPASSWORD": self.password},
            capture_output=True,
            text=True,
            check=False,
            **running_as(OWNER),
        )
        if done.returncode:
            why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise NotRunning(f"PostgreSQL's {program} failed: {why} The user {OWNER} must be able to enter DATA_DIR.")
        return done.stdout
