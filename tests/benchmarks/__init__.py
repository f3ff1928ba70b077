"""Speed and memory: one table from one run, told in ratios (`make bench`).

`words` is what all engines set, gathered from the sample issue by `gather`. One module
for each that is measured, run in a process of its own by `child`: `whole_build`,
`text_only`, `css_columns`, `typst_columns`. Nothing here is a test, and no test depends on time.
"""
