-- Which units owe which data, by when, and who of them is answerable (document 470-CV/BTGTU of 5 August 2021: guidance to localities on the data they supply, and a named officer).

CREATE TABLE pt.oversight_duty (
  id uuid PRIMARY KEY,
  unit_id int NOT NULL REFERENCES pt.unit,      -- who asks; the units below it owe
  kind smallint,                                -- those of this kind; null: of every kind
  name text NOT NULL,                           -- which data
  guidance text,                                -- what exactly, from where, entered how
  paper text NOT NULL,                          -- number of the paper that asks for it
  rhythm smallint NOT NULL,                     -- 1 once, 2 each day, 3 Monday to Friday, 4 each week, 5 each month
  since date NOT NULL,                          -- the first day on which it is due; says the day of the week or of the month as well
  until date,                                   -- the last day on which it can be due; null: until further notice
  due_at time NOT NULL,                         -- by the wall clock of Viet Nam
  entered_at timestamptz NOT NULL,
  entered_by uuid NOT NULL,
  ended_at timestamptz,                         -- what is due later is not owed any more
  CHECK (rhythm BETWEEN 1 AND 5 AND (until IS NULL OR until >= since))
);
CREATE INDEX oversight_duty_unit ON pt.oversight_duty (unit_id);
ALTER TABLE pt.oversight_duty ENABLE ROW LEVEL SECURITY;
-- Whoever is asked for something may read by whom and by when; it is changed above only.
CREATE POLICY everybody ON pt.oversight_duty FOR SELECT TO pt_app USING ((SELECT pt.actor()) IS NOT NULL);
CREATE POLICY own ON pt.oversight_duty FOR INSERT TO pt_app WITH CHECK (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]));
CREATE POLICY own_change ON pt.oversight_duty FOR UPDATE TO pt_app USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]));
CREATE POLICY jobs ON pt.oversight_duty FOR SELECT TO pt_jobs USING (true);
GRANT SELECT, INSERT, UPDATE (ended_at) ON pt.oversight_duty TO pt_app;
GRANT SELECT ON pt.oversight_duty TO pt_jobs;

CREATE TABLE pt.oversight_officer (
  id uuid PRIMARY KEY,
  duty_id uuid NOT NULL REFERENCES pt.oversight_duty,
  unit_id int NOT NULL REFERENCES pt.unit,      -- for whom
  province_id int NOT NULL DEFAULT 0,           -- where the unit stands
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  account_id uuid NOT NULL REFERENCES pt.account,
  cause uuid,                                   -- the act that named many at once, or the hand-over of an account that did
  named_at timestamptz NOT NULL,
  named_by uuid NOT NULL,
  ended_at timestamptz,
  ended_by uuid,
  ended_cause uuid                              -- the hand-over of an account that ended it
);
CREATE UNIQUE INDEX oversight_officer_one ON pt.oversight_officer (duty_id, unit_id) WHERE ended_at IS NULL;
CREATE INDEX oversight_officer_account ON pt.oversight_officer (account_id) WHERE ended_at IS NULL;
CREATE INDEX oversight_officer_unit ON pt.oversight_officer (unit_id, duty_id);
CALL pt.guard('pt.oversight_officer', false);
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_cause) ON pt.oversight_officer TO pt_app;

CREATE TABLE pt.oversight_delivery (
  id uuid PRIMARY KEY,
  duty_id uuid NOT NULL REFERENCES pt.oversight_duty,
  unit_id int NOT NULL REFERENCES pt.unit,
  province_id int NOT NULL DEFAULT 0,           -- where the unit stands
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  due date NOT NULL,                            -- for what was due on this day
  nothing boolean NOT NULL,                     -- there was nothing to supply, said on purpose
  note text,
  delivered_at timestamptz NOT NULL,
  delivered_by uuid NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_by uuid
);
CREATE UNIQUE INDEX oversight_delivery_one ON pt.oversight_delivery (duty_id, due, unit_id) WHERE withdrawn_at IS NULL;
CREATE INDEX oversight_delivery_unit ON pt.oversight_delivery (unit_id, duty_id, due);
CALL pt.guard('pt.oversight_delivery', false);
GRANT SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by) ON pt.oversight_delivery TO pt_app;

-- Whether a right reaches a unit: through the tree, or because the unit stands in one of its areas.
CREATE FUNCTION pt.right_over(r pt.account_right, u pt.unit) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
  SELECT u.id = ANY (r.units) OR u.province_id = ANY (r.provinces) OR u.district_id = ANY (r.districts) OR u.commune_id = ANY (r.communes)
$$;

-- The accounts that could enter data now for a unit of the asker's.
CREATE FUNCTION pt.able_for(unit int, roles smallint[], now timestamptz) RETURNS SETOF uuid STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT a.id FROM unit u JOIN account a ON a.state = 1 AND a.issued AND (a.expires_at IS NULL OR a.expires_at > $3)
    WHERE u.id = $1 AND pt.in_scope(u.id, u.province_id, u.district_id, u.commune_id)
      AND EXISTS (SELECT 1 FROM account_right r WHERE r.account_id = a.id AND r.role = ANY ($2) AND pt.right_over(r, u) AND r.since <= $3 AND (r.until IS NULL OR r.until > $3))
