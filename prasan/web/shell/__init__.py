"""The frame of every page: navigation, language and digits, forms and lists, errors. Not for any one room's pages."""
