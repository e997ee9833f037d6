"""Files of others, read and checked, and taken in all or not at all."""

from prasan.planning.imports.budget_lines import import_budget_lines
from prasan.planning.imports.report import BudgetReport

__all__ = ["BudgetReport", "import_budget_lines"]
