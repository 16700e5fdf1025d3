"""The rooms of the PDF reader, from positioned runs to blocks.

``pdfium_engine`` and ``pdfminer_engine`` deliver the same thing, `runs.Page`; everything after
them is one shared stage: `lines`, `columns`, `furniture`, `masthead`, `notes`, `contents`,
`tables`, `hyphens`, `paragraphs`. `compare` holds two readings of one page against each other.
"""
