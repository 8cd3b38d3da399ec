"""A class of forty as platforms give it to a teacher, made up: its files, and what is wrong with them."""
