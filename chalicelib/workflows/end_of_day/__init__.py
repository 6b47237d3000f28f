"""The end of day (cierre): cut over first, then close every application by pieces, then prove the books.

It can die anywhere and be resumed by the same command: each step leaves a checkpoint in the transaction that did its
work, and a step that has one does nothing. Online work goes on all the while, dated the next business day.
"""
