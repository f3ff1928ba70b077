"""`python -m producer.preflight` prints docs/checks.md, the table of all checks."""

from producer.preflight.table import checks_page

print(checks_page(), end="")
