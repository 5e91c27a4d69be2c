"""Open Badges 3.0 with core fields only: what they can't hold goes into typed alignments.

An alignment is typed by a word of ours and, where there is one, the address of the European list;
everything else stands in the criteria in words. No field is written that no context defines.
"""
