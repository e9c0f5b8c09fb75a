"""The safety net: finds health facts in what a patient writes, with negation, time, person and doubt."""
