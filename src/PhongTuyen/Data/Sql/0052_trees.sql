-- Trees that live: units are moved, renamed, merged, divided and closed by dated acts. No row of the register moves: what was written under a unit stays under it,
-- and the reach of accounts follows the tree. docs/decisions/0010-trees-that-live.md.

-- What a unit was until a day: its name and where it stood. The present one stands in pt.unit.
CREATE TABLE pt.unit_past (
  unit_id int NOT NULL REFERENCES pt.unit,
  until date NOT NULL,                         -- last day, included
  act_id uuid NOT NULL,                        -- what ended it
  parent_id int,
  name text NOT NULL,
  kind smallint NOT NULL,
  province_id int NOT NULL,
  district_id int NOT NULL,
  commune_id int NOT NULL,
  covers_area_id int,
  PRIMARY KEY (unit_id, act_id)
);
CREATE INDEX unit_past_act ON pt.unit_past (act_id);
ALTER TABLE pt.unit_past ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody ON pt.unit_past FOR SELECT TO pt_app, pt_jobs USING (true);
CREATE POLICY own ON pt.unit_past FOR INSERT TO pt_app WITH CHECK (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]));
CREATE POLICY undone ON pt.unit_past FOR DELETE TO pt_app USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]));
GRANT SELECT, INSERT, DELETE ON pt.unit_past TO pt_app;
GRANT SELECT ON pt.unit_past TO pt_jobs;

-- The name that a unit bore on a day: history is printed under it.
CREATE FUNCTION pt.unit_name_on(unit int, day date) RETURNS text STABLE LANGUAGE sql AS $$
  SELECT coalesce((SELECT p.name FROM pt.unit_past p WHERE p.unit_id = unit AND p.until >= day ORDER BY p.until LIMIT 1), (SELECT u.name FROM pt.unit u WHERE u.id = unit))
$$;

-- What became of an area, as acts of this installation carried it out: only what went over as a whole stands here, and only through it a right reaches further.
CREATE TABLE pt.area_succession (
  old_id int NOT NULL REFERENCES pt.area,
  new_id int NOT NULL REFERENCES pt.area,
  act_id uuid NOT NULL,
  PRIMARY KEY (old_id, new_id)
);
CREATE INDEX area_succession_new ON pt.area_succession (new_id);
CREATE INDEX area_succession_act ON pt.area_succession (act_id);
GRANT SELECT ON pt.area_succession TO pt_app, pt_jobs;

-- Dated acts on units and areas, planned, done and taken back.
CREATE TABLE pt.reorganisation_act (
  id uuid PRIMARY KEY,
  unit_id int NOT NULL REFERENCES pt.unit,     -- the unit concerned; of a new one the unit above it; of areas the unit of whoever decided
  kind smallint NOT NULL,                      -- 1 make, 2 move, 3 rename, 4 merge, 5 divide, 6 close; 11 areas changed, 12 reform of a province
  units int[] NOT NULL,                        -- all units that it touches
  paper text NOT NULL,
  effective_on date NOT NULL,
  content text NOT NULL,                       -- JSON of what is asked for, with the names of that day
  done text,                                   -- JSON of what it changed, and what stood there before: the way back
  state smallint NOT NULL,                     -- 1 planned, 2 done, 3 withdrawn, 4 undone, 5 could not be carried out
  why text,                                    -- code of the refusal, where it could not be carried out
  entered_at timestamptz NOT NULL,
  entered_by uuid NOT NULL,
  done_at timestamptz,
  done_no bigint,                              -- in which order acts were done: what came later is undone first
  ended_at timestamptz,
  ended_by uuid
);
CREATE SEQUENCE pt.reorganisation_done_no;
CREATE INDEX reorganisation_act_planned ON pt.reorganisation_act (effective_on, entered_at) WHERE state = 1;
CREATE INDEX reorganisation_act_newest ON pt.reorganisation_act (entered_at DESC, id DESC);
ALTER TABLE pt.reorganisation_act ENABLE ROW LEVEL SECURITY;
-- Acts on areas are public, as decrees are; those on units are read by those above them.
CREATE POLICY own_units ON pt.reorganisation_act FOR SELECT TO pt_app USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR (kind > 10 AND (SELECT pt.actor()) IS NOT NULL));
CREATE POLICY entered ON pt.reorganisation_act FOR INSERT TO pt_app WITH CHECK (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) AND entered_by = (SELECT pt.actor()));
CREATE POLICY changed ON pt.reorganisation_act FOR UPDATE TO pt_app USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]));
CREATE POLICY jobs ON pt.reorganisation_act FOR SELECT TO pt_jobs USING (true);
CREATE POLICY jobs_change ON pt.reorganisation_act FOR UPDATE TO pt_jobs USING (true);
GRANT SELECT, INSERT ON pt.reorganisation_act TO pt_app;
GRANT UPDATE (done, state, why, done_at, done_no, ended_at, ended_by) ON pt.reorganisation_act TO pt_app;
GRANT SELECT, UPDATE (state, why, ended_at) ON pt.reorganisation_act TO pt_jobs;
GRANT USAGE ON SEQUENCE pt.reorganisation_done_no TO pt_app;

