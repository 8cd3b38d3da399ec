"""Read an essay: bytes become an `Essay`, the cleaned text with its parts and a map back to what was handed in.

The steps, in order (`reader` is the only module that knows it)::

    formats     bytes                  -> the words of a document, of whatever kind it is
    decode      bytes of plain text    -> characters
    characters  characters             -> the characters the writer meant
    markup      inline HTML, Markdown  -> plain words
    lines       text                   -> lines
    furniture   lines                  -> lines without page numbers and running headers
    details     lines                  -> lines without a name, a date or a word count
    parts       lines                  -> the lines of body, notes and bibliography
    layout      the lines of the body  -> paragraphs (so do `notes` and `bibliography` with theirs)
    reader      all of it, and `title` -> Essay
"""

from essay_marker.read.decode import MAX_BYTES
from essay_marker.read.reader import read_bytes, read_file

__all__ = ["MAX_BYTES", "read_bytes", "read_file"]
