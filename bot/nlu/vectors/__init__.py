"""Vectors of words and sentences: the encoder and its verified weights, spaCy's token vectors, a thread beside."""
