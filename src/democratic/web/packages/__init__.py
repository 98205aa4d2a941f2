"""« Clore et archiver » at the desk, the archives of a closed process for everyone, and the job that makes them."""
