"""The clinic's article: sections, sentences with stable ids, and the map from topics to sentences."""
