"""Where webhooks are."""


def path(name: str) -> str:
    """Where a messenger's webhook is."""
    return f"/webhooks/{name}"
