"""`partnership replay`: what was true of a school on one day, as it was known on another."""

from datetime import date

import click

from services.analytics.picture import SchoolPicture
from services.analytics.replay import replay
from services.cli.output import counted, json_option, print_json, print_table
from services.cli.parameters import DAY, URN, today
from services.core.money import pounds
from services.core.runtime import Unknown
from services.core.settings import Settings
from services.core.times import LONDON
from services.wiring import open_log_read_only


@click.command()
@click.option("--school", "urn", type=URN, required=True, metavar="URN", help="The school's six-digit number.")
@click.option("--true-on", type=DAY, help="What was true on this day. Default: today.")
@click.option("--known-on", type=DAY, help="As it was known at the end of this day. Default: today.")
@json_option
def command(urn: int, true_on: date | None, known_on: date | None, as_json: bool) -> None:
    """Replay a school from the log: its timeline, and the picture that follows from it.

    Nothing but the log is read, also beside a running server. Days are written 2012-03-01 or '1 March 2012'.

    Example: partnership replay --school 120777 --true-on 2022-09-01 --known-on '1 March 2023'
    """
    true_on, known_on = true_on or today(), known_on or today()
    with open_log_read_only(Settings.from_environment()) as log:
        entries, picture = replay(log, urn, true_on, known_on)
        if not entries and not replay(log, urn, None, None)[0]:
            raise Unknown(f"The log holds nothing about a school with URN {urn}.")
    if as_json:
        print_json({"urn": urn, "true_on": true_on, "known_on": known_on, "timeline": entries, "picture": picture})
        return
    click.echo(f"School {urn}, true on {_day(true_on)}, as known on {_day(known_on)}: {counted(len(entries), 'event')}")
    rows = [
        (_day(entry.effective_on), f"{entry.recorded_at.astimezone(LONDON):%-d %b %Y %H:%M}", entry.says, entry.actor)
        for entry in entries
    ]
    print_table(("True from", "Known from", "What happened", "By"), rows)
    click.echo()
    print_table(("The school on that day", ""), _picture(picture))


def _picture(picture: SchoolPicture) -> list[tuple[str, str]]:
    kind = " / ".join(part for part in (picture.school_type, picture.type_group) if part)
    rows = [
        ("Name", picture.name or "not known"),
        ("Kind", kind or "not known"),
        ("Status", picture.status or "not known"),
    ]
    rows += [(link.relation.capitalize(), f"{link.urn} ({link.link_type})") for link in picture.links]
    rows += [
        ("Subscription", f"{programme} service, {year}-{(year + 1) % 100:02d}")
        for year, programme in sorted(picture.subscriptions.items())
    ]
    rows.append(("Charged", pounds(picture.charged)))
    rows += [
        (f"Results {year}", ", ".join(f"{code} {value}" for code, value in figures.items() if value))
        for year, figures in sorted(picture.results.items())
    ]
    if picture.inspected and picture.grade:
        rows.append(("Last inspection", f"{picture.grade}, {_day(picture.inspected)}"))
    return rows


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
