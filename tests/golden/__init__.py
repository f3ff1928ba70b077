"""Golden tests: each feature of the typesetting in a small frame, as text and as a picture."""
