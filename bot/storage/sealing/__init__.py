"""Patients' words sealed at rest: a key for each conversation under a master key, and a keyed index of words."""
