"""`bot bench serve`: the assistant under load beside Rasa as published, in one run."""
