"""The command line: `partnership COMMAND`. Each family of commands is one file here."""

from importlib import import_module

import click

from services.cli.errors import one_line_errors
from services.core import logs

COMMANDS = {
    "serve": "services.cli.serve",
    "relay": "services.cli.relay",
    "demo": "services.cli.demo",
    "import": "services.cli.imports",
    "replay": "services.cli.replay",
    "rebuild": "services.cli.rebuild",
    "verify": "services.cli.verify",
    "check-pack": "services.cli.check_pack",
    "seal": "services.cli.seal",
    "watch-seal": "services.cli.watch_seal",
    "copy-log": "services.cli.copy_log",
    "backup": "services.cli.backup",
    "restore": "services.cli.restore",
    "parked": "services.cli.parked",
    "erase": "services.cli.erase",
    "subscriber": "services.cli.subscriber",
    "copy-keys": "services.cli.copy_keys",
    "settings": "services.cli.settings",
    "contracts": "services.cli.contracts",
    "bench": "services.cli.bench",
    "gateway": "services.cli.gateway",
    "service": "services.cli.services:service",
    "worker": "services.cli.services:worker",
    "edge": "services.cli.services:edge",
}
"""The file of each command, and its name there unless that is `command`."""


class Partnership(click.Group):
    """Loads a command's file when it is asked for, so that a small command starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        file, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(file), name or "command")
        return command

    def invoke(self, ctx: click.Context) -> object:
        with one_line_errors():
            return super().invoke(ctx)


@click.group(cls=Partnership, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """One record of a county's school improvement partnership, that nobody can quietly change.

    Settings come from the environment: see `partnership settings`.
    """
    logs.configure("error")