-- An area with all that went into it as a whole, and what it went into with all that went into that: what a right over it covers.
CREATE FUNCTION pt.area_family(area int) RETURNS int[] STABLE LANGUAGE sql AS $$
  WITH RECURSIVE onward AS (SELECT area AS id UNION SELECT s.new_id FROM pt.area_succession s JOIN onward o ON s.old_id = o.id),
    family AS (SELECT id FROM onward UNION SELECT s.old_id FROM pt.area_succession s JOIN family f ON s.new_id = f.id)
  SELECT array_agg(id ORDER BY id) FROM family
$$;

-- Which grant a written-out right comes from: so that only rights that change are written anew, and only their streams are asked again.
ALTER TABLE pt.account_right ADD COLUMN grant_id uuid;
DELETE FROM pt.account_right;
CREATE UNIQUE INDEX account_right_grant ON pt.account_right (grant_id);
ALTER TABLE pt.account_right ALTER COLUMN grant_id SET NOT NULL;

-- What the grants of these accounts (null: of all) open by the trees as they stand now.
CREATE FUNCTION pt.rights_due(accounts uuid[]) RETURNS TABLE (grant_id uuid, account_id uuid, role smallint, since timestamptz, until timestamptz, units int[], provinces int[], districts int[], communes int[])
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT g.id, g.account_id, g.role, g.since, g.until,
    -- A unit that was merged lies below the one that took it over, and a role over it is one over that.
    coalesce((WITH RECURSIVE onward AS (
        SELECT u.id, u.merged_into FROM unit u WHERE u.id = g.unit_id
        UNION SELECT u.id, u.merged_into FROM unit u JOIN onward o ON u.id = o.merged_into),
      below AS (
        SELECT o.id FROM onward o
        UNION SELECT u.id FROM unit u JOIN below b ON u.parent_id = b.id)
      SELECT array_agg(id ORDER BY id) FROM below), '{}'),
    CASE a.level WHEN 0 THEN (SELECT array_agg(id ORDER BY id) FROM (SELECT 0 AS id UNION ALL SELECT p.id FROM area p WHERE p.level = 1) every) ELSE coalesce(f.provinces, '{}') END,
    coalesce(f.districts, '{}'), coalesce(f.communes, '{}')
  FROM account_grant g LEFT JOIN area a ON a.id = g.area_id
  LEFT JOIN LATERAL (SELECT array_agg(m.id ORDER BY m.id) FILTER (WHERE m.level = 1) AS provinces, array_agg(m.id ORDER BY m.id) FILTER (WHERE m.level = 2) AS districts,
      array_agg(m.id ORDER BY m.id) FILTER (WHERE m.level = 3) AS communes FROM area m WHERE a.level > 0 AND m.id = ANY (pt.area_family(a.id))) f ON true
  WHERE g.revoked_at IS NULL AND (accounts IS NULL OR g.account_id = ANY (accounts));
$$;
REVOKE ALL ON FUNCTION pt.rights_due(uuid[]) FROM public;

