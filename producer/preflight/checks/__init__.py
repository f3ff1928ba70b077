"""The checks, by what they look at; the registry finds every module here."""
