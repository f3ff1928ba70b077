"""A story's body: a small Markdown of paragraph kinds and character styles; all else is text."""

from producer.markdown.body import parse_body

__all__ = ["parse_body"]
