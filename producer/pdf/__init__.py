"""HTML and galleys to PDF; all that touches WeasyPrint lives here."""
