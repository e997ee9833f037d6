import subprocess
import sys
from pathlib import Path

import prasan.sheets

MODULES = sorted(path.stem for path in Path(prasan.sheets.__path__[0]).glob("[a-z]*.py"))


def test_no_module_brings_django_along():
    imports = "".join(f"import prasan.sheets.{module}\n" for module in MODULES)

    run = subprocess.run(
        [sys.executable, "-c", imports + "import sys; print('django' in sys.modules)"],
        capture_output=True, check=True, text=True, cwd=Path(prasan.sheets.__path__[0]).parents[1],
    )  # fmt: skip

    assert len(MODULES) >= 15
    assert run.stdout.strip() == "False"
