"""The topic classifier: features, closed-form kernel ridge, calibration, open-set score, training, storage."""
