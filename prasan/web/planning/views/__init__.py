"""Pages of needs, proposals, routings, plans and budget bills."""
