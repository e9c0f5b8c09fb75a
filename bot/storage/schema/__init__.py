"""The tables, declared by subject; the migrations make them."""
