"""One file a command; each defines ``command``. The folder is the list of commands."""
