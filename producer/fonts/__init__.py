"""The typefaces: built once from pinned sources, then found by name in fonts/built."""
