-- Mail that could not be sent is begun again by whoever operates the installation; what was sent is forgotten after a time.

-- Requests write into the outbox and read nothing of it: they say which, and learn how many.
CREATE FUNCTION pt.outbox_again(message uuid, now timestamptz) RETURNS int
  LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH again AS (
    -- All at once are those of which it is certain that nobody has them.
    UPDATE outbox_message SET state = 0, attempts = 0, due_at = now, fault = NULL, lease = NULL, leased_until = NULL
    WHERE CASE WHEN message IS NULL THEN state = 3 ELSE id = message AND state IN (2, 3) END RETURNING 1)
  SELECT count(*)::int FROM again
$$;
REVOKE ALL ON FUNCTION pt.outbox_again(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pt.outbox_again(uuid, timestamptz) TO pt_app;

CREATE INDEX outbox_message_sent ON pt.outbox_message (sent_at) WHERE state = 1;
