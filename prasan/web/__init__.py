"""Every page: urls, forms, views, templates, static files. Not for rules: a view calls one action or query."""
