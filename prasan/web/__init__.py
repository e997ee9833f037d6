"""Every page: urls, forms, views, templates, static. Not for rules: a view calls one action or query."""
