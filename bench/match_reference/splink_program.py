"""Runs in Splink's own environment: learns from a file of rows, weighs given pairs, groups the rows.

    python splink_program.py FOLDER

FOLDER/job.json says what to do, and the answers are written beside it. Knows nothing of Prasan.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

import duckdb
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SEED = 11
SHARED = "CREATE MACRO shared(one, other) AS len(list_filter(one, lambda word: list_contains(other, word)))"
"""Several times as fast as `list_intersect`, as long as the words are numbers."""
LOAD = """
CREATE TABLE reports AS
SELECT *, CASE WHEN length(bare) >= 25 THEN bare END AS long_text, names[1] AS a_name,
       floor(latitude * 444.8)::BIGINT * 1000000 + floor(longitude * 432.4)::BIGINT AS square,
       floor(latitude * 444.8 + 0.5)::BIGINT * 1000000 + floor(longitude * 432.4 + 0.5)::BIGINT AS shifted,
       floor(latitude * 1853)::BIGINT * 1000000 + floor(longitude * 1802)::BIGINT AS spot
FROM (
    SELECT row_id, bare, latitude, longitude, day, {words} AS words, {names} AS names, {numbers} AS numbers,
           {kinds} AS kinds
    FROM read_csv(?, header = true, nullstr = '', types = {{
        'row_id': 'VARCHAR', 'bare': 'VARCHAR', 'words': 'VARCHAR', 'names': 'VARCHAR', 'numbers': 'VARCHAR',
        'kinds': 'VARCHAR', 'latitude': 'DOUBLE', 'longitude': 'DOUBLE', 'day': 'DOUBLE'
    }})
)
"""
"""Squares of 250 m, the same shifted by half, and spots of 60 m."""

TOGETHER = "shared(words_l, words_r)"
JACCARD = f"{TOGETHER} / (len(words_l) + len(words_r) - {TOGETHER})"
CONTAINED = f"{TOGETHER} / least(len(words_l), len(words_r))"
NEAR_IN_TIME = "abs(l.day - r.day) <= 45"
CLOSE_IN_TIME = "abs(l.day - r.day) <= 10"
NO_NULL = "{0}_l IS NULL OR {0}_r IS NULL"


def settings(weights: dict[str, list[tuple[float, float]]] | None, tells_levels: bool) -> SettingsCreator:
    """The model: six comparisons, and which pairs are looked at; with weights, nothing is left to learn."""
    described = [
        compared(
            "text",
            "bare",
            [
                "long_text_l = long_text_r",
                "bare_l = bare_r",
                *(f"{JACCARD} >= {share}" for share in (0.65, 0.45)),
                f"least(len(words_l), len(words_r)) >= 2 AND {CONTAINED} >= 0.8",
                *(f"{JACCARD} >= {share}" for share in (0.3, 0.2, 0.12, 0.05)),
            ],
            rarity={1: "bare"},
        ),
        compared("names", "names", [f"shared(names_l, names_r) >= {count}" for count in (4, 3, 2, 1)]),
        compared(
            "numbers",
            "numbers",
            ["list_sort(numbers_l) = list_sort(numbers_r)", "shared(numbers_l, numbers_r) >= 1"],
        ),
        comparisons.DistanceInKMAtThresholds(
            "latitude", "longitude", [0.006, 0.015, 0.03, 0.05, 0.08, 0.12, 0.18, 0.25, 0.5]
        ),
        compared("day", "day", [f"abs(day_l - day_r) <= {days}" for days in (0.02, 0.5, 2, 5, 10, 20, 32)]),
        compared("kinds", "kinds", ["shared(kinds_l, kinds_r) >= 1"]),
    ]
    creator = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row_id",
        comparisons=described,
        blocking_rules_to_generate_predictions=[
            f"l.square = r.square AND {NEAR_IN_TIME}",
            f"l.shifted = r.shifted AND {NEAR_IN_TIME}",
            f"l.long_text = r.long_text AND {NEAR_IN_TIME}",
        ],
        retain_matching_columns=tells_levels,
        retain_intermediate_calculation_columns=tells_levels,
    )
    if weights is None:
        return creator
    given = creator.create_settings_dict("duckdb")
    given["probability_two_random_records_match"] = 0.5  # the weights compare pairs that are looked at anyway
    for comparison in given["comparisons"]:
        told = iter(weights[comparison["output_column_name"]])
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                level["m_probability"], level["u_probability"] = next(told)
                level.pop("tf_adjustment_column", None)
    return SettingsCreator.from_path_or_dict(given)


def compared(
    name: str, column: str, conditions: list[str], rarity: dict[int, str] | None = None
) -> comparisons.CustomComparison:
    """A comparison by conditions, the most alike first; those of `rarity` count less for what is common."""
    found = [levels.CustomLevel(condition) for condition in conditions]
    for place, of in (rarity or {}).items():
        found[place].configure(tf_adjustment_column=of)
    return comparisons.CustomComparison(
        output_column_name=name,
        comparison_levels=[
            levels.CustomLevel(NO_NULL.format(column)).configure(is_null_level=True),
            *found,
            levels.ElseLevel(),
        ],
    )


def train(linker: Linker) -> None:
    """Without any label: chance from pairs drawn at random, likeness by expectation maximisation.

    Each round learns about what it does not itself ask to be equal.
    """
    linker.training.estimate_probability_two_random_records_match(
        [f"l.long_text = r.long_text AND l.spot = r.spot AND {NEAR_IN_TIME}"], recall=0.4
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
    for rule in (f"l.spot = r.spot AND {CLOSE_IN_TIME}", block_on("long_text"), block_on("square", "a_name")):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, max_pairs=2e6, record_sample_proportion=0.1
        )


def main(folder: Path) -> None:
    """Do the job and say how long each part took."""
    job = json.loads((folder / "job.json").read_text())
    seconds: dict[str, float] = {}
    began = perf_counter()

    def took(what: str) -> None:
        nonlocal began
        seconds[what] = perf_counter() - began
        began = perf_counter()

    connection = duckdb.connect(str(folder / "work.duckdb"), config=job["limits"])
    connection.execute(SHARED)
    numbered = "list_transform(string_split({0}, ' '), lambda word: (hash(word) // 4)::BIGINT)"
    columns = {name: numbered.format(name) for name in ("words", "names", "numbers", "kinds")}
    connection.execute(LOAD.format(**columns), [str(folder / "rows.csv")])
    backend = DuckDBAPI(connection)
    described = settings(job["weights"], tells_levels=job["pairs"])
    linker = Linker(backend.register("reports", table_name="rows"), described, log_level=None)
    took("load")
    if job["weights"] is None:
        train(linker)
        took("train")
    linker.misc.save_model_to_json(str(folder / "model.json"), overwrite=True)
    if job["thresholds"]:
        found = linker.inference.predict(threshold_match_weight=min(job["thresholds"]))
        took("predict")
        seconds["pairs kept"] = found.as_duckdbpyrelation().count("*").fetchall()[0][0]
        for number, threshold in enumerate(job["thresholds"]):
            clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
                found, threshold_match_weight=threshold
            )
            clusters.as_duckdbpyrelation().project("row_id, cluster_id").to_csv(
                str(folder / f"groups-{number}.csv")
            )
        took("cluster")
    if job["pairs"]:
        connection.execute(
            "CREATE TABLE given AS FROM read_csv(?, header = true)", [str(folder / "pairs.csv")]
        )
        linker.table_management.register_blocked_pairs_for_predict(backend.register("given"))
        linker.inference.predict().as_duckdbpyrelation().to_csv(str(folder / "weighed.csv"))
        took("weigh")
    (folder / "seconds.json").write_text(json.dumps(seconds))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
