"""Every command tells what it is for, with examples that run."""

import itertools
import re
import shlex
import shutil
import subprocess

import pytest

from tests.conftest import ROOT, run_tb

COMMANDS = sorted(
    path.stem.replace("_", "-") for path in (ROOT / "src/treatybody/cli/commands").glob("[a-z]*.py")
)
PAGES = sorted((ROOT / "src/treatybody/data/help").glob("*.md"))

END_WITH_1 = {
    "tb check",  # has findings
    "tb check CMW/C/PER/2",
    "tb instrument 'Mental Health Act'",  # of another State than that of the five documents
    "tb watch suspensive --json",  # the second look finds nothing new
}


@pytest.fixture(scope="module")
def home(seeds, tmp_path_factory):
    """A corpus that examples may change, one folder above as in a checkout."""
    place = tmp_path_factory.mktemp("examples") / "home"
    shutil.copytree(seeds, place)
    shutil.copytree(place / "corpus", place / "path/to/corpus")
    run_tb("build", cwd=place)  # copied files have other times
    run_tb("save", "any", "remittances", cwd=place)
    return place


def help_of(command: str, home) -> str:
    return run_tb(command, "--help", cwd=home).stdout


def examples(text: str) -> list[str]:
    """The lines below "Examples:"; a long one goes on deeper indented."""
    _, _, rest = text.partition("Examples:\n")
    lines = re.match(r"(?: +tb .*\n|\n(?= +tb ))*", rest)
    return [line.strip() for line in lines[0].splitlines() if line.strip()] if lines else []


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_run(command, home):
    found = examples(help_of(command, home))
    assert found, f"tb {command} --help has no examples"
    if command == "watch":
        run_tb("save", "suspensive", "suspensive", "--force", cwd=home)
    for line in found:
        arguments = shlex.split(line)[1:]
        if "--plot" in arguments:
            pytest.importorskip("matplotlib")
        state = str(home.parent / "state")
        done = run_tb(*arguments, cwd=home, XDG_STATE_HOME=state, HOME=state)
        assert done.returncode == (1 if line in END_WITH_1 else 0), f"{line}: {done.stderr}"


@pytest.mark.parametrize("arguments", [["--help"], ["help"]])
def test_lists_of_commands_are_not_cut(home, arguments):
    listed = run_tb(*arguments, cwd=home).stdout.rpartition("Commands")[2]
    assert all(f"  {command} " in listed for command in COMMANDS)
    assert "..." not in listed


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained(command, home):
    text = help_of(command, home)
    for line in re.findall(r"^  (-[^\n]*)$", text.partition("Options:\n")[2], re.M):
        assert re.search(r"\S  +\S", line) or f"{line}\n    " in text, line


def test_topics_and_commands_are_listed(home):
    text = run_tb("help", cwd=home).stdout
    for name in (*COMMANDS, "man", *(page.stem for page in PAGES)):
        assert re.search(rf"^  {name} ", text, re.M), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_are_shown(page, home):
    assert run_tb("help", page.stem, cwd=home).stdout == page.read_text("utf-8")


def test_an_unknown_topic_names_the_nearest(home):
    done = run_tb("help", "qurey", cwd=home)
    assert (done.returncode, "`tb help query`" in done.stderr) == (2, True)


def test_page_on_exports_stands_in_docs_too():
    page = ROOT / "src/treatybody/data/help/exports.md"
    assert page.read_text("utf-8") == (ROOT / "docs/exports.md").read_text("utf-8")


def test_manual_page_has_every_command_and_is_sound_roff(home):
    page = run_tb("help", "man", cwd=home).stdout
    for command in COMMANDS:
        assert f"tb {command.replace('-', chr(92) + '-')}\\fR" in page
    assert page.count("\n.nf\n") == page.count("\n.fi\n") > len(COMMANDS)
    groff = shutil.which("groff")
    if groff:
        done = subprocess.run(
            [groff, "-man", "-Tutf8", "-ww"], input=page, capture_output=True, text=True
        )
        assert done.returncode == 0
        assert "macro" not in done.stderr and "escape" not in done.stderr


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("topic", ["query", "exports"])
def test_pages_are_laid_out_for_the_terminal(topic, width):
    from treatybody.cli.pages import laid_out, page

    text = page(topic)
    lines = list(laid_out(text, width))
    assert " ".join(lines).split() == text.split()
    assert max(map(len, lines)) <= width or width < 80
    assert [line for line in lines if line[:1] == "#"] == re.findall("^#.*", text, re.M)
    assert all(a or b for a, b in itertools.pairwise(lines))


SHELLS = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "-n"]}


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_scripts_are_sound(shell, home, tmp_path):
    script = run_tb("completion", shell, cwd=home).stdout
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    place = tmp_path / f"tb.{shell}"
    place.write_text(script)
    done = subprocess.run([*SHELLS[shell], str(place)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


COMPLETED = [
    (["sea"], ["search"]),
    (["search", "state:"], ["state:PER"]),
    (["search", "speaker:Ceri"], ["speaker:Ceriani"]),
    (["search", "type:CO"], ["type:CO"]),
    (["search", "detention sta"], ["detention state:"]),
    (["search", "x -symbol:CMW/C/PER/Q"], ["x -symbol:CMW/C/PER/QPR/2"]),
    (["search", "query:a"], ["query:any"]),
    (["search", "--state", "P"], ["PER"]),
    (["search", "--facet", "type,st"], ["type,state"]),
    (["export", "x", "--columns", "citation,foot"], ["citation,footnotes"]),
    (["show", "QPR"], ["CMW/C/PER/QPR/2"]),
    (["outline", "CMW/C/SR"], ["CMW/C/SR.577"]),
    (["help", "quer"], ["query"]),
    (["watch", "an"], ["any"]),
    (["search", "nonsense:"], []),
]


@pytest.mark.parametrize(("words", "expected"), COMPLETED)
def test_completions(words, expected, home):
    done = run_tb(*words, cwd=home, _TB_COMPLETE="1")
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == expected
    assert done.stderr == ""


def test_completion_without_a_corpus_is_silent(tmp_path):
    done = run_tb("search", "state:", cwd=tmp_path, _TB_COMPLETE="1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


BASH = """
source {script}
tb() {{ {python} -P -m treatybody "$@"; }}
COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
COMP_LINE={line}
COMP_POINT=${{#COMP_LINE}}
compopt() {{ :; }}
_tb_complete
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tb search state:", ["PER"]),
        ("tb search 'x type:CO", ["x type:CO"]),
        ("tb sea", ["search"]),
    ],
)
def test_bash_parts_words_at_colons_and_we_do_not(line, expected, home, tmp_path):
    import sys

    bash = shutil.which("bash")
    if not bash:
        pytest.skip("bash is not installed")
    script = tmp_path / "tb.bash"
    script.write_text(run_tb("completion", "bash", cwd=home).stdout)
    text = BASH.format(script=script, python=sys.executable, line=shlex.quote(line))
    done = subprocess.run([bash, "-c", text], cwd=home, capture_output=True, text=True)
    assert done.stdout.split("\n")[:-1] == expected, done.stderr
