-- Whether the person's message is what a button of a proposal said: without the press, its text alone
-- would mean something else.
ALTER TABLE message ADD COLUMN button INTEGER NOT NULL DEFAULT 0;

-- The person's message that confirmed the proposal, which is confirmed on all branches from then on.
ALTER TABLE proposal ADD COLUMN confirmed_by TEXT;
CREATE INDEX proposal_of_confirmation ON proposal (confirmed_by) WHERE confirmed_by IS NOT NULL;

UPDATE proposal SET confirmed_by = (
    SELECT m.parent_id FROM message m
    WHERE m.conversation_id = proposal.conversation_id
      AND m.state ->> '$.proposal.id' = proposal.id
      AND m.state ->> '$.proposal.status' = 'confirmed'
    ORDER BY m.seq LIMIT 1
);
