"""The Dockerfile, read line by line: there is no Docker where the tests run, so nothing is built.

What is held here is what goes wrong quietly: a file that is not there, a command that has another name, a user who is
root, a package that nobody locked."""

import ast
import re
import shlex
import tomllib
from fnmatch import fnmatch
from pathlib import Path

from deploy.setup import pango, prepare
from services.cli import COMMANDS
from tests.deploy.files import DEPLOY, ROOT

TEXT = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
LINES = [line.split(maxsplit=1) for line in TEXT.splitlines() if line and not line.startswith("#")]
STARTS = [number for number, (word, _) in enumerate(LINES) if word == "FROM"]
BUILD, LAST = LINES[STARTS[0] : STARTS[1]], LINES[STARTS[1] :]
IGNORED = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]


def said(stage: list[list[str]], word: str) -> list[str]:
    return [rest for first, rest in stage if first == word]


def copied(stage: list[list[str]]) -> list[str]:
    """What a stage copies out of the project."""
    return [each for rest in said(stage, "COPY") if "--from" not in rest for each in rest.split()[:-1]]


def in_context(path: str) -> bool:
    """Whether .dockerignore lets a path through: its last line that fits decides."""
    found = True
    for line in IGNORED:
        pattern = line.removeprefix("!")
        if any(fnmatch(str(part), pattern) for part in (Path(path), *Path(path).parents)):
            found = line.startswith("!")
    return found


def test_all_that_is_copied_is_there_and_not_ignored() -> None:
    names = [*copied(BUILD), *copied(LAST)]
    assert len(names) > 8
    for name in names:
        assert (ROOT / name).exists(), name
        assert in_context(name), name


def test_nothing_else_goes_into_the_context() -> None:
    assert IGNORED[0] == "*"
    for name in (".git", "data", "deploy/secrets", "tests", ".venv", "gateway/static/vendor"):
        assert not in_context(name), name


def test_the_last_stage_takes_what_the_first_has_made() -> None:
    taken = [rest.split()[1] for rest in said(LAST, "COPY") if "--from=build" in rest]
    assert taken == [f"/srv/partnership/{name}" for name in (".venv", "services", "gateway")]
    assert said(BUILD, "WORKDIR") == said(LAST, "WORKDIR") == ["/srv/partnership"]


def test_both_stages_stand_on_one_fixed_python() -> None:
    images = [rest.split()[0] for rest in said(LINES, "FROM")]
    assert len(set(images)) == 1
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-bookworm", images[0])


def test_packages_are_installed_by_the_projects_own_set_up() -> None:
    (step,) = (rest for rest in said(BUILD, "RUN") if rest.startswith("python -c"))
    program = shlex.split(step)[2]
    assert "p.prepare(p.ROOT, 'cluster', p.run_in(p.ROOT))" in ast.unparse(ast.parse(program))
    assert callable(prepare.prepare)
    assert callable(prepare.run_in)
    assert "cluster" in prepare.LOCKS
    assert set(prepare.LOCKS.values()) < set(copied(BUILD))


def test_what_only_builds_is_taken_out_again() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    builders = {re.split(r"[~=<>]", each)[0] for each in groups["setup"]}
    (removing,) = (rest for rest in said(BUILD, "RUN") if "uninstall" in rest)
    assert builders | {"pip"} <= set(removing.split())
    assert not any("pip" in rest or "npm" in rest for rest in said(LAST, "RUN"))


def test_the_last_stage_has_what_pdf_files_need() -> None:
    (installing,) = (rest for rest in said(LAST, "RUN") if "apt-get install" in rest)
    assert set(pango.PACKAGES) <= set(installing.split())


def test_it_does_not_run_as_root() -> None:
    (user,) = said(LAST, "USER")
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    words = [word for word, _ in LAST]
    assert words.index("USER") > max(number for number, word in enumerate(words) if word == "RUN")


def test_no_secret_is_baked_in() -> None:
    assert not said(LINES, "ARG")
    assert not re.search("password|secret|token|_URL|MASTER", " ".join(said(LINES, "ENV")), re.IGNORECASE)


def test_what_it_runs_is_a_command_of_the_project() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert ast.literal_eval(said(LAST, "ENTRYPOINT")[0]) == list(scripts)
    assert ast.literal_eval(said(LAST, "CMD")[0])[0] in COMMANDS


def test_its_health_check_is_there() -> None:
    (check,) = said(LAST, "HEALTHCHECK")
    assert ast.literal_eval(check.split("CMD ")[1])[1] in copied(LAST)
