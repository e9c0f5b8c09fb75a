"""What protects a patient's words before they are kept: personal details are taken out of them."""
