"""Cookbooks set as PDF and DOCX, and the shelf on which they stand once they are made."""
