"""The public journal's mathematics: what is hashed, proved, signed and audited.

canonical   one JSON value, one sequence of bytes (RFC 8785)
leaf        what a public entry says, as the bytes that the tree hashes
openings    salted commitments, so that words can be erased and proofs stay valid
tree        the Merkle tree, its frontier and its proofs (RFC 9162)
heads       tree heads signed with Ed25519 (the only user of `cryptography`)
lines       the three published files, line by line
readme      what is published beside them, with a script that checks them alone
audit       all of it recomputed from those files
"""
