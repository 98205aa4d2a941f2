"""Paper at the desk: forms printed, piles entered or scanned, entered again by another, told."""
