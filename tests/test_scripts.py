"""The launcher and the environment that it makes.

The launcher is tested on a made-up checkout, whose interpreter is a shell script that writes down
how it was called; so no test here installs anything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "scripts"

needs_sh = pytest.mark.skipif(os.name == "nt", reason="the launcher runs under a POSIX shell")

# what stands for Python in the made-up checkout: `-P -m treatybody ARGUMENTS`
INTERPRETER = """#!/bin/sh
shift 3
echo "$*" >>"$LOG"
case $1 in
build)
    echo "$TREATYBODY_CORPUS" >>"$LOG.corpus"
    echo built
    code=${BUILD_ENDS:-0}
    case $code in 0 | 3) mkdir -p "$TREATYBODY_INDEX" && : >"$TREATYBODY_INDEX/CURRENT" ;; esac
    exit "$code"
    ;;
esac
echo answer
"""


@dataclass
class Checkout:
    """A made-up checkout whose environment stands."""

    root: Path

    def tb(self, *arguments: str, cwd: Path | None = None, **environ: str) -> tuple[int, str, str]:
        """Run its launcher: exit code, standard output, standard error."""
        done = subprocess.run(
            [str(self.root / "scripts" / "tb"), *arguments],
            cwd=cwd or self.root,
            env={"PATH": os.environ["PATH"], "LOG": str(self.log), **environ},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def source(self) -> Path:
        return self.root / "corpus" / "sources" / "a.txt"

    def calls(self) -> list[str]:
        """How the interpreter was called since the last look."""
        calls = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return calls

    def settle(self) -> None:
        """Bring the index up; what is written from now on is later than the stamp."""
        self.tb("search", "word")
        self.calls()
        time.sleep(0.02)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    root = tmp_path.resolve() / "a checkout"
    shutil.copytree(SCRIPTS, root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "requirements").mkdir()
    (root / "src" / "treatybody").mkdir(parents=True)
    (root / "corpus" / "sources").mkdir(parents=True)
    (root / "corpus" / "sources" / "a.txt").write_text("text", "utf-8")
    for place in ("requirements/runtime.txt", "pyproject.toml"):
        (root / place).write_text(f"{place}\n", "utf-8")
    stamps = root / ".venv" / "made-from"
    stamps.mkdir(parents=True)
    (stamps / "root").write_text(f"{root}\n", "utf-8")
    shutil.copy(root / "requirements" / "runtime.txt", stamps)
    shutil.copy(root / "pyproject.toml", stamps)
    interpreter = root / ".venv" / "bin" / "python"
    interpreter.parent.mkdir()
    interpreter.write_text(INTERPRETER, "utf-8")
    interpreter.chmod(0o755)
    return Checkout(root)


@needs_sh
def test_first_search_builds_then_answers(checkout: Checkout) -> None:
    assert checkout.tb("search", "two words", "-n", "3") == (0, "answer\n", "built\n")
    assert checkout.calls() == ["build", "search two words -n 3"]


@needs_sh
def test_second_search_starts_one_python(checkout: Checkout) -> None:
    checkout.settle()
    assert checkout.tb("search", "word") == (0, "answer\n", "")
    assert checkout.calls() == ["search word"]


def _change(checkout: Checkout) -> None:
    checkout.source.write_text("other", "utf-8")


def _replace_by_an_older_file(checkout: Checkout) -> None:
    checkout.source.write_text("older", "utf-8")
    os.utime(checkout.source, (1, 1))


def _change_with_the_clock_set_back(checkout: Checkout) -> None:
    """What changes now is earlier than the last build."""
    late = time.time() + 86_400
    for path in (checkout.root / "index").iterdir():
        os.utime(path, (late, late))
    checkout.source.write_text("other", "utf-8")


def _add_in_a_new_folder(checkout: Checkout) -> None:
    folder = checkout.source.parent / "new folder"
    folder.mkdir()
    (folder / "b.txt").write_text("b", "utf-8")


def _remove(checkout: Checkout) -> None:
    checkout.source.unlink()


def _write_a_manifest(checkout: Checkout) -> None:
    (checkout.root / "corpus" / "manifest.toml").write_text("", "utf-8")


def _change_the_program(checkout: Checkout) -> None:
    (checkout.root / "src" / "treatybody" / "model.py").write_text("", "utf-8")


def _delete_the_index(checkout: Checkout) -> None:
    shutil.rmtree(checkout.root / "index")


@needs_sh
@pytest.mark.parametrize(
    "act",
    [
        _change,
        _replace_by_an_older_file,
        _change_with_the_clock_set_back,
        _add_in_a_new_folder,
        _remove,
        _write_a_manifest,
        _change_the_program,
        _delete_the_index,
    ],
)
def test_a_change_is_built_once(checkout: Checkout, act: object) -> None:
    checkout.settle()
    act(checkout)  # type: ignore[operator]
    checkout.tb("search", "word")
    checkout.tb("search", "word")
    assert checkout.calls() == ["build", "search word", "search word"]


@needs_sh
def test_without_a_find_that_prints_facts_contents_are_compared(checkout: Checkout) -> None:
    find = shutil.which("find")
    shim = checkout.root / "shim" / "find"
    shim.parent.mkdir()
    shim.write_text(
        f'#!/bin/sh\ncase "$*" in *-printf*) exit 1 ;; esac\nexec {find} "$@"\n', "utf-8"
    )
    shim.chmod(0o755)
    path = f"{shim.parent}:{os.environ['PATH']}"
    for text, expected in (("a", ["build"]), ("b", ["build"]), ("b", [])):
        checkout.source.write_text(text, "utf-8")
        checkout.tb("search", "word", PATH=path)
        assert checkout.calls() == [*expected, "search word"]


@needs_sh
def test_a_manifest_that_goes_is_a_change(checkout: Checkout) -> None:
    manifest = checkout.root / "corpus" / "manifest.toml"
    manifest.write_text("", "utf-8")
    checkout.settle()
    manifest.unlink()
    checkout.tb("search", "word")
    assert checkout.calls() == ["build", "search word"]


@needs_sh
def test_compiled_code_is_no_change(checkout: Checkout) -> None:
    checkout.settle()
    cache = checkout.root / "src" / "treatybody" / "__pycache__"
    cache.mkdir()
    (cache / "model.pyc").write_bytes(b"")
    checkout.tb("search", "word")
    assert checkout.calls() == ["search word"]


@needs_sh
@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--version",),
        ("--help",),
        ("search", "--help"),
        ("build", "--full"),
        ("verify",),
        ("doctor",),
        ("help", "query"),
    ],
)
def test_commands_that_need_no_index_build_none(
    checkout: Checkout, arguments: tuple[str, ...]
) -> None:
    checkout.tb(*arguments)
    assert checkout.calls() == [" ".join(arguments)]


@needs_sh
@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "word", "--corpus", "{other}"),
        ("search", "word", "--corpus={other}"),
        ("--corpus", "{other}", "search", "word"),
        ("search", "word", "--corpus", "{above}"),
    ],
)
def test_builds_the_corpus_that_is_named(
    checkout: Checkout, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    above = tmp_path.resolve() / "elsewhere"
    other = above / "corpus"
    (other / "sources").mkdir(parents=True)
    checkout.tb(*(part.format(other=other, above=above) for part in arguments))
    assert (checkout.root / "log.corpus").read_text("utf-8") == f"{other}\n"
    assert (above / "index" / "CURRENT").exists()


@needs_sh
def test_the_nearest_corpus_comes_before_its_own(checkout: Checkout, tmp_path: Path) -> None:
    near = tmp_path.resolve() / "near"
    (near / "corpus" / "sources" / "deep").mkdir(parents=True)
    checkout.tb("search", "word", cwd=near / "corpus" / "sources" / "deep")
    assert (checkout.root / "log.corpus").read_text("utf-8") == f"{near}/corpus\n"


@needs_sh
def test_from_anywhere_it_answers_from_its_own_corpus(checkout: Checkout) -> None:
    checkout.tb("search", "word", cwd=Path("/"))
    assert (checkout.root / "log.corpus").read_text("utf-8") == f"{checkout.root}/corpus\n"


@needs_sh
def test_through_a_link(checkout: Checkout, tmp_path: Path) -> None:
    link = tmp_path / "tb"
    link.symlink_to(checkout.root / "scripts" / "tb")
    done = subprocess.run(
        [str(link), "search", "word"],
        cwd="/",
        env={"PATH": os.environ["PATH"], "LOG": str(checkout.log)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "answer\n")


@needs_sh
def test_from_the_folder_of_the_scripts(checkout: Checkout) -> None:
    """`sh tb` there gives a script a name without a slash."""
    done = subprocess.run(
        ["sh", "tb", "search", "word"],
        cwd=checkout.root / "scripts",
        env={"PATH": os.environ["PATH"], "LOG": str(checkout.log)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "answer\n", "built\n")


@needs_sh
def test_the_nightly_job_through_a_link(checkout: Checkout, tmp_path: Path) -> None:
    interpreter = checkout.root / ".venv" / "bin" / "python"
    interpreter.write_text('#!/bin/sh\nprintf "%s\\n" "$*"\n', "utf-8")
    link = tmp_path / "nightly"
    link.symlink_to(checkout.root / "scripts" / "rebuild")
    done = subprocess.run(
        [str(link), "--full"], cwd="/", env={}, capture_output=True, text=True, check=False
    )
    assert done.stdout == f"-P {checkout.root}/scripts/parts/rebuild.py --full\n"
    assert (done.returncode, done.stderr) == (0, "")


@needs_sh
def test_a_clone_has_the_same_bytes_on_every_system(tmp_path: Path) -> None:
    """What git does on Windows, where it writes CR LF unless it is told not to."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    places = ["scripts/tb", "scripts/parts/index.sh", "corpus/sources/crlf.txt"]
    repository, clone = tmp_path / "repository", tmp_path / "clone"
    contents = [b"#!/bin/sh\n:\n", b":\n", b"as it came\r\n"]
    for place, content in zip(places, contents, strict=True):
        (repository / place).parent.mkdir(parents=True, exist_ok=True)
        (repository / place).write_bytes(content)
    shutil.copy(ROOT / ".gitattributes", repository)
    who = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "core.autocrlf=true"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run([git, *who, *arguments], cwd=repository, check=True, capture_output=True)
    settings = ["-c", "core.autocrlf=true", "-c", "core.eol=crlf"]
    subprocess.run([git, "clone", "-q", *settings, str(repository), str(clone)], check=True)
    assert [(clone / place).read_bytes() for place in places] == contents


