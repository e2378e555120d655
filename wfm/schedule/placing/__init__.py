"""What is put into settled duties: breaks, blocks of roles and sessions, and what they take from the queue."""
