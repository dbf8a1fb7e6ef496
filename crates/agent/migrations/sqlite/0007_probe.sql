-- What the health check writes, to know whether a change can be committed.
CREATE TABLE probe (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    writes  INTEGER NOT NULL,
    payload BLOB NOT NULL
) STRICT;
INSERT INTO probe VALUES (1, 0, zeroblob(0));
