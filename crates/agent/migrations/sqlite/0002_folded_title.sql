-- Without case and accents, for the search: SQLite's lower() knows ASCII only.
ALTER TABLE conversation ADD COLUMN folded_title TEXT NOT NULL DEFAULT '';
UPDATE conversation SET folded_title = lower(title);
