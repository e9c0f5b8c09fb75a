"""A message as it is written: words, their forms, misspellings, who does what, and the bare text."""
