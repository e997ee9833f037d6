"""Pages of people and their postings, agencies, committees and their meetings."""
