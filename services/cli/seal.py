"""`partnership seal`: a signed word about the whole log, small enough to keep outside it."""

import click

from services.core.seals import Signer, Tree
from services.core.settings import Settings
from services.core.verify import stored_pages
from services.wiring import open_log_read_only

ORIGIN = "partnership"
KEY = "seal.key"


@click.command()
@click.option(
    "--key", "show_key", is_flag=True, help="Print the public key instead, which whoever checks a seal needs."
)
def command(show_key: bool) -> None:
    """Sign the log as it stands, and print the seal.

    Keep seals where nobody who can write in DATA_DIR can write. `partnership verify --seal FILE` shows later whether
    the log still begins with exactly the events that were sealed. A seal is a signed note (C2SP checkpoint) over an
    RFC 6962 tree, so other software can check it too.

    Example: partnership seal > seal-2023-03-01.txt
    """
    settings = Settings.from_environment()
    with open_log_read_only(settings) as log:
        tree = Tree()
        for page in () if show_key else stored_pages(log):
            for event in page:
                tree.add(event.hash)
    signer = Signer(settings.data_dir / KEY, ORIGIN)
    click.echo(signer.verifier_key() if show_key else signer.sign(tree), nl=show_key)
