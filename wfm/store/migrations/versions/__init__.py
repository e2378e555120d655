"""The steps of the tables' history; each names the one before it."""
