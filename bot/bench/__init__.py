"""What `bot bench` measures, one module a part; nothing here is used by the served product."""
