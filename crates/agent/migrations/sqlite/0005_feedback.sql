-- What people think of answers: the last word of each.
CREATE TABLE feedback (
    message_id TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    score      INTEGER NOT NULL CHECK (score IN (-1, 1)),
    comment    TEXT,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
