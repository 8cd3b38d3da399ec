"""A class at once: from a folder, a ZIP or files to results, reports and a mark sheet.

submissions  what was handed in (`patterns`: whose it is; `roster`: a list of learners)
names        what a learner is called in files, and pseudonyms (`hiding`: in the essay, too)
pool, work   many essays at once, each in a process that may die
store        the folder of results, which a killed run leaves whole
likeness     passages in common
sheet        the mark sheet
class_page   the page on the class (`lessons`: what to teach next; `examples`: sentences that name nobody)
standing     whose mark of an essay stands
moodle       its grading worksheet (`worksheet`: a table in which only some cells change), and files packed for it
feedback     the files that learners are given
words        what is said at the end
run          the order of all that
"""

from essay_marker.batch.records import ClassRecord, Marked, Member
from essay_marker.batch.run import Settings, Step, run_batch, who_is_who
from essay_marker.batch.words import summary

__all__ = ["ClassRecord", "Marked", "Member", "Settings", "Step", "run_batch", "summary", "who_is_who"]
