"""What we add to Rasa's own server: the guarded channel that only the gateway may use."""
