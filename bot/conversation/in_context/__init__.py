"""What a message means by what was said before it: a follow-up, an answer to a question, words that point back."""
