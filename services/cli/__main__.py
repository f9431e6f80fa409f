"""`python -m services.cli` is `partnership`."""

from services.cli import main

main(prog_name="partnership")
