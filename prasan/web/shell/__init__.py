"""The frame of every page: navigation, language, digits, forms, lists, errors. Not for one room's pages."""
