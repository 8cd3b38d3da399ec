"""A class at once: from a folder, a ZIP or files to results, reports and a mark sheet.

submissions  what was handed in (`patterns`: whose it is; `roster`: a list of learners)
names        what a learner is called in files, and pseudonyms (`hiding`: in the essay, too)
pool, work   many essays at once, each in a process that may die
store        the folder of results, which a killed run leaves whole
likeness     passages in common
sheet        the mark sheet
words        what is said at the end
run          the order of all that
"""

from essay_marker.batch.records import ClassRecord, Marked, Member
from essay_marker.batch.run import Settings, Step, run_batch, who_is_who
from essay_marker.batch.words import summary

__all__ = ["ClassRecord", "Marked", "Member", "Settings", "Step", "run_batch", "summary", "who_is_who"]
