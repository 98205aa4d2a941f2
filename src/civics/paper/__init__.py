"""A sheet that people fill in by hand and a program reads back: where everything stands, and what its code says."""
