"""Where webhooks are: apart from the registry, which imports the messengers that name their own."""


def path(name: str) -> str:
    """Where a messenger's webhook is."""
    return f"/webhooks/{name}"
