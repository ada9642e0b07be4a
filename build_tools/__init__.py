"""Sourcebook: turns a folder of articles into an annotated website."""
