"""What the links of a reporting cycle mean for people: trace, gaps, follow-up, check and more."""
