-- What nobody waits for stands apart from what a turn writes.

-- The finished spans of turns: a row of their own, so that no message is written again for them.
CREATE TABLE message_trace (
    message_seq INTEGER PRIMARY KEY REFERENCES message (seq) ON DELETE CASCADE,
    trace       TEXT NOT NULL
) STRICT;
INSERT INTO message_trace (message_seq, trace)
    SELECT seq, trace FROM message WHERE trace IS NOT NULL ORDER BY seq;
ALTER TABLE message DROP COLUMN trace;

-- How many messages of its branch come before a message: the newest ones of a branch are read without
-- counting them all.
ALTER TABLE message ADD COLUMN depth INTEGER NOT NULL DEFAULT 0;
WITH RECURSIVE placed (seq, id, depth) AS (
    SELECT seq, id, 0 FROM message WHERE parent_id IS NULL
    UNION ALL
    SELECT m.seq, m.id, p.depth + 1 FROM placed p JOIN message m ON m.parent_id = p.id
)
UPDATE message SET depth = placed.depth FROM placed WHERE placed.seq = message.seq;

-- The full-text index was kept by triggers, within each turn's transaction, and mixed all owners.
DROP TRIGGER conversation_title_insert;
DROP TRIGGER conversation_title_update;
DROP TRIGGER conversation_title_delete;
DROP TABLE conversation_title;
DROP TRIGGER message_text_insert;
DROP TRIGGER message_text_update;
DROP TRIGGER message_text_delete;
DROP TABLE message_text;

-- A document is a message or a title: its number is that of its conversation in the upper 32 bits, and
-- of its message in the lower ones, 0 for the title. A word is the owner's number, `q`, and the folded
-- word, so that a search reads the words of its owner only. Words hold no ASCII but letters and digits.
CREATE VIRTUAL TABLE search_index USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
CREATE TABLE search_owner (
    number INTEGER PRIMARY KEY,
    owner  TEXT NOT NULL UNIQUE
) STRICT;
-- Every message up to this one is in the index; later ones are put into it after a crash.
CREATE TABLE search_state (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    up_to INTEGER NOT NULL
) STRICT;
INSERT INTO search_state VALUES (1, 0);
