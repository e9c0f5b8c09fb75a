"""The suitability check in the conversation: begun, answered, interrupted, finished, printed."""
