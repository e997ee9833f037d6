"""Settings and wiring; not for logic that a person would notice."""
