"""The read models: plain SQL in, the frozen views of `app/store/views/` out.

Every function takes a connection inside one read transaction, and runs a fixed number of statements whatever the number of
rows it shows. `lines.py` holds what all share (articles, claims, flags); the others are one page each.
"""
