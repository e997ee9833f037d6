"""Pages of people, postings, agencies and committees."""
