"""Live streams: held by the event loop, without a thread, a database connection or a timer of their own each."""
