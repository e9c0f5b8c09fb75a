"""Several questions in one message: its sentences and clauses by the parse, which ask, which lean on another."""
