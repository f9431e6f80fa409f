"""A RabbitMQ broker of our own out of Debian's package, in a directory of ours."""

import shutil
import socket
from dataclasses import dataclass, field
from pathlib import Path

from deploy.broker import definitions
from deploy.cluster import passwords
from deploy.cluster.child import Program
from deploy.cluster.ports import answers, free_port

SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
"""The script behind Debian's own, which would change to the directory and the user of the system's broker."""
GREETING = b"AMQP\x00\x00\x09\x01"
USERS = ("partnership", "subscriber")


def installed() -> bool:
    return SERVER.exists() and shutil.which("epmd") is not None


@dataclass(frozen=True)
class RabbitMq:
    """One broker: all it keeps lies in `directory`, and it listens on 127.0.0.1 alone.

    The name server of Erlang, `epmd`, is a program of its own: a broker would start one that outlives it."""

    directory: Path
    port: int
    metrics_port: int = field(default_factory=free_port)
    epmd_port: int = field(default_factory=free_port)
    nodes_port: int = field(default_factory=free_port)

    def url(self, user: str = USERS[0]) -> str:
        """The address for the platform, or for `subscriber`."""
        return f"amqp://{user}:{self._password(user)}@127.0.0.1:{self.port}//"

    def prepare(self) -> None:
        """Write what it reads when it starts."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        platform, subscriber = ((user, self._password(user)) for user in USERS)
        passwords.write(self.directory / "definitions.json", definitions(platform, subscriber))
        (self.directory / "enabled_plugins").write_text("[rabbitmq_prometheus].\n")
        (self.directory / "rabbitmq.conf").write_text(
            f"listeners.tcp.default = 127.0.0.1:{self.port}\n"
            f"load_definitions = {self.directory / 'definitions.json'}\n"
            f"prometheus.tcp.ip = 127.0.0.1\nprometheus.tcp.port = {self.metrics_port}\n"
            "log.console = true\nlog.console.level = warning\nlog.file = false\n"
        )

    def programs(self) -> tuple[Program, Program]:
        """The name server, which must be there first, and the broker."""
        environment = {
            "HOME": str(self.directory),  # of the cookie by which Erlang's nodes know each other
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self.epmd_port),
            "RABBITMQ_NODENAME": "partnership@localhost",
            "RABBITMQ_BASE": str(self.directory),
            "RABBITMQ_MNESIA_BASE": str(self.directory / "data"),
            "RABBITMQ_LOG_BASE": str(self.directory / "log"),
            "RABBITMQ_CONFIG_FILE": str(self.directory / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.directory / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",  # what Debian's file sets is for the system's broker
            "RABBITMQ_DIST_PORT": str(self.nodes_port),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false",
            "RUNNING_UNDER_SYSTEMD": "true",  # one process, without a shell around it
        }
        return (
            Program("epmd", ["epmd"], lambda: answers(self.epmd_port), environment, self.directory),
            Program("rabbitmq", [SERVER], self.answers, environment, self.directory),
        )

    def answers(self) -> bool:
        """Whether it greets who speaks AMQP; it listens once its users are there."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(GREETING)
                return bool(connection.recv(1))
        except OSError:
            return False

    def _password(self, user: str) -> str:
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        return passwords.kept(self.directory / f"{user}-password")
