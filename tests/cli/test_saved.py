"""Saved queries, and what is new for them."""

import shutil
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import run_tb
from treatybody.cycle import saved
from treatybody.cycle.saved import SavedQuery
from treatybody.errors import UsageError


@pytest.fixture
def home(seeds, tmp_path):
    shutil.copytree(seeds, tmp_path / "home")

    def run(*arguments):
        state = str(tmp_path / "state")
        return run_tb(*arguments, cwd=tmp_path / "home", XDG_STATE_HOME=state, HOME=state)

    return tmp_path / "home", run


def test_a_saved_query_is_used_with_its_filters(home):
    place, run = home
    assert run("save", "mine", '"suspensive effect"', "--type", "CO", "--note", "x").returncode == 0
    found = run("search", "query:mine")
    assert found.stdout.startswith("CMW/C/PER/CO/1, para. 33\t")
    assert found.stdout.count("\n") == 1
    assert run("search", "query:mine -expulsion", "--count").stdout == "0\n"
    content = tomllib.loads((place / "corpus/queries.toml").read_text())
    assert content == {
        "query": [
            {
                "name": "mine",
                "query": '"suspensive effect"',
                "filters": {"type": "CO"},
                "note": "x",
            }
        ]
    }


def test_python_api_knows_saved_queries(home):
    import treatybody

    place, run = home
    run("save", "mine", "remittances")
    corpus = treatybody.open(place / "corpus")
    assert corpus.count("query:mine") == corpus.count("remittances") > 0


def test_saving_again_needs_force_and_keeps_what_else_stands_there(home):
    place, run = home
    file = place / "corpus/queries.toml"
    file.write_text('# my remark\n[[query]]\nname = "a"\nquery = "one" # why\n')
    assert run("save", "b", "two").returncode == 0
    refused = run("save", "b", "three")
    assert (refused.returncode, "--force" in refused.stderr) == (2, True)
    assert run("save", "b", "three", "--force").returncode == 0
    text = file.read_text()
    assert "# my remark" in text and "# why" in text and "three" in text and "two" not in text
    assert run("save", "--remove", "b").returncode == 0
    assert tomllib.loads(file.read_text())["query"] == [{"name": "a", "query": "one"}]
    assert run("save", "--remove", "b").returncode == 2


WRONG = [
    (("save", "x", '"open'), "quote"),
    (("save", "a b", "x"), "can't name a query"),
    (("save", "x"), "write the query"),
    (("save", "x", "query:x"), "circle"),
    (("save", "x", "query:y"), "no saved query `y`"),
    (("watch", "nobody"), "no queries are saved"),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_what_cant_be_saved_is_refused(home, arguments, sentence):
    place, run = home
    done = run(*arguments)
    assert done.returncode == 2
    assert sentence in done.stderr + done.stdout
    assert not (place / "corpus/queries.toml").exists() or arguments[0] == "watch"


def test_watch_tells_what_came_and_what_changed(home):
    place, run = home
    run("save", "suspensive", '"suspensive effect"')
    first = run("watch", "suspensive")
    assert (first.returncode, first.stdout.count("\n")) == (0, 4)
    again = run("watch", "suspensive")
    assert (again.returncode, again.stdout) == (1, "")
    source = place / "corpus/sources/follow-up-letter_PER_2018.txt"
    text = source.read_text()
    source.write_text(text.replace("Regarding the recommendation", "Concerning the recommendation"))
    assert run("build").returncode == 0
    peeked = run("watch", "suspensive", "--peek")
    assert peeked.stdout.startswith("CMW/followup/29/bs, 5th paragraph\tConcerning")
    changed = run("watch")
    assert (changed.returncode, changed.stdout) == (0, peeked.stdout)
    source.unlink()
    run("build")
    gone = run("watch")
    assert (gone.returncode, "1 gone" in gone.stderr) == (1, True)


names = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(st.lists(st.tuples(names, texts), min_size=1, max_size=4))
def test_whatever_the_text_the_file_gives_it_back(pairs):
    blocks = {name: SavedQuery(name, text, {"type": text}, text) for name, text in pairs}
    text = "\n".join(map(saved._block, blocks.values()))
    for entry in tomllib.loads(text)["query"]:
        assert saved._entry(entry, None, None) == blocks[entry["name"]]


def test_other_ways_of_writing_the_file(tmp_path):
    place = tmp_path / "q.toml"
    place.write_text('short = "a b"\n[long]\nquery = "c"\ntype = ["CO", "LOI"]\nnotes = "n"\n')
    assert saved.read(place) == [
        SavedQuery("short", "a b"),
        SavedQuery("long", "c", {"type": "CO,LOI"}, "n"),
    ]
    with pytest.raises(UsageError, match="by hand"):
        saved.save(place, SavedQuery("short", "x"), force=True)
    assert "a b" in place.read_text()
