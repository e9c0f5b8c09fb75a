"""The language of `data/safety`: read, checked, compiled, and looked for in a message."""
