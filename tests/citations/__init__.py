"""Twenty short essays with mismatched references planted in them, and what must be found: that, and nothing else.

Each ``essays/NAME.txt`` is an essay of a page as a sixth-former writes it, made up for this test: the quotations and
page numbers are invented, the authors need not have written what the lists say. ``essays/NAME.toml`` beside it holds

* ``about``: the style of its references and what is difficult about it, in a line;
* ``problem``: one table for every mismatch planted, with its ``code`` and some ``words`` of the place at which it must
  be reported. The words stand in the essay once.

Whatever is reported beyond the list is an error as grave as a mismatch not found. Eight essays have nothing wrong but
much that looks it: reprint years, particles, accents, two brothers of one name, notes that only explain, titles and the
question in quotation marks, answers written without sources.

The essays a01 to a10 were written before the rules of the program had been looked at, b01 to b10 after, against their
weak places. Those with ``held_back = true`` were not run until the rules were finished.
"""
