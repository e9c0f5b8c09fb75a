"""Rasa's custom actions: they translate between Rasa and `bot.conversation`, and decide nothing themselves."""
