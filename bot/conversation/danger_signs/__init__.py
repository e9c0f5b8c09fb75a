"""Danger signs in the conversation: told at once or asked about once, by two readers, and what follows."""
