"""The house rules that the import contract cannot see."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import ForeignKey, ManyToManyField, OneToOneField
from django.utils import translation

ROOT = Path(__file__).parent.parent
PRASAN = ROOT / "prasan"
LINE = [
    {"kernel"},
    {"matching", "selection", "judging", "sheets"},
    {"ledger"},
    {"accounts", "places"},
    {"agencies"},
    {"cases"},
    {"documents"},
    {"planning", "complaints", "innovations", "households"},
    {"delivery", "awards", "indicators"},
    {"ties"},
    {"insight", "notices", "linkage"},
    {"api", "web"},
    {"demo"},
    {"config"},
    {"cli"},
]
FLOOR = {room: floor for floor, rooms in enumerate(LINE) for room in rooms}
ROOMS = sorted(path.name for path in PRASAN.iterdir() if (path / "__init__.py").exists())
SOURCES = sorted(path for path in PRASAN.rglob("*.py") if "migrations" not in path.parts)
FORBIDDEN_NAMES = {"utils", "common", "helpers", "base", "core", "managers", "services"}


def test_every_room_has_its_place_in_the_line():
    assert [room for room in ROOMS if room not in FLOOR] == []


@pytest.mark.parametrize("room", ROOMS)
def test_room_says_what_it_is_for(room):
    words = ast.get_docstring(ast.parse((PRASAN / room / "__init__.py").read_text(encoding="utf-8")))

    assert words is not None
    assert len(words) > 60


def foreign_keys():
    for model in apps.get_models():
        if model.__module__.startswith("prasan."):
            for field in model._meta.get_fields():
                if isinstance(field, ForeignKey | ManyToManyField | OneToOneField):
                    yield model, field


def test_foreign_keys_point_down_the_line():
    wrong = []
    for model, field in foreign_keys():
        room, target = model.__module__.split(".")[1], field.related_model.__module__.split(".")
        if target[0] == "prasan" and target[1] != room and FLOOR[target[1]] >= FLOOR[room]:
            wrong.append(f"{model.__name__}.{field.name} -> {'.'.join(target)}")

    assert wrong == []


def test_foreign_keys_from_upper_rooms_leave_no_name_below():
    wrong = []
    for model, field in foreign_keys():
        room, target = model.__module__.split(".")[1], field.related_model.__module__.split(".")
        crosses = target[0] == "prasan" and target[1] != room
        if crosses and not field.remote_field.hidden:
            wrong.append(f"{model.__name__}.{field.name}")

    assert wrong == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PRASAN)))
def test_source_is_named_and_sized_by_the_house(path):
    lines = path.read_text(encoding="utf-8").count("\n")

    assert path.stem not in FORBIDDEN_NAMES
    assert lines <= 420, f"{lines} lines: split it by noun"


def assignments_of_state(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Attribute) and part.attr == "state":
                    yield node.lineno
        is_update = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("update", "bulk_update")
        if is_update and any(keyword.arg == "state" for keyword in node.keywords):
            yield node.lineno


def test_only_cases_assigns_a_state():
    wrong = [
        f"{path.relative_to(PRASAN)}:{line}"
        for path in SOURCES
        if path.relative_to(PRASAN).parts[0] != "cases"
        for line in assignments_of_state(path)
    ]

    assert wrong == []


def test_no_import_stands_inside_a_function_of_a_domain_room():
    wrong = []
    for path in SOURCES:
        if path.relative_to(PRASAN).parts[0] in ("cli", "config", "demo"):
            continue  # the command line starts without Django; what it needs is imported when a command runs
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                wrong += [
                    f"{path.relative_to(PRASAN)}:{inner.lineno}"
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.ImportFrom) and (inner.module or "").startswith("prasan.")
                ]

    assert wrong == []


def test_actions_take_the_actor_by_keyword():
    wrong = []
    for path in SOURCES:
        parts = path.relative_to(PRASAN).parts
        if "actions.py" not in parts and "actions" not in parts:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                positional = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
                if "by" in positional or "user" in positional:
                    wrong.append(f"{'/'.join(parts)}:{node.name}")

    assert wrong == []


def test_signals_are_not_used():
    wrong = [
        str(path.relative_to(PRASAN))
        for path in SOURCES
        if re.search(r"django\.db\.models\.signals|@receiver\(", path.read_text(encoding="utf-8"))
    ]

    assert wrong == []


def test_templates_hold_no_inline_script_or_style():
    wrong = []
    for path in sorted((PRASAN / "web" / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if re.search(r"<style\b|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)[^>]*>", text):
            wrong.append(str(path.relative_to(PRASAN)))

    assert wrong == []


def test_no_migration_is_missing():
    loader = MigrationLoader(None)
    declared = ProjectState.from_apps(apps)
    for model in apps.get_models():
        if model.__module__.startswith("tests."):  # tables that only tests declare have no migrations
            declared.remove_model(model._meta.app_label, model._meta.model_name)

    with translation.override(None):  # migrations hold labels as the code has them
        changes = MigrationAutodetector(loader.project_state(), declared).changes(graph=loader.graph)

    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("prasan.")}
    assert {label: [str(one.operations) for one in changes[label]] for label in changes.keys() & ours} == {}
    assert loader.detect_conflicts() == {}
