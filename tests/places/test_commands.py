import pytest

from prasan.cli import places
from prasan.cli.commands import Commands
from prasan.places.models import Area, Level

pytestmark = pytest.mark.django_db

HEADINGS = "village_code moo name_th"


@pytest.fixture
def prasan(official, capsys):
    """Run a command of this room: the exit code and what was printed."""

    def run(*words):
        commands = Commands()
        places.register(commands)
        options = commands.parser.parse_args([str(word) for word in words])
        return options.run(options), capsys.readouterr().out.splitlines()

    return run


def test_import_tells_what_it_did_and_then_that_nothing_changed(prasan, table):
    path = table(HEADINGS, ("32030101", 1, "บ้านท่าตูม"))

    assert prasan("import", "villages", path) == (0, ["นำเข้าหมู่บ้านแล้ว: เพิ่ม 1 แก้ไข 0 ยกเลิก 0"])
    assert prasan("import", "villages", path, "--language", "en") == (
        0,
        ["All 1 villages of the file are already there; nothing has changed."],
    )


def test_import_that_waits_or_fails_says_so_by_its_exit_code(prasan, table):
    prasan("import", "villages", table(HEADINGS, ("32030101", 1, "บ้านท่าตูม")))
    changed = table(HEADINGS, ("32030101", 1, "บ้านใหม่"))

    assert prasan("import", "villages", changed)[0] == 1
    assert prasan("import", "villages", changed, "--apply")[0] == 0
    assert prasan("import", "villages", table(HEADINGS, ("1", 1, "")))[0] == 1
    assert Area.objects.get(level=Level.VILLAGE).name_th == "บ้านใหม่"


def test_import_of_a_file_that_is_not_there_says_so(prasan, tmp_path):
    assert prasan("import", "shapes", tmp_path / "none.geojson") == (
        1,
        [f"ไม่พบไฟล์ {tmp_path / 'none.geojson'}"],
    )


def test_local_governments_are_taken_as_of_a_thai_date(prasan, table):
    path = table(
        "dola_code type_abbr_th name_th amphoe_code province_code", ("5320302", "ทต.", "ท่าตูม", "3203", "32")
    )

    assert prasan("import", "local-governments", path, "--as-of", "31 มี.ค. 2560")[0] == 0
    assert prasan("import", "local-governments", path, "--as-of", "เมื่อวานซืน")[0] == 1


def test_find_place_within_an_unknown_area_says_so(prasan):
    assert prasan("find-place", "ต.ท่าตูม", "--within", "99") == (
        1,
        ["ไม่มีพื้นที่รหัส 99 กรุณาระบุรหัสจังหวัด อำเภอ ตำบล หรือหมู่บ้าน"],
    )


def test_find_place_prints_codes_with_their_scores(prasan):
    assert prasan("find-place", "ต.ท่าตูม สุรินทร์") == (
        0,
        ["320301  0.95  ตำบลท่าตูม อำเภอท่าตูม จังหวัดสุรินทร์", "พบสถานที่ 1 แห่ง"],
    )
    code, lines = prasan("find-place", "ตำบลเมืองแก", "--language", "en")
    assert (code, lines[0], lines[1]) == (
        1,
        "ตำบลเมืองแก?",
        "  311104  0.50  Tambon Mueang Kae, Amphoe Satuek, Buri Ram Province",
    )
