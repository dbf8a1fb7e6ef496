-- Times are Unix milliseconds, ids are UUIDs as text, documents are JSON.

CREATE TABLE conversation (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    owner      TEXT NOT NULL,
    title      TEXT NOT NULL,
    pinned     INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX conversation_of_owner ON conversation (owner, pinned DESC, updated_at DESC, id DESC);

CREATE VIRTUAL TABLE conversation_title USING fts5 (
    title, content = 'conversation', content_rowid = 'seq',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER conversation_title_insert AFTER INSERT ON conversation BEGIN
    INSERT INTO conversation_title (rowid, title) VALUES (new.seq, new.title);
END;
CREATE TRIGGER conversation_title_update AFTER UPDATE OF title ON conversation BEGIN
    INSERT INTO conversation_title (conversation_title, rowid, title)
    VALUES ('delete', old.seq, old.title);
    INSERT INTO conversation_title (rowid, title) VALUES (new.seq, new.title);
END;
CREATE TRIGGER conversation_title_delete AFTER DELETE ON conversation BEGIN
    INSERT INTO conversation_title (conversation_title, rowid, title)
    VALUES ('delete', old.seq, old.title);
END;

CREATE TABLE message (
    -- Order of arrival: a question and its answer have the same time.
    seq             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    parent_id       TEXT REFERENCES message (id),
    role            TEXT NOT NULL CHECK (role IN ('user', 'agent')),
    text            TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    -- Of the agent's messages only.
    status          TEXT CHECK (status IN ('running', 'ok', 'stopped', 'error')),
    trace_id        TEXT,
    answer          TEXT,
    state           TEXT,
    -- The finished spans of the turn.
    trace           TEXT
) STRICT;
CREATE INDEX message_of_conversation ON message (conversation_id, seq);
CREATE INDEX message_of_parent ON message (parent_id);
-- Not unique: a client may run several turns in one trace of its own.
CREATE INDEX message_of_trace ON message (trace_id) WHERE trace_id IS NOT NULL;
CREATE UNIQUE INDEX one_running_turn ON message (conversation_id) WHERE status = 'running';

CREATE VIRTUAL TABLE message_text USING fts5 (
    text, content = 'message', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER message_text_insert AFTER INSERT ON message BEGIN
    INSERT INTO message_text (rowid, text) VALUES (new.seq, new.text);
END;
CREATE TRIGGER message_text_update AFTER UPDATE OF text ON message BEGIN
    INSERT INTO message_text (message_text, rowid, text) VALUES ('delete', old.seq, old.text);
    INSERT INTO message_text (rowid, text) VALUES (new.seq, new.text);
END;
CREATE TRIGGER message_text_delete AFTER DELETE ON message BEGIN
    INSERT INTO message_text (message_text, rowid, text) VALUES ('delete', old.seq, old.text);
END;

-- Which conversation a proposal belongs to.
CREATE TABLE proposal (
    id              TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE
) STRICT;

-- Requests that may be sent again, kept for a day.
CREATE TABLE idempotency (
    owner      TEXT NOT NULL,
    key        TEXT NOT NULL,
    digest     TEXT NOT NULL,
    message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (owner, key)
) STRICT;

CREATE TABLE preference (
    owner     TEXT PRIMARY KEY,
    locale    TEXT,
    currency  TEXT,
    time_zone TEXT
) STRICT;
