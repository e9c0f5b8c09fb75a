"""What `bot check` proves about content, rules and training data, fault by fault with its remedy."""
