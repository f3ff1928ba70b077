"""Pages for editors to look at: one file of HTML that opens without a server."""

from __future__ import annotations

import importlib.resources

from markupsafe import Markup

from producer.messages import message
from producer.templates import environment


def fill_page(package: str, name: str, language: str, **values: object) -> str:
    """A template filled; it may use `say(id, …)`, `house_css` and `language` besides `values`.

    Args:
        package: That the template's file lies in.
        name: The file's.
        language: Of all words that `say` says.
        **values: What else the template shows.
    """
    template = environment().from_string(_text(package, name))
    return template.render(
        language=language,
        say=lambda id, **fields: message(id, language).cause.format(**fields),
        say_more=lambda id, **fields: message(id, language).mend.format(**fields),
        house_css=Markup(_text("producer", "webpage.css")),
        **values,
    )


def _text(package: str, name: str) -> str:
    return importlib.resources.files(package).joinpath(name).read_text("utf-8")
