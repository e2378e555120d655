"""A study runs every variant in order, alike in one process or several, and tells before it starts what cannot run."""

from pathlib import Path

import pytest

from tests.study.folders import PHONE_SMALL, copied
from wfm.domain import InputError, NotFound
from wfm.study import LEVERS, Study, StudyResult, Variant, VariantRow, read_study, run_study

HEAD = "apiVersion: wfm/v1\nname: what-ifs\ndepth: staffing\nvariants:\n"


def written(folder: Path, variants: str) -> Path:
    file = copied(folder) / "study.yaml"
    file.write_text(HEAD + variants, encoding="utf-8")
    return file


def faults(folder: Path, variants: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_study(written(folder, variants))
    return [str(fault) for fault in caught.value.faults]


@pytest.fixture(scope="module")
def staffing() -> Study:
    return read_study(PHONE_SMALL / "study.yaml").varied(depth="staffing")


@pytest.fixture(scope="module")
def result(staffing: Study) -> StudyResult:
    return run_study(staffing)


def test_rows_come_in_the_order_of_the_study(staffing: Study, result: StudyResult) -> None:
    assert [row.variant for row in result.rows] == [variant.name for variant in staffing.variants]
    assert len(result.rows) == 5
    assert [row.levers for row in result.rows][:2] == [(), ("phone volume +20%",)]


def test_two_processes_give_the_rows_of_one(staffing: Study, result: StudyResult) -> None:
    seen: list[VariantRow] = []
    three = staffing.varied(variants=staffing.variants[:3])
    assert run_study(three, workers=2, on_variant=seen.append) == result.varied(rows=result.rows[:3])
    assert tuple(seen) == result.rows[:3]


def test_levers_move_the_requirement_the_right_way(result: StudyResult) -> None:
    base, promotion, faster, one_more, higher = (row.required_hours for row in result.rows)
    assert faster < base < higher < promotion
    assert one_more == base


def test_staffing_only_leaves_the_figures_of_a_roster_open(result: StudyResult) -> None:
    for row in result.rows:
        assert row.status == "staffing"
        assert (row.paid_hours, row.cost_cents, row.fairness, row.forbidden_breaches) == (None, None, None, None)


def test_a_neutral_lever_gives_a_byte_identical_plan() -> None:
    study = read_study(PHONE_SMALL / "study.yaml", ("solve.steps=5", "simulate.replications=2"))
    nothing = Variant(name="nothing moved", levers=tuple(kind.neutral(study.scenario) for kind in LEVERS))
    base, same = run_study(study.varied(variants=(study.variants[0], nothing))).rows
    assert base.plan_digest == same.plan_digest != ""
    assert same.varied(variant=base.variant, levers=()) == base


def test_a_study_names_every_fault_with_its_line(tmp_path: Path) -> None:
    told = faults(
        tmp_path,
        "  - {name: a, levers: [{kind: volume, channel: fone, by: 1%}]}\n"
        "  - {name: b, levers: [{kind: headcount, by: -8}]}\n"
        "  - {name: c, levers: [{kind: shrinkage, by: +99%}]}\n"
        "  - {name: d, levers: [{kind: aht, by: -100%}]}\n"
        "  - {name: e, levers: [{kind: service_target, channel: fone, to: 80% in 20s}]}\n"
        "  - {name: f, levers: [{kind: volume, by: -100%}]}\n",
    )
    assert [sentence.partition(": expected")[0] for sentence in told] == [
        f"study.yaml:{line}: variants.{line - 5}" for line in (5, 6, 7, 8, 9)
    ]
    assert "There is no channel fone; the scenario has phone." in told[0]


@pytest.mark.parametrize(
    ("variants", "sentence"),
    [
        ("  - {name: a}\n  - {name: a}\n", "every variant under its own name, came a, a"),
        ("  []\n", "expected at least 1 of them, came 0"),
        ("  - {nme: a}\n", "study.yaml:5: variants.0.nme: expected a known key, came 'nme'. Did you mean name?"),
        ("  - {name: a, levers: {kind: volume}}\n", "variants.0.levers: expected a list, came keys with values"),
        ("  - a\n", "variants.0: expected keys with values, came 'a'"),
    ],
)
def test_a_study_that_is_none_is_told(tmp_path: Path, variants: str, sentence: str) -> None:
    assert sentence in "\n".join(faults(tmp_path, variants))


def test_a_study_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no study"):
        read_study(tmp_path / "study.yaml")


@pytest.mark.slow
def test_an_error_keeps_its_faults_on_the_way_from_another_process(tmp_path: Path) -> None:
    study = read_study(written(tmp_path, "  - {name: a}\n  - {name: b}\n"))
    short = study.scenario.histories[0].part(slice(0, 48))
    broken = study.varied(scenario=study.scenario.varied(histories=(short,)))
    with pytest.raises(InputError) as alone:
        run_study(broken)
    with pytest.raises(InputError) as beside:
        run_study(broken, workers=2)
    assert beside.value.faults == alone.value.faults
    assert alone.value.faults
