-- Ways to rows that were found by a walk through their table: keys that are a day old, and what goes with a
-- message or a conversation that is deleted.
CREATE INDEX idempotency_by_time ON idempotency (created_at);
CREATE INDEX idempotency_of_message ON idempotency (message_id);
CREATE INDEX proposal_of_conversation ON proposal (conversation_id);
