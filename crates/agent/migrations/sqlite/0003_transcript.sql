-- What the turn added to the prompt: messages of person, model and tools, as JSON. Of the agent's
-- messages only; null where it was not kept.
ALTER TABLE message ADD COLUMN transcript TEXT;
