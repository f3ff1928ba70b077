"""Colour for the press: the printing condition's ICC profile, and colours in inks."""
