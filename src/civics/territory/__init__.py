"""Shapes of a territory on the ground: outlines read, simplified, and asked which of them holds a point."""