$$;
REVOKE ALL ON FUNCTION pt.able_for(int, smallint[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.able_for(int, smallint[], timestamptz) TO pt_app;

-- Who is answerable for a duty, for each of the asker's units, and whether that account could still enter data there. Names of staff are said also where they belong to another unit.
CREATE FUNCTION pt.duty_officers(duty uuid, roles smallint[], now timestamptz) RETURNS TABLE (unit_id int, account_id uuid, name text, able boolean) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT o.unit_id, a.id, a.display_name, a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > $3)
      AND EXISTS (SELECT 1 FROM account_right r WHERE r.account_id = a.id AND r.role = ANY ($2) AND pt.right_over(r, u) AND r.since <= $3 AND (r.until IS NULL OR r.until > $3))
    FROM oversight_officer o JOIN account a ON a.id = o.account_id JOIN unit u ON u.id = o.unit_id
    WHERE o.duty_id = $1 AND o.ended_at IS NULL AND pt.in_scope(u.id, u.province_id, u.district_id, u.commune_id)
$$;
REVOKE ALL ON FUNCTION pt.duty_officers(uuid, smallint[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.duty_officers(uuid, smallint[], timestamptz) TO pt_app;

-- Tells of what is due on a day and has not been supplied: the officers who are answerable; where there is none who could do it, the nearest at or above the unit who manages
-- accounts; once it is late, the nearest manager above as well. Once for each intent. Answers whom to write to and of how many units; the sender does not learn who they are.
-- scoped: only of the asker's units; otherwise of all.
CREATE FUNCTION pt.remind_of_duty(duty uuid, due date, late boolean, scoped boolean, entering smallint[], managing smallint[], intent text, text_key text, details text, link text, now timestamptz)
  RETURNS TABLE (email text, language smallint, owing int, told boolean) LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH RECURSIVE asked AS (SELECT * FROM oversight_duty d WHERE d.id = $1),
  below AS (
    SELECT u AS unit, u.id FROM unit u JOIN asked d ON u.parent_id = d.unit_id
    UNION ALL SELECT u, u.id FROM unit u JOIN below b ON u.parent_id = b.id),
  owing AS (
    SELECT b.id, (b.unit).parent_id, b.unit FROM below b CROSS JOIN asked d
      WHERE (b.unit).valid_from <= $2 AND ((b.unit).valid_to IS NULL OR (b.unit).valid_to > $2) AND (d.kind IS NULL OR (b.unit).kind = d.kind)
        AND (NOT $4 OR pt.in_scope(b.id, (b.unit).province_id, (b.unit).district_id, (b.unit).commune_id))
        AND NOT EXISTS (SELECT 1 FROM oversight_delivery v WHERE v.duty_id = $1 AND v.due = $2 AND v.unit_id = b.id AND v.withdrawn_at IS NULL)),
  working AS (
    SELECT a.id, a.unit_id, a.email, a.language, r AS given, r.units, r.role FROM account a JOIN account_right r ON r.account_id = a.id
      WHERE a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > $11) AND r.since <= $11 AND (r.until IS NULL OR r.until > $11)),
  named AS (
    SELECT DISTINCT g.id AS unit, a.id, a.email, a.language FROM owing g JOIN oversight_officer o ON o.duty_id = $1 AND o.unit_id = g.id AND o.ended_at IS NULL
      JOIN working a ON a.id = o.account_id AND a.role = ANY ($5) AND pt.right_over(a.given, g.unit)),
  managers AS (SELECT * FROM working w WHERE w.role = ANY ($6)),
  up AS (
    SELECT x.unit, x.at FROM (
      SELECT g.id AS unit, g.id AS at FROM owing g WHERE NOT EXISTS (SELECT 1 FROM named n WHERE n.unit = g.id)
      UNION SELECT g.id, g.parent_id FROM owing g WHERE $3) x WHERE x.at IS NOT NULL
    UNION SELECT up.unit, u.parent_id FROM up JOIN unit u ON u.id = up.at
      WHERE u.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM managers m WHERE m.unit_id = up.at AND up.unit = ANY (m.units))),
  every AS (
    SELECT n.unit, n.id, n.email, n.language FROM named n
    UNION SELECT up.unit, m.id, m.email, m.language FROM up JOIN managers m ON m.unit_id = up.at AND up.unit = ANY (m.units)),
  each AS (SELECT e.id, e.email, e.language, count(DISTINCT e.unit)::int AS owing FROM every e GROUP BY e.id, e.email, e.language),
  made AS (
    INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
    SELECT gen_random_uuid(), $7, e.id, $8, ($9::jsonb || jsonb_build_object('n', e.owing::text))::text, $10, $3, $11 FROM each e
    ON CONFLICT DO NOTHING RETURNING account_id)
  SELECT e.email, e.language, e.owing, EXISTS (SELECT 1 FROM made m WHERE m.account_id = e.id) FROM each e
$$;
REVOKE ALL ON FUNCTION pt.remind_of_duty(uuid, date, boolean, boolean, smallint[], smallint[], text, text, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.remind_of_duty(uuid, date, boolean, boolean, smallint[], smallint[], text, text, text, text, timestamptz) TO pt_app, pt_jobs;
