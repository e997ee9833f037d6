"""Safe reading of CSV and XLSX files, and writing of CSV, XLSX, DOCX and PDF.

The room knows files, rows and cells. It does not know what a row means: rooms that import or export
name their columns here and decide themselves what may be done with them. It keeps nothing.
"""
