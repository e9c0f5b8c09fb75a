"""What a patient says, taken in: topics of its parts, what is told beside them, remarks, words that ask nothing."""
