"""Pages of needs, proposals and plans."""
