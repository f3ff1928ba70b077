"""The production line of a newspaper: issue data in, print PDF and e-book out."""

__version__ = "0.1.0"
