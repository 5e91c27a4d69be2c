"""Catalogues as tables: one micro-credential a row, under headings in whatever words."""
