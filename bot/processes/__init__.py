"""The processes of one machine: what they are, how they are started, asked, and stopped."""
