"""A patient assistant for one clinic: answers from its article, checks suitability, and notices danger signs."""
