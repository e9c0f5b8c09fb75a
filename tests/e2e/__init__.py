"""The widget in a real browser, against a stub of the gateway or the real one."""
