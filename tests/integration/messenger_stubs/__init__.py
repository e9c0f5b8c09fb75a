"""The platforms' APIs on loopback, as strict as their documentation."""
