"""The job in the shell: two spreadsheets in, an answer with reasons out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import real_data
from guyub.engine.diffusion.simulations import simulate
from guyub.interfaces.cli import main
from guyub.interfaces.cli.frame_from_files import frame_from_files
from guyub.interfaces.transfer.scales import Counting

PEOPLE = """\
id,name,dusun,office,stance,initiative,kept
a,Asih,Krajan,,1,4,3
b,Bowo,Krajan,kadus,3,1,0
c,Citra,Kali,,2,2,0
d,Dono,Kali,,5,4,0
e,Eka,Kali,,,,
f,Feri,Seberang,,,,
"""
TIES = """\
from,to,kind,strength
a,b,friend,5
a,c,kin,5
c,e,neighbour,4
d,e,kin,5
b,a,nomination,
c,a,trust,4
e,nobody,friend,3
e,e,friend,3
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "ties.csv").write_text(TIES)
    counted = ["--stance", "1-is-support", "--traits", "0-4"]
    return [
        "--people",
        str(tmp_path / "people.csv"),
        "--ties",
        str(tmp_path / "ties.csv"),
        *counted,
    ]


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main([*words, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_plan_as_json_holds_what_others_build_on(files: list[str], capsys: Any) -> None:
    plan = told(capsys, "catalysts", *files, "-k", "2")

    assert {"catalysts", "reach", "guarantee", "comparison", "seed", "spread"} <= set(plan)
    assert [set(each) for each in plan["catalysts"]] == [
        {"id", "name", "marginal_reach", "reasons", "starting"}
    ] * 2
    assert set(plan["reach"]) >= {"expected", "low", "high"}
    assert plan["reach"]["low"] <= plan["reach"]["expected"] <= plan["reach"]["high"]
    assert set(plan["comparison"]) >= {"most_ties", "betweenness", "k_core", "random"}
    assert set(plan["comparison"]) >= {"nominations", "formal_leaders", "diffusion_centrality"}
    assert (plan["seed"], plan["spread"], plan["people"]) == (1, "model", 6)


def test_the_reasons_tell_of_deeds_trust_and_bridges(files: list[str], capsys: Any) -> None:
    plan = told(capsys, "catalysts", *files, "-k", "1")

    (first,) = plan["catalysts"]
    assert first["id"] == "a"
    said = " / ".join(first["reasons"])
    assert "kept 3 of 3 promises" in said
    assert "starts things without being asked" in said
    assert "named by 1" in said
    assert "trusted by 1" in said
    assert "1 tie into another place: Kali" in said


def test_the_reasons_speak_indonesian(files: list[str], capsys: Any) -> None:
    plan = told(capsys, "catalysts", *files, "-k", "1", "--language", "id")

    assert "menepati 3 dari 3 janji" in plan["catalysts"][0]["reasons"]
    assert any("tidak pernah lengkap" in each for each in plan["assumptions"])


def test_who_stands_against_is_never_chosen(files: list[str], capsys: Any) -> None:
    plan = told(capsys, "catalysts", *files, "-k", "5")

    assert "d" not in {each["id"] for each in plan["catalysts"]}


def test_somebody_may_be_left_out(files: list[str], capsys: Any) -> None:
    plan = told(capsys, "catalysts", *files, "-k", "2", "--exclude", "a,c")

    assert not {"a", "c"} & {each["id"] for each in plan["catalysts"]}


def test_the_same_seed_gives_the_same_answer(files: list[str], capsys: Any) -> None:
    first = told(capsys, "catalysts", *files, "-k", "2", "--seed", "7")

    assert told(capsys, "catalysts", *files, "-k", "2", "--seed", "7") == first


def test_what_was_left_out_is_told(files: list[str], capsys: Any) -> None:
    main(["catalysts", *files, "-k", "1"])

    said = capsys.readouterr().err
    assert "1 tie names someone who is not in the list; left out" in said
    assert "1 tie leads from someone to themselves; left out" in said


def test_a_table_says_who_why_and_how_sure(files: list[str], capsys: Any) -> None:
    main(["catalysts", *files, "-k", "2", "--language", "en"])

    said = capsys.readouterr().out
    assert "1. Asih (a), often starts things (55 %), adds" in said
    assert "most ties" in said
    assert "never complete" in said


def test_csv_opens_in_a_spreadsheet(files: list[str], capsys: Any) -> None:
    main(["catalysts", *files, "-k", "2", "--format", "csv"])

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["place"] for row in rows] == ["1", "2"]
    assert rows[0]["id"] == "a"


def test_cohesion_tells_parts_bridges_and_who_stands_alone(files: list[str], capsys: Any) -> None:
    found = told(capsys, "cohesion", *files)

    assert (found["people"], found["ties"], found["components"]) == (6, 4, 2)
    assert found["isolates"] == ["f"]
    assert ["a", "c"] in found["bridges"]
    assert set(found["cut_people"]) == {"a", "c", "e"}
    assert found["external_internal"]["index"] == pytest.approx((1 - 3) / 4)


@pytest.mark.parametrize("form", ["table", "csv"])
def test_cohesion_speaks_both_languages(files: list[str], capsys: Any, form: str) -> None:
    main(["cohesion", *files, "--language", "id", "--format", form])

    assert "kepadatan" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-k", "6"], "6 people cannot be chosen: 5 of 6 may be"),
        (["-k", "0"], "0 people cannot be chosen"),
        (["--exclude", "zz"], "Nobody in the list has the id 'zz'"),
        (["--spread", "gossip"], "gossip"),
        (["--spread", "constant:2"], "constant"),
        (["--wave", "3"], ""),
    ],
)
def test_a_wish_that_cannot_be_met_is_answered_in_a_sentence(
    files: list[str], capsys: Any, words: list[str], said: str
) -> None:
    code = main(["catalysts", *files, *words])

    assert code == (2 if said else 0)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        ("", "is empty"),
        ("colour,size\nred,3\n", "has no column 'id' or 'name'"),
        ("id,name\n", "holds nobody"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    files: list[str], capsys: Any, content: str | None, said: str
) -> None:
    people = Path(files[1])
    people.unlink() if content is None else people.write_text(content)

    assert main(["catalysts", *files]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "people.csv" in error


SPREADS = ("model", "weighted-cascade", "constant:0.1")


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("count", [5, 10])
@pytest.mark.parametrize("name", real_data.NAMES)
def test_on_real_communities_the_plan_reaches_as_many_as_any_usual_choice(
    capsys: Any, name: str, count: int, spread: str
) -> None:
    people, ties = real_data.files(name)
    words = ["catalysts", "--people", people, "--ties", ties, "-k", str(count)]
    plan = told(capsys, *words, "--spread", spread, "--objective", "reach")

    reach = plan["reach"]
    for method, other in plan["comparison"].items():
        # Two 99 % intervals that touch: within the error of the simulation.
        assert reach["high"] >= other["low"], method
    frame = frame_from_files(people, ties).frame
    chosen = [frame.id.index(each["id"]) for each in plan["catalysts"]]
    again = simulate(frame.diffusion(spread), chosen, seed=4711, simulations=4000).reach
    assert reach["low"] <= again.high
    assert again.low <= reach["high"]
    assert sum(each["marginal_reach"] for each in plan["catalysts"]) == pytest.approx(
        reach["expected"], abs=0.01
    )


@pytest.mark.parametrize("command", ["catalysts", "cohesion"])
def test_a_stance_counts_only_when_its_direction_was_said(
    files: list[str], capsys: Any, command: str
) -> None:
    assert main([command, *files[:4]]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert "--stance 1-is-support (" in said.err
    assert "--stance 5-is-support (" in said.err


def test_allies_counted_from_the_other_end_are_no_opponents(files: list[str], capsys: Any) -> None:
    ours = told(capsys, "catalysts", *files, "-k", "4")
    theirs = told(capsys, "catalysts", *files, "-k", "4", "--stance", "5-is-support")

    # Dono counts 5, Asih 1; an opponent is never chosen.
    assert "d" not in {each["id"] for each in ours["catalysts"]}
    assert "a" not in {each["id"] for each in theirs["catalysts"]}


def test_a_person_without_an_id_is_called_by_name(tmp_path: Path) -> None:
    people, ties = tmp_path / "people.csv", tmp_path / "ties.csv"
    people.write_text("id,name,nik\nw1,Asih,3301010101010001\n,Bowo,3301010101010002\n")
    ties.write_text("from,to\nw1,Bowo\n")

    frame = frame_from_files(str(people), str(ties)).frame

    # The number of an identity card is nobody's id here.
    assert frame.id == ("w1", "Bowo")
    assert frame.source.size == 1


def test_parquet_is_read_as_csv_is(files: list[str], tmp_path: Path) -> None:
    from pyarrow import csv as arrow
    from pyarrow import parquet

    for name in ("people", "ties"):
        parquet.write_table(arrow.read_csv(tmp_path / f"{name}.csv"), tmp_path / f"{name}.parquet")
    counting = Counting(stance="1-is-support")
    people, ties = tmp_path / "people.parquet", tmp_path / "ties.parquet"
    as_parquet = frame_from_files(str(people), str(ties), counting=counting)

    as_csv = frame_from_files(files[1], files[3], counting=counting)
    assert as_parquet.frame.equals(as_csv.frame)


def test_a_plan_for_a_habit_says_that_nothing_is_proved(files: list[str], capsys: Any) -> None:
    plan = told(capsys, "catalysts", *files, "-k", "2", "--needs", "2")

    assert (plan["guarantee"], plan["confidence"], plan["needs"]) == (None, None, 2)
    assert list(plan["comparison"])[0] == "news"
    assert any("seen it in 2 others" in each for each in plan["assumptions"])
    main(["catalysts", *files, "-k", "2", "--needs", "2"])
    said = capsys.readouterr().out
    assert "the plan for news" in said
    assert "at least" not in said


def test_a_plan_that_looks_to_places_tells_of_each(files: list[str], capsys: Any) -> None:
    plan = told(capsys, "catalysts", *files, "-k", "2", "--fair-by", "sub_community")

    fairness = plan["fairness"]
    assert (fairness["by"], fairness["aim"]) == ("sub_community", "welfare")
    assert set(fairness["groups"]) == {"Krajan", "Kali", "Seberang"}
    assert list(plan["comparison"])[0] == "plain"
    main(["catalysts", *files, "-k", "2", "--fair-by", "sub_community", "--language", "id"])
    said = capsys.readouterr().out
    assert "Seberapa jauh tiap kelompok terjangkau:" in said
    assert "Krajan: " in said
    assert "Harganya " in said


def test_a_habit_that_looks_to_groups_is_refused(files: list[str], capsys: Any) -> None:
    wished = ["-k", "2", "--needs", "2", "--fair-by", "sub_community"]

    assert main(["catalysts", *files, *wished]) == 2

    assert "not for a habit" in capsys.readouterr().err


def test_visits_keep_to_the_hours_there_are(files: list[str], capsys: Any) -> None:
    wished = ["--hours", "3", "--visit", "1,5", "--visit", "Kali=3"]

    plan = told(capsys, "catalysts", *files, *wished)

    visits = plan["visits"]
    assert [visit["people"] for visit in visits["visits"]] == [["a"], ["b"]]
    assert (visits["there"], visits["taken"]) == (3.0, 3.0)
    assert {"expected", "low", "high"} <= visits["price"].keys()
    main(["catalysts", *files, *wished, "--language", "id"])
    said = capsys.readouterr().out
    assert "  1. a, 1,5 jam" in said
    assert "Semuanya memakan 3,0 dari 3,0 jam." in said
    assert "dalam jam yang sama" in said


@pytest.mark.parametrize(
    ("wished", "fragment"),
    [
        (["--visit", "2"], "go with --hours"),
        (["--households"], "go with --hours"),
        (["--hours", "3", "--visit", "Kali"], "write a number of hours, or PLACE=hours"),
        (["--hours", "0.5"], "No visit fits into the budget"),
    ],
)
def test_hours_that_make_no_sense_are_refused(
    files: list[str], capsys: Any, wished: list[str], fragment: str
) -> None:
    assert main(["catalysts", *files, *wished]) == 2

    assert fragment in capsys.readouterr().err


def test_those_who_speak_against_it_are_reckoned_with(files: list[str], capsys: Any) -> None:
    plan = told(capsys, "catalysts", *files, "-k", "2", "--speak-against")

    assert plan["contest"]["speakers"] == 1
    assert plan["contest"]["unopposed"]["expected"] >= plan["reach"]["expected"]
    assert plan["contest"]["more"] is not None
    assert any("spread the opposite" in each for each in plan["assumptions"])
    main(["catalysts", *files, "-k", "2", "--speak-against", "--language", "id"])
    said = capsys.readouterr().out
    assert "Yang angkat suara menentang: 1 orang." in said
    assert "yang tidak memperhitungkan mereka" in said


def test_a_choice_of_ones_own_stands_beside_the_best(files: list[str], capsys: Any) -> None:
    plan = told(capsys, "catalysts", *files, "--choose", "f,e")

    assert [each["id"] for each in plan["catalysts"]] == ["f", "e"]
    assert plan["by_hand"] is True
    assert plan["comparison"]["plain"]["expected"] > plan["reach"]["expected"]
    assert 0.0 < plan["guarantee"] < 1.0


def lists(folder: Path, people: str, ties: str) -> list[str]:
    (folder / "people.csv").write_text(people)
    (folder / "ties.csv").write_text(ties)
    return ["--people", str(folder / "people.csv"), "--ties", str(folder / "ties.csv")]


NAMES = "id\na\nb\nc\nd\ne\n"
STAR = "from,to\na,b\na,c\nd,e\n"


def test_a_list_of_ties_alone_gives_a_plan_that_says_so_first(tmp_path: Path, capsys: Any) -> None:
    files = lists(tmp_path, NAMES, STAR)

    plan = told(capsys, "catalysts", *files, "-k", "1")

    assert plan["objective"] == "reach"
    assert plan["assumptions"][0].startswith("By ties alone: nothing is known yet of who starts")
    main(["catalysts", *files, "-k", "1", "--language", "id"])
    said = capsys.readouterr().out
    assert said.index("Menurut ikatan saja") < said.index("  1. a")


def test_whoever_insists_on_self_starters_is_told_whom_to_hear(tmp_path: Path, capsys: Any) -> None:
    files = lists(tmp_path, NAMES, STAR)

    assert main(["catalysts", *files, "-k", "1", "--objective", "self-starters"]) == 2

    assert "Hear these people first: a" in capsys.readouterr().err


def test_without_ties_and_evidence_there_is_no_plan(tmp_path: Path, capsys: Any) -> None:
    files = lists(tmp_path, NAMES, "from,to\n")

    assert main(["catalysts", *files, "-k", "1"]) == 2

    assert "Hear these people first" in capsys.readouterr().err


def test_columns_of_acts_and_traits_say_who_starts(tmp_path: Path, capsys: Any) -> None:
    people = (
        "id,hosted,mengatur acara,tugas selesai,promises broken,overdue,diminta memimpin,visi,met\n"
        "a,,,,4,2,no,,yes\nb,2,1,3,,,ya,4,yes\nc,,,,,,,,\nd,,,,,,,,\ne,,,,,,,,\n"
    )
    files = [*lists(tmp_path, people, STAR), "--traits", "0-4"]

    first = told(capsys, "catalysts", *files, "-k", "1")["catalysts"][0]
    by_reach = told(capsys, "catalysts", *files, "-k", "1", "--objective", "reach")

    assert first["id"] == "b"
    assert first["starting"]["word"] == "often"
    terms = first["starting"]["terms"]
    assert terms == {"acts": 1.9459, "traits": 0.5, "named": 0.0, "asked": 1.0}
    assert by_reach["catalysts"][0]["id"] == "a"


def test_an_empty_answer_is_no_answer(tmp_path: Path) -> None:
    people = "id,asked to lead\na,yes\nb,no\nc,\nd,maybe\n"
    _, people_file, _, ties_file = lists(tmp_path, people, "from,to\n")

    frame = frame_from_files(people_file, ties_file).frame

    assert frame.asked_to_lead.tolist() == [1, -1, 0, 0]


def test_a_tie_that_stands_in_a_list_again_counts_once_and_is_told(
    tmp_path: Path, capsys: Any
) -> None:
    once = lists(tmp_path, NAMES, STAR)
    plain = told(capsys, "catalysts", *once, "-k", "1")
    again = lists(tmp_path, NAMES, STAR + "d,e\n" * 3)

    repeated = told(capsys, "catalysts", *again, "-k", "1")

    assert [each["id"] for each in repeated["catalysts"]] == ["a"]
    assert repeated["reach"] == plain["reach"]
    assert any("3 ties are told twice by the same person" in each for each in repeated["notes"])
