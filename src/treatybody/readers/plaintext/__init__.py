"""What printed pages have left in a text: running heads, and a first page in two columns."""
