-- A no counts on all branches, as a yes does: the person's message that decided on the proposal, and how.
ALTER TABLE proposal RENAME COLUMN confirmed_by TO decided_by;
ALTER TABLE proposal ADD COLUMN decision TEXT CHECK (decision IN ('confirmed', 'rejected'));
UPDATE proposal SET decision = 'confirmed' WHERE decided_by IS NOT NULL;

UPDATE proposal SET decided_by = (
    SELECT m.parent_id FROM message m
    WHERE m.conversation_id = proposal.conversation_id
      AND m.state ->> '$.proposal.id' = proposal.id
      AND m.state ->> '$.proposal.status' = 'rejected'
    ORDER BY m.seq LIMIT 1
) WHERE decided_by IS NULL;
UPDATE proposal SET decision = 'rejected' WHERE decided_by IS NOT NULL AND decision IS NULL;
