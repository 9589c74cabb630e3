"""Stage 5: rows -> relations with reasons."""
