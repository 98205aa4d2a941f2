"""« Du nouveau sur cette page »: who may be told that a page changed. The server's entry does the telling."""
