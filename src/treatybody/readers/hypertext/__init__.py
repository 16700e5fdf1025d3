"""What a web page shows: ``page`` walks it, ``lists`` counts items, ``notes`` finds notes."""