@needs_sh
def test_inputs_that_cannot_be_read_do_not_stop_an_answer(checkout: Checkout) -> None:
    assert checkout.tb("search", "word", BUILD_ENDS="3")[:2] == (0, "answer\n")


@needs_sh
@pytest.mark.parametrize("ending", ["1", "2"])
def test_a_failed_build_leaves_the_last_index_answering(checkout: Checkout, ending: str) -> None:
    checkout.settle()
    _change(checkout)
    code, out, err = checkout.tb("search", "word", BUILD_ENDS=ending)
    assert (code, out) == (0, "answer\n")
    assert "answering from the last good index" in err
    checkout.calls()
    checkout.tb("search", "word")
    assert checkout.calls() == ["build", "search word"], "the change still waits to be built"


@needs_sh
@pytest.mark.parametrize(("ending", "code"), [("1", 2), ("2", 2), ("130", 130)])
def test_a_failed_first_build_ends_it(checkout: Checkout, ending: str, code: int) -> None:
    assert checkout.tb("search", "word", BUILD_ENDS=ending)[:2] == (code, "")


@needs_sh
@pytest.mark.parametrize("place", ["requirements/runtime.txt", "pyproject.toml"])
def test_a_changed_lock_remakes_the_environment(checkout: Checkout, place: str) -> None:
    (checkout.root / place).write_text("changed\n", "utf-8")
    base = checkout.root / "base"
    base.write_text('#!/bin/sh\n[ "$2" = -c ] || echo "$*" >>"$LOG"\n', "utf-8")
    base.chmod(0o755)
    checkout.tb("--version", TREATYBODY_PYTHON=str(base))
    root = checkout.root
    made = f"-I {root}/scripts/parts/environment.py {root} runtime"
    assert checkout.calls() == [made, "--version"]


