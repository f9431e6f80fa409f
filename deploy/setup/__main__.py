"""Readies this folder: `python3 -m deploy.setup run`, or `test`. Even an older Python can read this file."""

import sys

if sys.version_info < (3, 11):
    found = ".".join(str(part) for part in sys.version_info[:2])
    sys.exit(f"This needs Python 3.11 or later; {sys.executable} is {found}. Name another: make run PYTHON=...")

from deploy.setup.prepare import main

main()
