"""A turn: what a patient means, and what is said to it. Makes every Reply; knows nothing of Rasa, web or database."""
