"""Workforce management: from contact history to a roster people can live with, and what it does to service."""

__version__ = "0.1.0"
__all__ = ["__version__"]
