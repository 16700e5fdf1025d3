"""What queries mean: a table of texts and trees, read from the grammar by hand.

Trees are written short: a bare word is Word, 'word' Exact, %pattern Wildcard, word~2 Fuzzy,
/x/ Regex, <a b>~3 Phrase with its joins, [a 5 b] NEAR/5, [a >5 b] ADJ/5, (& a b) And,
(| a b) Or, (! a) Not, {a = b, c} Synonyms, section:a Within, state=PER,CHL Filter,
year=2015..2020 Range and ALL Everything.
"""

from __future__ import annotations

from datetime import date

import pytest

from treatybody.query.parser import parse
from treatybody.query.tree import (
    And,
    Exact,
    Filter,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Range,
    Regex,
    Synonyms,
    Wildcard,
    Within,
    Word,
)

WORDS = [
    ("migrants", "migrants"),
    ("migrant workers", "(& migrant workers)"),
    ("  migrant   workers  ", "(& migrant workers)"),
    ("Migrant WORKERS", "(& migrant workers)"),
    ("Muñoz", "muñoz"),
    ("Mun\u0303oz", "muñoz"),
    ("migrant, workers; families.", "(& migrant workers families)"),
    ("what about detention!", "(& what about detention)"),
    ("migrants' rights", "(& migrants rights)"),
    ("State's", "state's"),
    ("State’s", "state's"),
    ("l’État", "l'état"),
    ("and or not", "not"),
    ("near adj", "(& near adj)"),
    ("C", "c"),
    ("1", "1"),
    ("трудящихся мигрантов", "(& трудящихся мигрантов)"),
    ("移徙工人", "移徙工人"),
    ("العمال المهاجرين", "(& العمال المهاجرين)"),
    ("mi\u00adgrants", "migrants"),
    ("\u200fmigrants\u200e", "migrants"),
    ("migrants\u00a0workers", "(& migrants workers)"),
    ("ｍｉｇｒａｎｔｓ", "migrants"),
    ("foo;bar", "(& foo bar)"),
    ("[sic]", "sic"),
    ("Peru – workers", "(& peru workers)"),
]
HYPHENS = [
    ("non-governmental", "[non >1 governmental]"),
    ("non\u2011governmental", "[non >1 governmental]"),
    ("non\u2010governmental", "[non >1 governmental]"),
    ("follow-up-letter", "[[follow >1 up] >1 letter]"),
    ("re-integrat*", "[re >1 %integrat*]"),
    ("non-*", "%non-*"),
    ("*-governmental", "%*-governmental"),
    ("8–35", "[8 >1 35]"),
    ("migrant -", "migrant"),
    ("migrant - worker", "(& migrant worker)"),
]
NUMBERS_AND_SYMBOLS = [
    ("7,210", "7210"),
    ("7210", "7210"),
    ("1,250,000", "1250000"),
    ("24.1", "24.1"),
    ("10:30", "<10:30>"),
    ("3.05'type", "3.05'type"),
    ("2.5'2.5", "2.5'2.5"),
    ("7,210's", "7,210's"),
    ("a/70/13.0531'x", "<a/70/13.0531'x>"),
    ("13.0531'x-y", "[13.0531'x >1 y]"),
    ("3.05x", "<3.05x>"),
    ("at 10:30 sharp", "(& <10:30> sharp)"),
    ("C/PER", "<c/per>"),
    ("CMW/C/PER/CO/1", "<cmw/c/per/co/1>"),
    ("CMW/C/PER/CO/1.", "<cmw/c/per/co/1>"),
    ("(CMW/C/SR.577)", "<cmw/c/sr.577>"),
    ("C/PER/*", "<c/per/%*>"),
    ("E/C.12/1999/5", "<e/c.12/1999/5>"),
    ("and/or", "<and/or>"),
    ("near/10", "<near/10>"),
    ("No. 003-2023-DRC/RENIEC", "(& no <003-2023-drc/reniec>)"),
    ("35(f)", "(& 35 f)"),
    ("U.N.", "<u.n>"),
    ("R&D", "<r&d>"),
    ("cmw@ohchr.org", "<cmw@ohchr.org>"),
]
STOP_WORDS = [
    ("the rights of the child", "(& rights child)"),
    ("of the", "(& of the)"),
    ("the", "the"),
    ("rights AND the", "(& rights the)"),
    ("(the) rights", "(& the rights)"),
    ("the state:PER", "(& the state=PER)"),
    ("-the rights", "(& (! the) rights)"),
    ("the OR rights", "(| the rights)"),
    ("derechos de los migrantes", "(& derechos de migrantes)"),
    ("group A", "(& group a)"),
    ("a group", "group"),
    ("migrantes y refugiados", "(& migrantes refugiados)"),
    ("the NEAR/3 rights", "[the 3 rights]"),
]
PHRASES = [
    ('"suspensive effect"', "<suspensive effect>"),
    ('"20 per cent"', "<20 per cent>"),
    ('"rights of the child"', "<rights of the child>"),
    ('"non-governmental organizations"', "<non-governmental organizations>"),
    ('"non governmental"', "<non governmental>"),
    ('"workers"', "'workers'"),
    ('"Workers"', "'workers'"),
    ('"7,210 persons"', "<7210 persons>"),
    ('"expuls* of migrants"', "<%expuls* of migrants>"),
    ('"right * appeal"', "<right %* appeal>"),
    ('"wom?n and girls"', "<%wom?n and girls>"),
    ('"expuls*"', "%expuls*"),
    ('"*"', "ALL"),
    ('"migrant workers"~3', "<migrant workers>~3"),
    ('"a, b"', "<a b>"),
    ('"arts. 8-35"', "<arts 8-35>"),
    ('"AND OR NOT"', "<and or not>"),
    ('"state:PER (x)"', "<state:per x>"),
    ('"10:30 a.m."', "<10:30 a.m>"),
    ("“suspensive effect”", "<suspensive effect>"),
    ("„suspensive effect“", "<suspensive effect>"),
    ("«suspensive effect»", "<suspensive effect>"),
    ("»suspensive effect«", "<suspensive effect>"),
    ("「suspensive effect」", "<suspensive effect>"),
    ("‘suspensive effect’", "<suspensive effect>"),
    ("'suspensive effect'", "<suspensive effect>"),
    ("‘State’s report’", "<state's report>"),
    ("＂suspensive effect＂", "<suspensive effect>"),
    ('"suspensive effect”', "<suspensive effect>"),
    ('"the “suspensive effect” of"', "<the suspensive effect of>"),
    ('"a b""c d"', "(& <a b> <c d>)"),
    ('migrant"a b"', "(& migrant <a b>)"),
    ('"CMW/C/PER/CO/1, para. 33"', "<cmw/c/per/co/1 para 33>"),
    ('"移徙工人"', "'移徙工人'"),
]
OPERATORS = [
    ("a OR b", "(| a b)"),
    ("a OR b OR c", "(| a b c)"),
    ("x AND q", "(& x q)"),
    ("x AND q z", "(& x q z)"),
    ("x q OR z", "(| (& x q) z)"),
    ("x (q OR z)", "(& x (| q z))"),
    ("(x q) OR z", "(| (& x q) z)"),
    ("((x))", "x"),
    ("(x q) z", "(& x q z)"),
    ("(x OR q) OR z", "(| x q z)"),
    ("NOT minors", "(! minors)"),
    ("-minors", "(! minors)"),
    ("detention -minors", "(& detention (! minors))"),
    ("detention NOT minors", "(& detention (! minors))"),
    ("detention AND NOT minors", "(& detention (! minors))"),
    ("detention OR NOT minors", "(| detention (! minors))"),
    ("NOT NOT x", "(! (! x))"),
    ("NOT (x OR q)", "(! (| x q))"),
    ("-(x q)", "(! (& x q))"),
    ('-"in absentia" trial', "(& (! <in absentia>) trial)"),
    ("-state:PER", "(! state=PER)"),
    ("-non-governmental", "(! [non >1 governmental])"),
    ("NOT x q", "(& (! x) q)"),
    ("NOT x NEAR/2 q", "(! [x 2 q])"),
    ("x OR(q z)", "(| x (& q z))"),
    ("x NOT(q)", "(& x (! q))"),
    ("（x OR q）", "(| x q)"),
    ("x && q", "(& x q)"),
    ("+x +q", "(& x q)"),
]
NEARS = [
    ("expuls* NEAR/10 appeal*", "[%expuls* 10 %appeal*]"),
    ("x ADJ/3 q", "[x >3 q]"),
    ("x NEAR/1 q NEAR/2 z", "[[x 1 q] 2 z]"),
    ("x NEAR/1 (q NEAR/2 z)", "[x 1 [q 2 z]]"),
    ('"due process" NEAR/5 (expulsion OR deport*)', "[<due process> 5 (| expulsion %deport*)]"),
    ("x q NEAR/5 z", "(& x [q 5 z])"),
    ("x NEAR/5 q z", "(& [x 5 q] z)"),
    ("x NEAR/5 q OR z", "(| [x 5 q] z)"),
    ("detntion~1 NEAR/4 /min.r/", "[detntion~1 4 /min.r/]"),
    ("non-governmental NEAR/4 C/PER", "[[non >1 governmental] 4 <c/per>]"),
    ("(x) NEAR/4 ((q))", "[x 4 q]"),
]
PATTERNS = [
    ("*", "ALL"),
    ("***", "ALL"),
    ("* *", "(& ALL ALL)"),
    ("*:*", "ALL"),
    ("*/*", "<%*/%*>"),
    ("*-*", "%*-*"),
    ("expuls*", "%expuls*"),
    ("Expuls*", "%expuls*"),
    ("*employment", "%*employment"),
    ("*employ*", "%*employ*"),
    ("wom?n", "%wom?n"),
    ("wom??", "%wom??"),
    ("a**b", "%a*b"),
    ("detention ?", "detention"),
    ("detention?", "%detention?"),
    ("28*", "%28*"),
    ("wom？n", "%wom?n"),
    ("l'expuls*", "%l'expuls*"),
    ("detntion~", "detntion~2"),
    ("costody~1", "costody~1"),
    ("costody~2", "costody~2"),
    ("womn~", "womn~1"),
    ("non-govermental~", "non-govermental~2"),
    ("/re-?integrat.*/", "/re-?integrat.*/"),
    ("/Wom[ae]n/", "/wom[ae]n/"),
    (r"/art\.?/", r"/art\.?/"),
    ("/(in|de)tention/", "/(in|de)tention/"),
    ("(/a.c/ OR x)", "(| /a.c/ x)"),
    (r"/\d{4}/", r"/\d{4}/"),
]
FIELDS = [
    ("state:PER", "state=PER"),
    ("STATE:per", "state=PER"),
    ("state:Peru", "state=PER"),
    ("state:Perú", "state=PER"),
    ("state:Pérou", "state=PER"),
    ("state:Перу", "state=PER"),
    ("state:秘鲁", "state=PER"),
    ("state:بيرو", "state=PER"),
    ("state:peruvian", "state=PER"),
    ('state:"Costa Rica"', "state=CRI"),
    ("state:“Costa Rica”", "state=CRI"),
    ("state:'Costa Rica' x", "(& state=CRI x)"),
    ("state:‘Costa Rica’,PER", "state=CRI,PER"),
    ("state:(PER OR CHL)", "state=PER,CHL"),
    ("state:(Costa Rica, Peru)", "state=CRI,PER"),
    ('state:"Costa Rica",PER', "state=CRI,PER"),
    ("state:PER,PER", "state=PER"),
    ("type:CO", "type=concluding_observations"),
    ("type:co,loi", "type=concluding_observations,list_of_issues"),
    ("type:LOIPR", "type=list_of_issues_prior_to_reporting"),
    ("type:RLOI", "type=replies_to_list_of_issues"),
    ("type:SR", "type=summary_record"),
    ("type:FUR", "type=follow_up_report"),
    ("type:FUL", "type=follow_up_letter"),
    ("type:GC", "type=general_comment"),
    ("type:SPR", "type=state_report"),
    ("type:concluding_observations", "type=concluding_observations"),
    ('type:"Concluding Observations"', "type=concluding_observations"),
    ('type:"list of issues"', "type=list_of_issues"),
    ("committee:CMW", "committee=CMW"),
    ("committee:ICRMW", "committee=CMW"),
    ("committee:iccpr", "committee=CCPR"),
    ('committee:"Committee against Torture"', "committee=CAT"),
    ("symbol:CMW/C/PER/*", "symbol=CMW/C/PER/*"),
    ("symbol:CMW/C/SR.577", "symbol=CMW/C/SR.577"),
    ("document:CMW/followup/29/bs", "document=CMW/followup/29/bs"),
    ("document:CMW/C/PER/CO/1@es", "document=CMW/C/PER/CO/1@es"),
    ("kind:procedural", "kind=procedural"),
    ("has:footnotes", "has=note"),
    ("has:note,speaker", "has=note,speaker"),
    ("note:*", "has=note"),
    ('section:"*"', "has=section"),
    ("-speaker:**", "(! has=speaker)"),
    ("state:*", "state=*"),
    ("-state:*", "(! state=*)"),
    ("session:*", "session=*"),
    ("committee:* language:* cycle:*", "(& committee=* language=* cycle=*)"),
    ("ibid note:*", "(& ibid has=note)"),
    ("kind:tables", "kind=table"),
    ("kind:all", "kind=paragraph,procedural,table,annex,title"),
    ("language:es", "language=es"),
    ("language:Español", "language=es"),
    ("language:German", "language=de"),
    ("session:22", "session=22"),
    ("session:22nd", "session=22"),
    ("session:20..22", "session=20,21,22"),
    ("cycle:2-3", "cycle=2-3"),
    ("article:58", "article=58"),
    ("article:16(1)", "article=16(1)"),
    ('article:"16 (1)"', "article=16(1)"),
    ("article:8..10", "article=8,9,10"),
    ('article:"ICRMW art. 58"', "article=ICRMW art. 58"),
    ('article:"CMW 58"', "article=ICRMW art. 58"),
    ("article:CRC:12", "article=CRC art. 12"),
    ('article:"art. 12"', "article=12"),
    ("cites:CMW/C/PER/CO/1", "cites=CMW/C/PER/CO/1"),
    ("cites:CMW/C/PER/CO/1#33", "cites=CMW/C/PER/CO/1#33"),
    ('cites:"CMW/C/PER/CO/1, para. 33"', "cites=CMW/C/PER/CO/1#33"),
    ("section:data", "section:data"),
    ('section:"data collection"', "section:<data collection>"),
    ("section:(data OR statistics)", "section:(| data statistics)"),
    ("section:expuls*", "section:%expuls*"),
    ("section:non-discrimination", "section:[non >1 discrimination]"),
    ("section:(x NEAR/3 y)", "section:[x 3 y]"),
    ('note:"Ibid"', "note:'ibid'"),
    ("note:/ib.d/", "note:/ib.d/"),
    ("speaker:Ceriani", "speaker:'ceriani'"),
    ('speaker:"Mr. Ceriani Cernadas"', "speaker:<mr ceriani cernadas>"),
    ("speaker:(Ceriani OR Tall)", "speaker:(| 'ceriani' 'tall')"),
    ("x state:PER z", "(& x state=PER z)"),
    ("x OR state:PER", "(| x state=PER)"),
    ("(x state:PER)", "(& x state=PER)"),
    ("Peru: report", "(& peru report)"),
    ("(see Peru:)", "(& see peru)"),
    ("query:asylum x", "(& (| asylum refugees) x)"),
    ("query:asylum,camps", "(| asylum refugees camps)"),
    ("state：PER", "(& state per)"),
]
RANGES = [
    ("year:2015", "year=2015..2015"),
    ("year:2015..2020", "year=2015..2020"),
    ("year:2015..", "year=2015.."),
    ("year:..2020", "year=..2020"),
    ("year:2015,2018..2020", "(| year=2015..2015 year=2018..2020)"),
    ("date:2015-04", "date=2015-04..2015-04"),
    ("date:2015..2018-09-13", "date=2015..2018-09-13"),
    ("date:2015-4-3", "date=2015-04-03..2015-04-03"),
    ('date:"23 April 2015"', "date=2015-04-23..2015-04-23"),
    ('date:"23 April 2015".."2 mai 2016"', "date=2015-04-23..2016-05-02"),
    ("date:today", "date=2024-12-05..2024-12-05"),
    ("date:yesterday..", "date=2024-12-04.."),
    ("date:today-90d..", "date=2024-09-06.."),
    ("date:today-6m..today", "date=2024-06-05..2024-12-05"),
    ("date:today-2y..", "date=2022-12-05.."),
    ("para:33", "para=33..33"),
    ("para:31..33", "para=31..33"),
    ("para:24.1", "para=24.1..24.1"),
    ("para:40..", "para=40.."),
    ("para:*", "para=.."),
    ("-date:*", "(! date=..)"),
    ("year:*", "year=.."),
    ("para:1,5..7", "(| para=1..1 para=5..7)"),
]
SYNONYM_GROUPS = [
    ("IDP", "{idp = [[internally >1 displaced] >1 person]}"),
    ("idps", "{idps = [[internally >1 displaced] >1 person]}"),
    ("internally displaced persons", "{(& internally displaced persons) = idp}"),
    ("the internally displaced person", "{(& internally displaced person) = idp}"),
    ("State party", "{(& state party) = [party >1 state]}"),
    ("States parties agree", "(& {(& states parties) = [party >1 state]} agree)"),
    ('"State party"', "<state party>"),
    ('"IDP"', "'idp'"),
    ("state AND party", "(& state party)"),
    ("state (party)", "(& state party)"),
    ("state OR party", "(| state party)"),
    ("state -party", "(& state (! party))"),
    ("NOT IDP", "(! {idp = [[internally >1 displaced] >1 person]})"),
    ("IDP NEAR/5 camp", "[{idp = [[internally >1 displaced] >1 person]} 5 camp]"),
    ("section:NGO", "section:{ngo = [[non >1 governmental] >1 organization]}"),
    ("non-governmental organization", "{(& [non >1 governmental] organization) = ngo}"),
    ("nongovernmental", "{nongovernmental = [non >1 governmental]}"),
    ("right to health", "{(& right to health) = [health >1 rights]}"),
    ("Act No. 28950", "{(& act no 28950) = [[law >1 no] >1 28950]}"),
    ("law 28950", "{(& law 28950) = [act >1 28950]}"),
    ("the law applies", "(& law applies)"),
    ("ILO No. 189", "{(& ilo no 189) = [[domestic >1 workers] >1 convention]}"),
    ("IDP*", "%idp*"),
    ("idp~1", "idp~1"),
    ("speaker:IDP", "speaker:'idp'"),
]
TABLE = [
    row
    for table in (
        WORDS,
        HYPHENS,
        NUMBERS_AND_SYMBOLS,
        STOP_WORDS,
        PHRASES,
        OPERATORS,
        NEARS,
        PATTERNS,
        FIELDS,
        RANGES,
    )
    for row in table
]


