"""Everything of one authority in open formats, to leave with it and to come with it: reversibility.

tables     what belongs to an authority, table by table, and what of it is private
settling   what ends with the installation that led it, as a row leaves and as it arrives
told       what the operator reads: what stays, what is to be done there
writing    the archive: JSON Lines with their schema, CSV, files, the journal with its proofs
reading    an archive brought into another installation, all of it or nothing
proofs     the entries, each proved to be under the head that the former installation signed
"""
