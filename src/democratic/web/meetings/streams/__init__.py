"""What the screens of a meeting are told: who may be told, and the same words for whoever asks now and then."""
