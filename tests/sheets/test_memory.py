import subprocess
import sys

READ = """
import resource, sys
from prasan.sheets.reading import open_sheet
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open_sheet(sys.argv[1]) as sheet:
    rows = sum(1 for row in sheet.rows())
print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_large_csv_is_read_in_small_memory(tmp_path):
    line = '32010101,บ้านโนนสูง,"น้ำท่วมขัง, ถนนชำรุด",1234567.89\r\n'.encode()
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write("รหัส,ชื่อ,เรื่อง,งบ\r\n".encode() + line * 100_000)

    run = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, check=True, text=True)

    rows, kilobytes = map(int, run.stdout.split())
    assert rows == 100_000
    assert kilobytes < 10_000
