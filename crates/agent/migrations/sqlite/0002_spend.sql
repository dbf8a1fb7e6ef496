-- What model calls cost, in billionths of a US dollar; days are UTC, YYYY-MM-DD. Nothing here hangs
-- on a conversation: deleting one does not give its money back.

CREATE TABLE spend_of_day (
    day      TEXT PRIMARY KEY,
    nano_usd INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE spend_of_owner (
    day      TEXT NOT NULL,
    owner    TEXT NOT NULL,
    nano_usd INTEGER NOT NULL,
    PRIMARY KEY (day, owner)
) STRICT, WITHOUT ROWID;

-- Messages whose cost is in the sums, so that a repeated end of a turn adds nothing.
CREATE TABLE spend_counted (
    message_id TEXT PRIMARY KEY,
    day        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX spend_counted_by_day ON spend_counted (day);
