import pytest

from treatybody.corpus import locate, passed_over, source_files
from treatybody.errors import CorpusError, NoCorpus


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "corpus" / "sources").mkdir(parents=True)
    return tmp_path / "corpus"


def test_named_folder_wins_over_environment(corpus, tmp_path):
    found = locate(corpus, None, {"TREATYBODY_CORPUS": "/nowhere"}, tmp_path)
    assert (found.root, found.index) == (corpus, corpus.parent / "index")


def test_folder_that_holds_a_corpus_is_enough(corpus, tmp_path):
    assert locate(tmp_path, None, {}, tmp_path).root == corpus


def test_environment_then_nearest_upward(corpus, tmp_path):
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert locate(None, None, {}, deep).root == corpus
    found = locate(None, None, {"TREATYBODY_CORPUS": str(corpus), "TREATYBODY_INDEX": "x"}, deep)
    assert str(found.index) == "x"


def test_no_corpus_says_what_to_do(tmp_path):
    with pytest.raises(NoCorpus, match="--corpus DIR"):
        locate(None, None, {}, tmp_path)
    with pytest.raises(CorpusError, match="there is no folder"):
        locate(tmp_path / "missing", None, {}, tmp_path)
    with pytest.raises(CorpusError, match="put the documents into"):
        locate(tmp_path, None, {}, tmp_path)


def test_source_files_are_sorted_and_stay_inside(corpus):
    for name in ("b.txt", "a/c.txt", ".hidden", "~$lock.docx", "Thumbs.db", "a/desktop.ini"):
        (corpus / "sources" / name).parent.mkdir(exist_ok=True)
        (corpus / "sources" / name).write_text("x")
    (corpus / "sources" / "folder").symlink_to("/")
    assert [file for file, _ in source_files(corpus / "sources")] == ["a/c.txt", "b.txt"]
    ((folder, why),) = passed_over(corpus / "sources")
    assert folder == "folder"
    assert why == "a link to a folder is not followed; put the folder itself there"


def test_links_that_lead_nowhere_are_seen(corpus):
    """They are listed as unreadable: a document that vanishes without a word is the worst case."""
    (corpus / "sources" / "gone.docx").symlink_to("/no/such/file")
    (corpus / "sources" / "circle").symlink_to("circle")
    assert [file for file, _ in source_files(corpus / "sources")] == ["circle", "gone.docx"]
