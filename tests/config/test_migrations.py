from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

LOADER = MigrationLoader(None)


def test_models_have_no_change_without_a_migration():
    detector = MigrationAutodetector(LOADER.project_state(), ProjectState.from_apps(apps))
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("prasan.")}

    with translation.override(None):  # migrations hold labels as the code has them
        changes = detector.changes(graph=LOADER.graph)

    assert {label: changes[label] for label in changes.keys() & ours} == {}


def test_no_two_migrations_follow_the_same_one():
    assert LOADER.detect_conflicts() == {}
