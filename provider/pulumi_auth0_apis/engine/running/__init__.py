"""Carrying steps out: preview, update, refresh and destroy."""
