"""The messengers: one module each (verify, read, render, send), and the mechanics that all of them share."""
