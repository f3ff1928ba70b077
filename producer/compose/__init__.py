"""Paragraphs to galleys: items, breaks, spacing, finished lines."""
