-- Who left an account's work to whom: the roles that ended and those that were given instead, so that it can be taken back whole.
CREATE TABLE pt.account_handover (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES pt.account,    -- who leaves
  to_account_id uuid NOT NULL REFERENCES pt.account, -- who takes over
  unit_id int NOT NULL REFERENCES pt.unit,           -- of who leaves, at that time
  reason text NOT NULL,
  last_day date,                                     -- until whose end both work; null: who leaves is stopped at once
  ended uuid[] NOT NULL,                             -- roles that ended with it …
  given uuid[] NOT NULL,                             -- … and those that were given instead, to either
  notices uuid[] NOT NULL,                           -- unread ones that went over
  expires_before timestamptz,                        -- when the account would have ended otherwise
  stopped boolean NOT NULL,                          -- whether it was this that suspended the account
  done_at timestamptz NOT NULL,
  done_by uuid NOT NULL,
  undone_at timestamptz,
  undone_by uuid,
  CHECK (account_id <> to_account_id)
);
CREATE INDEX account_handover_from ON pt.account_handover (account_id, done_at DESC);
CREATE INDEX account_handover_to ON pt.account_handover (to_account_id, done_at DESC);
ALTER TABLE pt.account_handover ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_units ON pt.account_handover TO pt_app USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])) WITH CHECK (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]));
GRANT SELECT, INSERT, UPDATE (undone_at, undone_by) ON pt.account_handover TO pt_app;

-- Unread notices of one account go to another, both of the asker's units. Answers which.
-- among: of these; null: of all.
CREATE FUNCTION pt.move_notices(sender uuid, receiver uuid, among uuid[]) RETURNS SETOF uuid LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  UPDATE notice n SET account_id = $2
    WHERE n.account_id = $1 AND n.read_at IS NULL AND ($3 IS NULL OR n.id = ANY ($3)) AND NOT EXISTS (SELECT 1 FROM notice o WHERE o.account_id = $2 AND o.intent = n.intent)
      AND (SELECT count(*) FROM account a WHERE a.id IN ($1, $2) AND a.unit_id = ANY (pt.ints('pt.units'))) = 2
    RETURNING n.id
$$;
REVOKE ALL ON FUNCTION pt.move_notices(uuid, uuid, uuid[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.move_notices(uuid, uuid, uuid[]) TO pt_app;
