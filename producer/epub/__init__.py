"""The e-book edition: every story whole, and still the print edition's pages are known."""
