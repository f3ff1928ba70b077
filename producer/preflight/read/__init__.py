"""What a finished PDF holds, read once by pikepdf and pdfium for all checks."""
