"""The archives package of a closed process: what was public, with its proofs, under a hash that all can check."""
