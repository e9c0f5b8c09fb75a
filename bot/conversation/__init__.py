"""What a patient can do, one module each. Makes every Reply; knows nothing of Rasa, the web or the database."""