def short(node: Node) -> str:
    """The tree in the notation of the table."""
    match node:
        case Word(text):
            return text
        case Exact(text):
            return f"'{text}'"
        case Wildcard(pattern):
            return f"%{pattern}"
        case Fuzzy(text, distance):
            return f"{text}~{distance}"
        case Regex(pattern):
            return f"/{pattern}/"
        case Phrase(parts, slop):
            words = "".join(
                part.join + (part.term.text if isinstance(part.term, Exact) else short(part.term))
                for part in parts
            )
            return f"<{words}>" + (f"~{slop}" if slop else "")
        case Near(left, right, distance, ordered):
            return f"[{short(left)} {'>' * ordered}{distance} {short(right)}]"
        case And(items):
            return f"(& {' '.join(map(short, items))})"
        case Or(items):
            return f"(| {' '.join(map(short, items))})"
        case Not(item):
            return f"(! {short(item)})"
        case Synonyms(typed, others):
            return f"{{{short(typed)} = {', '.join(map(short, others))}}}"
        case Within(field, inner):
            return f"{field}:{short(inner)}"
        case Filter(field, values):
            return f"{field}={','.join(values)}"
        case Range(field, low, high):
            return f"{field}={low or ''}..{high or ''}"
    return "ALL"


def test_the_table_is_large() -> None:
    texts = [text for text, _ in TABLE + SYNONYM_GROUPS]
    assert len(texts) == len(set(texts)) >= 150


