"""How words are written: cleaned, brought back to the product's own spelling, and in which language they are."""
