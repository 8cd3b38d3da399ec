"""Tests of what the program tells a pupil: whether it is about this essay, and whether following it pays."""
