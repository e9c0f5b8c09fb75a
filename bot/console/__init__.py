"""The staff console: try the assistant, see why it says what it says, review, correct, measure."""
