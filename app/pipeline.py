"""The numbered stages; the one place where input and output meet the core.

1. sources   a path, URL, paste or feed  -> Page
2. article   Page                        -> Articles
3. claims    Article                     -> Reading
4. alignment Readings                    -> Alignments (rows)
5. relation  Alignments                  -> Alignments with relations, reasons, status
6. store     kept
7. web       shown
"""
