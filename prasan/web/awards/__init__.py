"""Pages of awards: editions and results for everybody, entering, organising, and scoring on a phone."""
