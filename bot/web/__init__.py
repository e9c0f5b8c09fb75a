"""What the two web servers, the gateway and the staff console, have in common."""
