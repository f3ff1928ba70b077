"""Content checks: what an editor would mark in the copy, found in the issue's data."""
