"""`python -m producer.checks` prints docs/content-checks.md."""

from producer.checks.table import table

print(table(), end="")
