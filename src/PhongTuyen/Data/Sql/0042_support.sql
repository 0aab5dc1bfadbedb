-- Support: whom to call in a province, what users report as not working, and what the team that looks after it did about it.

CREATE TABLE pt.support_contact (
  province_id int PRIMARY KEY REFERENCES pt.area, -- 0: the whole country, where a province has none of its own
  office text NOT NULL,                           -- an office, never a person
  telephone text,
  email text,
  hours text,
  changed_at timestamptz NOT NULL,
  changed_by uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  CHECK (telephone IS NOT NULL OR email IS NOT NULL)
);
ALTER TABLE pt.support_contact ENABLE ROW LEVEL SECURITY;
-- Who cannot sign in needs it most.
CREATE POLICY everybody ON pt.support_contact FOR SELECT TO pt_app, pt_jobs USING (true);
CREATE POLICY own ON pt.support_contact FOR INSERT TO pt_app WITH CHECK (province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[])
  OR province_id IN (SELECT u.covers_area_id FROM pt.unit u WHERE u.id = ANY ((SELECT pt.ints('pt.units'))::int[])));
CREATE POLICY own_change ON pt.support_contact FOR UPDATE TO pt_app USING (province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[])
  OR province_id IN (SELECT u.covers_area_id FROM pt.unit u WHERE u.id = ANY ((SELECT pt.ints('pt.units'))::int[])));
GRANT SELECT, INSERT, UPDATE ON pt.support_contact TO pt_app;
GRANT SELECT ON pt.support_contact TO pt_jobs;

CREATE TABLE pt.support_report (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES pt.account, -- who reported it …
  name text NOT NULL,                             -- … and what they were called then
  unit_id int NOT NULL REFERENCES pt.unit,
  province_id int NOT NULL,                       -- where the unit stands, or what it looks after
  district_id int NOT NULL,
  commune_id int NOT NULL,
  screen text COLLATE "C",                        -- name of the page, not its address: that may name a person's record
  trace text COLLATE "C",                         -- what the page of a fault said
  program text NOT NULL,
  device text,
  what text NOT NULL,
  state smallint NOT NULL,                        -- 1 new, 2 taken, 3 answered, 4 closed
  reported_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  taken_by uuid REFERENCES pt.account,
  taken_name text,
  version int NOT NULL DEFAULT 1
);
CREATE INDEX support_report_account ON pt.support_report (account_id, reported_at DESC, id DESC);
CREATE INDEX support_report_due ON pt.support_report (due_at, id) WHERE state < 3;
CREATE INDEX support_report_done ON pt.support_report (state, due_at DESC, id DESC) WHERE state >= 3;
ALTER TABLE pt.support_report ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_or_scoped ON pt.support_report FOR SELECT TO pt_app USING (account_id = (SELECT pt.actor()) OR unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])
  OR province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[]) OR district_id = ANY ((SELECT pt.ints('pt.districts'))::int[]) OR commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[]));
CREATE POLICY own ON pt.support_report FOR INSERT TO pt_app WITH CHECK (account_id = (SELECT pt.actor()));
CREATE POLICY own_or_scoped_change ON pt.support_report FOR UPDATE TO pt_app USING (account_id = (SELECT pt.actor()) OR unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])
  OR province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[]) OR district_id = ANY ((SELECT pt.ints('pt.districts'))::int[]) OR commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[]));
-- What was reported stays as it was written.
GRANT SELECT, INSERT, UPDATE (state, due_at, taken_by, taken_name, version) ON pt.support_report TO pt_app;

CREATE TABLE pt.support_entry (
  id uuid PRIMARY KEY,
  report_id uuid NOT NULL REFERENCES pt.support_report,
  kind smallint NOT NULL,                         -- 1 taken, 2 given back, 3 answered, 4 added by who reported, 5 closed
  account_id uuid NOT NULL REFERENCES pt.account,
  name text NOT NULL,
  text text,
  at timestamptz NOT NULL
);
CREATE INDEX support_entry_report ON pt.support_entry (report_id, at, id);
ALTER TABLE pt.support_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_reports ON pt.support_entry FOR SELECT TO pt_app USING (EXISTS (SELECT 1 FROM pt.support_report r WHERE r.id = report_id));
CREATE POLICY of_reports_add ON pt.support_entry FOR INSERT TO pt_app WITH CHECK (account_id = (SELECT pt.actor()) AND EXISTS (SELECT 1 FROM pt.support_report r WHERE r.id = report_id));
GRANT SELECT, INSERT ON pt.support_entry TO pt_app;

-- Tells the one who has a report; else those of the team whose grants hold the place that it comes from; else those above. Who reports does not learn who they are.
CREATE FUNCTION pt.tell_support(intent text, report uuid, team smallint[], above smallint[], text_key text, details text, link text, now timestamptz)
  RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH asked AS (SELECT * FROM support_report r WHERE r.id = $2 AND r.account_id = pt.actor()),
  able AS (
    SELECT a.id, bool_or(t.role = ANY ($3)) AS team, bool_or(a.id = s.taken_by) AS has
      FROM asked s JOIN account_right t ON s.unit_id = ANY (t.units) OR s.province_id = ANY (t.provinces) OR s.district_id = ANY (t.districts) OR s.commune_id = ANY (t.communes)
      JOIN account a ON a.id = t.account_id JOIN account_secret k ON k.account_id = a.id
      WHERE t.role = ANY ($3 || $4) AND t.since <= $8 AND (t.until IS NULL OR t.until > $8) AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > $8) AND a.id <> s.account_id
      GROUP BY a.id),
  made AS (
    INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
    SELECT gen_random_uuid(), $1, e.id, $5, $6, $7, false, $8 FROM able e
      WHERE CASE WHEN (SELECT bool_or(has) FROM able) THEN e.has WHEN (SELECT bool_or(team) FROM able) THEN e.team ELSE true END
    ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*)::int FROM made
$$;
REVOKE ALL ON FUNCTION pt.tell_support(text, uuid, smallint[], smallint[], text, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tell_support(text, uuid, smallint[], smallint[], text, text, text, timestamptz) TO pt_app;

-- Tells who reported something what became of it.
CREATE FUNCTION pt.tell_reporter(intent text, report uuid, text_key text, details text, link text, now timestamptz)
  RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH made AS (
    INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
    SELECT gen_random_uuid(), $1, r.account_id, $3, $4, $5, false, $6 FROM support_report r
      WHERE r.id = $2 AND r.account_id <> pt.actor() AND pt.in_scope(r.unit_id, r.province_id, r.district_id, r.commune_id)
    ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*)::int FROM made
$$;
REVOKE ALL ON FUNCTION pt.tell_reporter(text, uuid, text, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tell_reporter(text, uuid, text, text, text, timestamptz) TO pt_app;