@needs_sh
def test_without_python_it_says_what_to_do(checkout: Checkout) -> None:
    (checkout.root / "pyproject.toml").write_text("changed\n", "utf-8")
    tools = checkout.root / "tools"
    tools.mkdir()
    for name in ("cmp", "readlink"):
        found = shutil.which(name)
        if found:
            (tools / name).symlink_to(found)
    if any(
        Path(place).exists() for place in ("/opt/homebrew/bin/python3", "/usr/local/bin/python3")
    ):
        pytest.skip("a Python stands in one of the usual places")
    code, _, err = checkout.tb("--version", PATH=str(tools))
    assert code == 2
    assert err.count("\n") == 1
    assert "Python 3.11" in err and "TREATYBODY_PYTHON" in err


def test_a_lock_that_cannot_be_installed_leaves_no_stamp(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    lock = tmp_path / "requirements" / "runtime.txt"
    lock.write_text("treatybody-has-no-such-need==1 --hash=sha256:" + "0" * 64 + "\n", "utf-8")
    (tmp_path / "pyproject.toml").write_text("", "utf-8")
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / "parts" / "environment.py"), str(tmp_path), "runtime"],
        env={**os.environ, "PIP_NO_INDEX": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("treatybody: pip stopped with code 1")
    assert not (tmp_path / ".venv" / "made-from").exists()


@needs_sh
@pytest.mark.parametrize(
    "script",
    [path for path in [*SCRIPTS.iterdir(), ROOT / ".ci" / "run"] if path.is_file()],
    ids=lambda path: path.name,
)
def test_scripts_are_plain_and_executable(script: Path) -> None:
    assert os.access(script, os.X_OK)
    if script.read_text("utf-8").startswith("#!/bin/sh"):
        subprocess.run(["sh", "-n", str(script)], check=True)
