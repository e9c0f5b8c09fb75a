"""How well the product's topic classifier learns labelled questions, the product's own or any others."""
