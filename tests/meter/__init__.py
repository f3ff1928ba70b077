"""How well lines are set, measured in finished PDFs from outside (`make meter`).

`characters` reads positions with pdfium, `lines` finds lines, columns and blocks, `measures` and
`spaces` count, `goals` says what is wanted and `table` prints. `sets` makes the PDFs that are
measured. Nothing here looks into the composer.
"""
