"""The suitability check: questions, criteria and outcomes as data, and the pure evaluator over them."""
