-- The root span of the turn as a W3C traceparent: what is said of an answer later belongs to that span.
-- Of the agent's messages only.
ALTER TABLE message ADD COLUMN traceparent TEXT;
