"""What the authority and its opposition wrote, as pages of every area show it."""
