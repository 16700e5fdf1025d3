"""Tables of what the field knows: symbols, States, treaties, words; read by ``tables.py``."""
