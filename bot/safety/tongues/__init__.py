"""Danger phrases in other languages."""
