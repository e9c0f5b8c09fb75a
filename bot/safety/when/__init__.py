"""When it was: times that a message names, and what they date."""
