"""`python -m producer.checks` prints docs/checks.md."""

from producer.checks.table import table

print(table(), end="")
