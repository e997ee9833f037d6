import pytest


@pytest.fixture(autouse=True)
def ledger_key(settings, tmp_path):
    settings.LEDGER_KEY = tmp_path / "keys" / "ledger_key"
    return settings.LEDGER_KEY
