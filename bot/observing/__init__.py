"""What operators see of the running processes: logs of ids, numbers, traces, and who holds up whom."""
