"""Checks on finished files; opens them itself and asks no writer."""