-- Writes out what changed, and nothing else.
CREATE OR REPLACE FUNCTION pt.write_rights(accounts uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  DELETE FROM account_right r WHERE (accounts IS NULL OR r.account_id = ANY (accounts)) AND NOT EXISTS (SELECT 1 FROM account_grant g WHERE g.id = r.grant_id AND g.revoked_at IS NULL);
  INSERT INTO account_right AS r (grant_id, account_id, role, since, until, units, provinces, districts, communes)
    SELECT d.grant_id, d.account_id, d.role, d.since, d.until, d.units, d.provinces, d.districts, d.communes FROM rights_due(accounts) d ORDER BY d.grant_id
    ON CONFLICT (grant_id) DO UPDATE SET account_id = excluded.account_id, role = excluded.role, since = excluded.since, until = excluded.until, units = excluded.units, provinces = excluded.provinces,
      districts = excluded.districts, communes = excluded.communes
    WHERE (r.account_id, r.role, r.since, r.until, r.units, r.provinces, r.districts, r.communes)
      IS DISTINCT FROM (excluded.account_id, excluded.role, excluded.since, excluded.until, excluded.units, excluded.provinces, excluded.districts, excluded.communes);
$$;
SELECT pt.write_rights(NULL);

-- Who gains or loses what, between the rights as they are written and the trees as this transaction has changed them. At any other time the two are the same.
-- The name of an account is said only to those in whose units it lies.
CREATE FUNCTION pt.rights_difference(now timestamptz) RETURNS TABLE (account_id uuid, name text, unit_id int, roles smallint[], gained_units int[], lost_units int[], gained_areas int[], lost_areas int[])
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH due AS MATERIALIZED (SELECT * FROM rights_due(NULL)),
  touched AS (
    SELECT DISTINCT coalesce(d.account_id, r.account_id) AS account FROM due d FULL JOIN account_right r ON r.grant_id = d.grant_id
    WHERE (d.units, d.provinces, d.districts, d.communes) IS DISTINCT FROM (r.units, r.provinces, r.districts, r.communes)),
  after AS (SELECT d.account_id AS account, d.role, d.units, d.provinces || d.districts || d.communes AS areas FROM due d JOIN touched t ON t.account = d.account_id WHERE d.until IS NULL OR d.until > now),
  before AS (SELECT r.account_id AS account, r.role, r.units, r.provinces || r.districts || r.communes AS areas FROM account_right r JOIN touched t ON t.account = r.account_id WHERE r.until IS NULL OR r.until > now)
  SELECT t.account, CASE WHEN a.unit_id = ANY (pt.ints('pt.units')) THEN a.display_name END, a.unit_id,
    (SELECT array_agg(DISTINCT x.role) FROM (SELECT role, account FROM after UNION SELECT role, account FROM before) x WHERE x.account = t.account),
    coalesce((SELECT array_agg(u) FROM (SELECT unnest(units) FROM after x WHERE x.account = t.account EXCEPT SELECT unnest(units) FROM before x WHERE x.account = t.account) y(u)), '{}'),
    coalesce((SELECT array_agg(u) FROM (SELECT unnest(units) FROM before x WHERE x.account = t.account EXCEPT SELECT unnest(units) FROM after x WHERE x.account = t.account) y(u)), '{}'),
    coalesce((SELECT array_agg(u) FROM (SELECT unnest(areas) FROM after x WHERE x.account = t.account EXCEPT SELECT unnest(areas) FROM before x WHERE x.account = t.account) y(u)), '{}'),
    coalesce((SELECT array_agg(u) FROM (SELECT unnest(areas) FROM before x WHERE x.account = t.account EXCEPT SELECT unnest(areas) FROM after x WHERE x.account = t.account) y(u)), '{}')
  FROM touched t JOIN account a ON a.id = t.account WHERE a.state = 1 AND pt.actor() IS NOT NULL
$$;
REVOKE ALL ON FUNCTION pt.rights_difference(timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.rights_difference(timestamptz) TO pt_app;

-- What stands in the way of closing a unit or giving it to another: a manager of units need not be allowed to see persons, and is told numbers. Open rows only: few, whatever the years.
CREATE FUNCTION pt.unit_in_use(unit int, since date) RETURNS TABLE (stays int, transfers int, begun_since boolean) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT (SELECT count(*)::int FROM quarantine_stay s WHERE s.unit_id = unit AND s.state IN (1, 2, 3, 4)),
    (SELECT count(*)::int FROM quarantine_transfer t WHERE t.unit_id = unit AND t.state IN (1, 2)) + (SELECT count(*)::int FROM quarantine_transfer t WHERE t.to_unit_id = unit AND t.state IN (1, 2)),
    EXISTS (SELECT 1 FROM quarantine_stay s WHERE s.unit_id = unit AND s.arrived_on >= since)
  WHERE unit = ANY (pt.ints('pt.units'))
$$;
REVOKE ALL ON FUNCTION pt.unit_in_use(int, date) FROM public;
GRANT EXECUTE ON FUNCTION pt.unit_in_use(int, date) TO pt_app;

-- Whether anything was ever written under a unit: asked before one that was made by mistake is taken back.
CREATE FUNCTION pt.unit_was_used(unit int) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM quarantine_stay s WHERE s.unit_id = unit) OR EXISTS (SELECT 1 FROM quarantine_facility f WHERE f.unit_id = unit) OR EXISTS (SELECT 1 FROM case_record c WHERE c.unit_id = unit)
      OR EXISTS (SELECT 1 FROM person_scope t WHERE t.unit_id = unit AND unit <> 0) OR EXISTS (SELECT 1 FROM quarantine_transfer t WHERE t.to_unit_id = unit)
   WHERE unit = ANY (pt.ints('pt.units'))
$$;
REVOKE ALL ON FUNCTION pt.unit_was_used(int) FROM public;
GRANT EXECUTE ON FUNCTION pt.unit_was_used(int) TO pt_app;
