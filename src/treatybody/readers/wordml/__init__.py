"""WordprocessingML: what a Word file's XML means, part by part.

``package`` opens, ``styles`` and ``numbering`` hold the definitions, ``fields``, ``runs`` and
``notes`` read one paragraph, ``tables`` one row, and ``story`` walks a whole body, header or note.
Section numbers in comments are those of ECMA-376 Part 1 (ISO/IEC 29500-1).
"""
