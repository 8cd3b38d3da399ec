"""Read an essay: bytes become an `Essay`, the cleaned text with its parts and a map back to what was handed in.

The steps, in order (`reader` is the only module that knows it)::

    decode      bytes                  -> characters
    characters  characters             -> the characters the writer meant
    markup      inline HTML, Markdown  -> plain words
    lines       text                   -> lines, without page numbers, running headers and details such as a name
    parts       lines                  -> body, notes, bibliography
    layout      the lines of each part -> paragraphs, notes, entries
    reader      all of it              -> Essay
"""

from essay_marker.read.decode import MAX_BYTES
from essay_marker.read.reader import read_bytes, read_file

__all__ = ["MAX_BYTES", "read_bytes", "read_file"]
