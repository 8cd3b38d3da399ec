"""Files as writers hand them in: what kind they are, and the walk through Word and OpenDocument packages.

`kinds` says by its bytes what a file is, `package` opens a zip package within limits, `docx` and `odt` walk one and
give its `flow.DocumentText`: the words in reading order, the blocks they stand in, and for each stretch the element of
the document that it came from, so that a comment can be put where the words are. Nothing here knows what an essay is.

The modules are imported one by one: who reads plain text pays for no XML parser.
"""
