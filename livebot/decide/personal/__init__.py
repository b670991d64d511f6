"""Finders of personal data, one for each kind; privacy.py puts them together."""
