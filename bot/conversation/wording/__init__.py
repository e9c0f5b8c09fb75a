"""How replies are worded: phrases of data/phrases, their placeholders, consult-first lines, other languages."""