@pytest.mark.parametrize(("text", "tree"), TABLE)
def test_trees(text: str, tree: str) -> None:
    saved = {"asylum": "asylum OR refugees", "camps": "camps"}
    found = parse(text, today=date(2024, 12, 5), synonyms=False, saved=saved).tree
    assert short(found) == tree


@pytest.mark.parametrize(("text", "tree"), SYNONYM_GROUPS)
def test_synonyms(own_synonyms: None, text: str, tree: str) -> None:
    assert short(parse(text).tree) == tree


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("rights of the child", "too common to be required outside quotes: `of`, `the`"),
        ("x z OR c", "OR parts whole groups of words; this was read as (x z) OR c"),
        ("migrant - worker", "a lone - was left out; to exclude a word write -word"),
        ("x && y", "&& is no operator here and was left out; write AND"),
        ("x|y", "| is no operator here and was left out; write OR"),
        ("x&&y", "&& is no operator here and was left out; write AND"),
        ("x || y", "|| is no operator here and was left out; write OR"),
        ("!x", "! is no operator here and was left out; write NOT or -word"),
        ("+x", "+ was left out: every word is required anyhow"),
        ("x^2 y", "^ was left out: words can't be weighted"),
        ("~x", "~ was left out; it stands behind a word: word~"),
        ("–minors x", "– is a dash, not a minus: nothing is excluded by it"),
        ("why ?", "a lone ? was left out; ? stands for one letter of a word"),
        ("near/10 x", "`near/10` is searched as words; the operator is NEAR/10"),
        ("x W/5 z", "`W/5` is searched as words; the operator is NEAR/5"),
        ("x PRE/3 z", "`PRE/3` is searched as words; the operator is ADJ/3"),
        ("x or y", "`or` is searched as a word; the operator is OR"),
        ("stat: PER", "`stat:` was read as a word, not as the field `state`"),
        ("query:old", "in query:old: + was left out: every word is required anyhow"),
    ],
)
def test_notes(text: str, note: str) -> None:
    assert note in parse(text, synonyms=False, saved={"old": "+x"}).notes


def test_a_question_mark_behind_a_word_is_said() -> None:
    (note,) = parse("detention?").notes
    assert "exactly one letter" in note


@pytest.mark.parametrize("text", ["/detentions?/", r"/3[35]\d?/", "/migrants?/ women"])
def test_a_question_mark_of_a_regular_expression_is_optional(text: str) -> None:
    assert parse(text).notes == ()


def test_a_plain_query_has_nothing_to_say() -> None:
    assert parse('"suspensive effect" state:PER -minors').notes == ()
