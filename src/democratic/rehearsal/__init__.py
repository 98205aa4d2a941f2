"""*Essai à blanc*: a process played in a second database, by simulated people, at a clock of its own."""
