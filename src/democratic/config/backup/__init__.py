"""One archive that holds an installation, and the way back from it.

sealed     the encrypted stream: cut, altered or reordered, it does not open
archive    the parts inside, each with its hash in the manifest
dump       the database as one snapshot: its dump, its counts and its journal's head
stores     where files are; `bucket` is the S3 API's, `chosen` the one of this installation
writing    `democratic backup`; `made` is what comes of it
reading    `democratic restore`, from rows; `replay` from a base and the log that follows it
again      erasures made since the backup, made again
place      the second place; `following` is what its service does, `following_store` with files of a bucket
"""
