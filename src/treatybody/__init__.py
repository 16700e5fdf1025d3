"""Search the working papers of the UN human rights treaty bodies, paragraph by paragraph."""

__version__ = "0.1.0"
