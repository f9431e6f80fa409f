"""`partnership check-pack`: is an evidence pack what the log gave out?"""

from pathlib import Path

import click
import msgspec

from services.analytics.proof import PackedFact, faults
from services.cli.output import counted, json_option, print_json, print_table


class Pack(msgspec.Struct, frozen=True):
    """What of a pack is checked; the rest of it is for people."""

    facts: list[PackedFact]


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def command(file: Path, as_json: bool) -> None:
    """Check an evidence pack of a school's history, with no log at hand.

    Makes the hash of every fact anew from what the pack holds of it. A fact that was kept back from whoever asked for
    the pack has its hash but not its content: it is counted, and can't be checked here. Exit 1 when anything is wrong.

    Example: partnership check-pack school-120777-history.json
    """
    try:
        pack = msgspec.json.decode(file.read_bytes(), type=Pack)
    except msgspec.MsgspecError as error:
        raise click.ClickException(f"{file} is not an evidence pack: {error}") from error
    wrong = list(faults(pack.facts))
    kept_back = sum(fact.data is None for fact in pack.facts)
    if as_json:
        print_json({"facts": len(pack.facts), "kept_back": kept_back, "faults": wrong})
    elif not wrong:
        click.echo(
            f"{counted(len(pack.facts) - kept_back, 'fact')} checked, {kept_back:,} kept back: nothing is wrong."
        )
    else:
        print_table(("Position", "Fact"), [(fault.position, fault.says) for fault in wrong], numbers=("Position",))
    if wrong:
        raise click.ClickException(f"The pack is not what the log gave out: {counted(len(wrong), 'fault')}.")
