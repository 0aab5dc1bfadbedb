-- Accounts for many at once: the list as it was sent, the accounts made of it, and their slips (first passwords), which are handed out later.

CREATE TABLE pt.account_list (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES pt.account, -- who sent it
  unit_id int NOT NULL REFERENCES pt.unit,        -- in whose name
  file_name text NOT NULL,
  rows text NOT NULL,                             -- JSON, as it was typed: names and mail addresses of staff
  row_count int NOT NULL,
  created_at timestamptz NOT NULL,
  made_at timestamptz
);
CREATE INDEX account_list_unit ON pt.account_list (unit_id, created_at DESC);
ALTER TABLE pt.account_list ENABLE ROW LEVEL SECURITY;
-- Whoever manages the unit in whose name it was sent: a colleague prints what one has begun.
CREATE POLICY own_units ON pt.account_list TO pt_app USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])) WITH CHECK (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) AND account_id = (SELECT pt.actor()));
GRANT SELECT, INSERT, UPDATE (made_at) ON pt.account_list TO pt_app;

-- An account without a first password signs in nowhere until its slip is handed out.
ALTER TABLE pt.account ADD COLUMN list_id uuid REFERENCES pt.account_list, ADD COLUMN issued boolean NOT NULL DEFAULT false;
UPDATE pt.account a SET issued = true FROM pt.account_secret s WHERE s.account_id = a.id;
CREATE INDEX account_made_of ON pt.account (list_id) WHERE list_id IS NOT NULL;
CREATE FUNCTION pt.account_issued() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE account SET issued = true WHERE id = NEW.account_id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.account_issued() FROM public;
CREATE TRIGGER issued AFTER INSERT ON pt.account_secret FOR EACH ROW EXECUTE FUNCTION pt.account_issued();

-- Names of accounts are one row of the whole installation: which are taken that are one of these but for figures behind it, also where the asker sees no account.
CREATE INDEX account_name_stem ON pt.account (rtrim(user_name, '0123456789') COLLATE "C");
CREATE FUNCTION pt.taken_user_names(stems text[]) RETURNS SETOF text STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT a.user_name FROM account a WHERE rtrim(a.user_name, '0123456789') COLLATE "C" = ANY ($1)
$$;
REVOKE ALL ON FUNCTION pt.taken_user_names(text[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.taken_user_names(text[]) TO pt_app;

-- Takes accounts of a list back that nobody has got yet, with their roles. Answers which.
CREATE FUNCTION pt.take_back_accounts(list uuid) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE gone uuid[];
BEGIN
  SELECT array_agg(a.id) INTO gone FROM account a JOIN account_list l ON l.id = a.list_id
    WHERE a.list_id = list AND l.unit_id = ANY (pt.ints('pt.units')) AND NOT a.issued AND a.unit_id = ANY (pt.ints('pt.units'));
  DELETE FROM account_right WHERE account_id = ANY (gone);
  DELETE FROM account_grant WHERE account_id = ANY (gone);
  DELETE FROM notice WHERE account_id = ANY (gone);
  DELETE FROM account WHERE id = ANY (gone);
  RETURN QUERY SELECT unnest(gone);
END $$;
REVOKE ALL ON FUNCTION pt.take_back_accounts(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.take_back_accounts(uuid) TO pt_app;

-- An account whose slip was not handed out yet covers no unit.
CREATE OR REPLACE FUNCTION pt.units_with_accounts(now timestamptz) RETURNS TABLE (unit_id int, best int, usable int) STABLE LANGUAGE sql SET search_path = pt, pg_temp AS $$
  SELECT a.unit_id, max(CASE WHEN a.must_change_password THEN 1 ELSE 2 END), count(*)::int FROM pt.account a
    WHERE a.state = 1 AND a.issued AND (a.expires_at IS NULL OR a.expires_at > now)
      AND a.id IN (SELECT g.account_id FROM pt.account_grant g WHERE g.revoked_at IS NULL AND g.since <= now AND (g.until IS NULL OR g.until > now))
    GROUP BY a.unit_id
$$;
