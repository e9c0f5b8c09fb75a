"""What is replied to a wish: the article's answers, its gaps, the clinic's facts, small talk, the offer of a check."""
