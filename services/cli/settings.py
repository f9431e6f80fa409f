"""`partnership settings`: every setting in force."""

import click

from services.cli.output import json_option, print_json, print_table
from services.core.settings import Settings


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Show every setting: its name in the environment, its value now, and what it does.

    Example: PORT=8080 partnership settings
    """
    explained = Settings.from_environment().explained()
    if as_json:
        print_json([{"name": name, "value": value, "explanation": words} for name, value, words in explained])
    else:
        print_table(("Setting", "Value", "What it does"), explained)
