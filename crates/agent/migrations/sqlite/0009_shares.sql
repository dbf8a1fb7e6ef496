-- Read-only links to a conversation. What a link shows ends at one message: that message and those
-- before it on its branch never change, so nothing is copied but the title.
CREATE TABLE share (
    id              TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    -- SHA-256 of the token: what is stored opens nothing.
    token_digest    BLOB NOT NULL UNIQUE,
    message_id      TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    title           TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX share_of_conversation ON share (conversation_id, created_at);
CREATE INDEX share_of_message ON share (message_id);
CREATE INDEX share_by_end ON share (expires_at);
