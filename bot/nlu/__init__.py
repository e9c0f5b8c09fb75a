"""Rasa graph components: thin, around pure functions that understand a patient's message."""
