-- By when the units of a kind below one shall have accounts that work (order 003: "trước 15/8/2021"), and who is told of those that have none.

CREATE TABLE pt.account_deadline (
  id uuid PRIMARY KEY,
  unit_id int NOT NULL REFERENCES pt.unit,      -- the units below it are meant
  kind smallint,                                -- those of this kind; null: of every kind
  due date NOT NULL,                            -- the last day
  paper text NOT NULL,                          -- number of the paper that asks for it
  entered_at timestamptz NOT NULL,
  entered_by uuid NOT NULL,
  withdrawn_at timestamptz
);
CREATE INDEX account_deadline_unit ON pt.account_deadline (unit_id) WHERE withdrawn_at IS NULL;
ALTER TABLE pt.account_deadline ENABLE ROW LEVEL SECURITY;
-- Whoever is asked for something may read by whom and by when; it is changed above only.
CREATE POLICY everybody ON pt.account_deadline FOR SELECT TO pt_app USING (pt.actor() IS NOT NULL);
CREATE POLICY own ON pt.account_deadline FOR INSERT TO pt_app WITH CHECK (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]));
CREATE POLICY own_change ON pt.account_deadline FOR UPDATE TO pt_app USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]));
CREATE POLICY jobs ON pt.account_deadline FOR SELECT TO pt_jobs USING (true);
GRANT SELECT, INSERT, UPDATE (withdrawn_at) ON pt.account_deadline TO pt_app;
GRANT SELECT ON pt.account_deadline TO pt_jobs;

-- How the accounts of a unit stand: 0 none that could sign in, 1 handed out and not used yet, 2 somebody has signed in. An account without a role opens nothing.
-- With the rights of the caller: whoever asks sees the accounts of their own units only.
CREATE FUNCTION pt.units_with_accounts(now timestamptz) RETURNS TABLE (unit_id int, best int, usable int) STABLE LANGUAGE sql SET search_path = pt, pg_temp AS $$
  SELECT a.unit_id, max(CASE WHEN a.must_change_password THEN 1 ELSE 2 END), count(*)::int FROM pt.account a
    WHERE a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > now)
      AND a.id IN (SELECT g.account_id FROM pt.account_grant g WHERE g.revoked_at IS NULL AND g.since <= now AND (g.until IS NULL OR g.until > now))
    GROUP BY a.unit_id
$$;
REVOKE ALL ON FUNCTION pt.units_with_accounts(timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.units_with_accounts(timestamptz) TO pt_app, pt_jobs;

-- Tells the nearest above each unit that lacks accounts who could make one, once a day: how many of theirs lack them. Answers whom to write to and of how many.
-- The sender does not learn who they are.
-- within: only of these units; null: of all.
CREATE FUNCTION pt.remind_of_accounts(deadline uuid, within int[], roles smallint[], text_key text, link text, today date, now timestamptz)
  RETURNS TABLE (email text, language smallint, lacking int, told boolean) LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH RECURSIVE asked AS (SELECT * FROM account_deadline d WHERE d.id = $1 AND d.withdrawn_at IS NULL),
  below AS (
    SELECT u.id, u.parent_id, u.kind, u.valid_to FROM unit u JOIN asked d ON u.parent_id = d.unit_id
    UNION ALL SELECT u.id, u.parent_id, u.kind, u.valid_to FROM unit u JOIN below b ON u.parent_id = b.id),
  lacking AS (
    SELECT b.id, b.parent_id FROM below b CROSS JOIN asked d
      WHERE b.valid_to IS NULL AND (d.kind IS NULL OR b.kind = d.kind) AND ($2 IS NULL OR b.id = ANY ($2)) AND b.id NOT IN (SELECT w.unit_id FROM pt.units_with_accounts($7) w)),
  managers AS (
    SELECT a.id, a.unit_id, a.email, a.language, r.units FROM account a JOIN account_right r ON r.account_id = a.id
      WHERE a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > $7) AND r.role = ANY ($3) AND r.since <= $7 AND (r.until IS NULL OR r.until > $7)),
  up AS (
    SELECT l.id AS unit, l.parent_id AS at FROM lacking l WHERE l.parent_id IS NOT NULL
    UNION ALL SELECT up.unit, u.parent_id FROM up JOIN unit u ON u.id = up.at
      WHERE u.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM managers m WHERE m.unit_id = up.at AND up.unit = ANY (m.units))),
  each AS (SELECT m.id, m.email, m.language, count(DISTINCT up.unit)::int AS lacking FROM up JOIN managers m ON m.unit_id = up.at AND up.unit = ANY (m.units) GROUP BY m.id, m.email, m.language),
  made AS (
    INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
    SELECT gen_random_uuid(), 'coverage/' || d.id || '/' || $6, e.id, $4, json_build_object('n', e.lacking::text, 'due', to_char(d.due, 'DD/MM/YYYY'), 'paper', d.paper)::text, $5, d.due < $6, $7 FROM each e CROSS JOIN asked d
    ON CONFLICT DO NOTHING RETURNING account_id)
  SELECT e.email, e.language, e.lacking, EXISTS (SELECT 1 FROM made m WHERE m.account_id = e.id) FROM each e
$$;
REVOKE ALL ON FUNCTION pt.remind_of_accounts(uuid, int[], smallint[], text, text, date, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.remind_of_accounts(uuid, int[], smallint[], text, text, date, timestamptz) TO pt_app, pt_jobs;
