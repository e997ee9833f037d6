from __future__ import annotations

from pathlib import Path

import pytest

from prasan.cli import planning
from prasan.cli.commands import Commands
from prasan.planning.models import BudgetUnitAlias, PlanItem
from tests.factories.agencies import make_area

pytestmark = pytest.mark.django_db

HEADINGS = "ITEM_ID,REF_DOC,REF_PAGE_NO,BUDGETARY_UNIT,ITEM_DESCRIPTION,FISCAL_YEAR,AMOUNT"


@pytest.fixture
def run():
    commands = Commands()
    planning.register(commands)
    province = make_area("21")
    province.name_th, province.name_en = "ระยอง", "Rayong"
    province.save()
    for code in ("17", "84"):
        make_area(code)

    def run(*arguments: str | Path) -> int:
        options = commands.parser.parse_args(["import", "budget-lines", *map(str, arguments)])
        return options.run(options)

    return run


def budget(folder: Path, *rows: str) -> Path:
    path = folder / "budget.csv"
    path.write_text("\n".join([HEADINGS, *rows]) + "\n", "utf-8")
    return path


def test_import_tells_what_was_taken_in(run, tmp_path: Path, capsys) -> None:
    path = budget(tmp_path, "1,d,5,จังหวัดระยอง,ค่าจ้าง,2565,100")

    code = run(path)

    assert code == 0
    assert "นำเข้างบประมาณปี 2565 แล้ว: เพิ่ม 1" in capsys.readouterr().out
    assert run(path) == 0


def test_bad_row_is_told_in_the_language_asked_for_and_fails(run, tmp_path: Path, capsys) -> None:
    code = run(budget(tmp_path, "1,d,5,จังหวัดระยอง,ค่าจ้าง,2565,many"), "--language", "en")

    told = capsys.readouterr().out
    assert code == 1
    assert "Line 2" in told
    assert "No budget lines were imported" in told
    assert PlanItem.objects.count() == 0


def test_differences_fail_until_applied(run, tmp_path: Path, capsys) -> None:
    run(budget(tmp_path, "1,d,5,จังหวัดระยอง,ค่าจ้าง,2565,100"))
    changed = budget(tmp_path, "1,d,5,จังหวัดระยอง,ค่าจ้าง,2565,200")

    codes = [run(changed), run(changed, "--apply"), run(changed)]

    assert codes == [1, 0, 0]
    assert PlanItem.objects.get().amount == 200


def test_unknown_unit_is_explained_on_the_command_line(run, tmp_path: Path) -> None:
    path = budget(tmp_path, "1,d,5,เมืองระยองบุรี,ค่าจ้าง,2565,100")

    codes = [run(path), run(path, "--unit", "เมืองระยองบุรี=99"), run(path, "--unit", "เมืองระยองบุรี=21")]

    assert codes == [1, 1, 0]
    assert BudgetUnitAlias.objects.get(label="เมืองระยองบุรี").area_id == "21"


def test_missing_file_is_one_sentence(run, tmp_path: Path, capsys) -> None:
    code = run(tmp_path / "none.csv")

    assert code == 1
    assert capsys.readouterr().out == f"ไม่พบไฟล์ {tmp_path / 'none.csv'}\n"


def test_what_waits_is_written_as_csv(run, tmp_path: Path) -> None:
    out = tmp_path / "waiting.csv"

    run(budget(tmp_path, "1,d,5,จังหวัดระยอง,ถนน ตำบลที่ไม่มี อำเภอที่ไม่มี,2565,100"), "-o", out)

    assert "ไม่พบพื้นที่ชื่อนี้" in out.read_text("utf-8-sig")
