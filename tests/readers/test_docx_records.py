"""A summary record as Word holds it: its numbers are automatic, its procedure is not numbered."""

from __future__ import annotations

from collections.abc import Callable

from treatybody import structure
from treatybody.blocks import Reading
from treatybody.model import Source

Reader = Callable[..., Reading]

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="ParaNoG"><w:name w:val="_ParaNo._G"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


def line(text: str, look: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, name: str = "", level: int = 0, off: bool = False) -> str:
    own = '<w:numId w:val="0"/>' if off else ""
    place = f'<w:numPr><w:ilvl w:val="{level}"/>{own}</w:numPr>' if level or off else ""
    speaker = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{name}</w:t></w:r>" if name else ""
    properties = f'<w:pPr><w:pStyle w:val="ParaNoG"/>{place}</w:pPr>'
    return f'<w:p>{properties}{speaker}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


BODY = "".join(
    (
        line("CMW/C/SR.100"),
        line("Summary record of the 100th meeting", "<w:b/>"),
        line("Held at the Palais Wilson, Geneva, on Tuesday, 17 September 2013, at 3 p.m."),
        line("The meeting was called to order at 3.05 p.m.", "<w:i/>"),
        line("Consideration of reports (continued)", "<w:b/>"),
        numbered("At the invitation of the Chair, the delegation of Mali took places."),
        numbered(" (Mali) said that two laws had been amended:", "Mr. Koné"),
        numbered("The Code of Labour;", level=1),
        numbered("The Penal Code.", level=1),
        numbered("They had entered into force in 2012.", off=True),
        numbered("Both were applied by the courts."),
        numbered(" thanked the delegation.", "The Chair"),
        line("The meeting rose at 6 p.m.", "<w:i/>"),
    )
)


def test_a_summary_record_with_automatic_numbers(read_word: Reader) -> None:
    reading = read_word(BODY, numbering=NUMBERING, styles=STYLES)
    source = Source(file="a.docx", sha256="", reader="docx", reader_version="1", also=[])
    [one] = structure.documents(reading, source)
    assert one.document.type == "summary_record"
    numbers = [p.number for p in one.paragraphs if p.kind == "paragraph"]
    assert numbers == ["1", "2", "3", "4"]
    [second] = [p for p in one.paragraphs if p.number == "2"]
    assert [part.label for part in second.subparagraphs] == ["(a)", "(b)"]
    assert second.text.endswith("They had entered into force in 2012.")
    speakers = [p.speaker and p.speaker.name for p in one.paragraphs if p.number]
    assert speakers == [None, "Mr. Koné", "Mr. Koné", "The Chair"]
