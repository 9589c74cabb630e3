"""A story written out: CSV, JSON and Markdown, streamed and complete."""
