"""How large a file may be before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds that keep any file, however made, within a small machine's memory and patience."""

    file_bytes: int = 200_000_000
    unpacked_bytes: int = 400_000_000
    """How far one compressed part may grow while it is read."""
    unpacked_ratio: int = 200
    """How many times larger than its compressed form a part may be, once past a few megabytes."""
    shared_text_bytes: int = 100_000_000
    """The one part of an XLSX file that is held in memory: its table of shared texts."""
    parts: int = 2_000
    """Files inside an XLSX archive."""
    rows: int = 1_000_000
    columns: int = 500
    cell_characters: int = 32_767
    """As many as a cell of Excel holds."""
    line_characters: int = 1_000_000
    """One line of a CSV file."""
