-- Work lists: what waits for somebody, of which unit, by when and how urgent for which reason; the mechanism for the lists of all modules.

CREATE TABLE pt.worklist_item (
  id uuid NOT NULL,                            -- of the record behind it: one item for each list and record
  list text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,              -- of that record
  person_id uuid,
  unit_id int NOT NULL REFERENCES pt.unit,     -- whose work it is
  province_id int NOT NULL DEFAULT 0,
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  from_unit_id int NOT NULL,                   -- who posted it: may add to it and take it back
  state smallint NOT NULL DEFAULT 0,           -- 0 nobody has it, 1 somebody has it, 2 waits for an answer from elsewhere, 3 done, 4 not needed any more
  owner_id uuid,
  owner_name text,
  urgency smallint NOT NULL,                   -- 0 urgent, 1 soon, 2 ordinary
  reason text COLLATE "C" NOT NULL,            -- why it is that urgent: key of a sentence …
  reason_details text NOT NULL DEFAULT '{}',   -- … and what fills it, JSON; no name and no number of a person
  due_at timestamptz NOT NULL,                 -- late from this moment on
  above_at timestamptz NOT NULL,               -- the unit above is told from this moment on
  told_above_at timestamptz,
  rule text,                                   -- the policy and version that set the two
  posted_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  changed_by uuid,
  changed_name text,
  closed_at timestamptz,
  handover_id uuid,                            -- the hand-over of an account that brought it to its owner
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (id, list),
  CHECK (state BETWEEN 0 AND 4 AND urgency BETWEEN 0 AND 2 AND (state = 0) = (owner_id IS NULL AND state NOT IN (2, 3, 4))),
  CHECK ((state >= 3) = (closed_at IS NOT NULL) AND (state <> 1 OR owner_id IS NOT NULL))
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
-- A page of a tab is a range of one of these for each subtree, state and urgency.
CREATE INDEX worklist_item_unit ON pt.worklist_item (unit_id, list, state, urgency, due_at, id) WHERE state < 3;
CREATE INDEX worklist_item_commune ON pt.worklist_item (commune_id, list, state, urgency, due_at, id) WHERE state < 3 AND commune_id <> 0;
CREATE INDEX worklist_item_district ON pt.worklist_item (district_id, list, state, urgency, due_at, id) WHERE state < 3 AND district_id <> 0;
CREATE INDEX worklist_item_province ON pt.worklist_item (province_id, list, state, urgency, due_at, id) WHERE state < 3;
CREATE INDEX worklist_item_owner ON pt.worklist_item (owner_id, list, state, urgency, due_at, id) WHERE state < 3 AND owner_id IS NOT NULL;
CREATE INDEX worklist_item_unit_done ON pt.worklist_item (unit_id, list, closed_at DESC, id DESC) WHERE state >= 3;
CREATE INDEX worklist_item_commune_done ON pt.worklist_item (commune_id, list, closed_at DESC, id DESC) WHERE state >= 3 AND commune_id <> 0;
CREATE INDEX worklist_item_district_done ON pt.worklist_item (district_id, list, closed_at DESC, id DESC) WHERE state >= 3 AND district_id <> 0;
CREATE INDEX worklist_item_province_done ON pt.worklist_item (province_id, list, closed_at DESC, id DESC) WHERE state >= 3;
CREATE INDEX worklist_item_above ON pt.worklist_item (above_at) WHERE state < 2 AND told_above_at IS NULL;
CREATE INDEX worklist_item_person ON pt.worklist_item (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX worklist_item_handover ON pt.worklist_item (handover_id) WHERE handover_id IS NOT NULL;
CALL pt.guard('pt.worklist_item', names => true);
GRANT SELECT, UPDATE ON pt.worklist_item TO pt_app;

-- What was done to many items at once, so that it can be taken back.
CREATE TABLE pt.worklist_act (
  id uuid PRIMARY KEY,
  list text COLLATE "C" NOT NULL,
  kind smallint NOT NULL,                      -- 1 given to somebody, 2 handed back, 3 decided alike
  unit_id int NOT NULL REFERENCES pt.unit,     -- of who did it …
  province_id int NOT NULL DEFAULT 0,          -- … and where that stands
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  to_id uuid,
  to_name text,
  decision text COLLATE "C",
  note text,
  done_at timestamptz NOT NULL,
  done_by uuid NOT NULL REFERENCES pt.account,
  done_name text NOT NULL,
  undone_at timestamptz,
  undone_by uuid
);
CREATE INDEX worklist_act_by ON pt.worklist_act (done_by, done_at DESC, id DESC);
CREATE TABLE pt.worklist_act_item (
  act_id uuid NOT NULL REFERENCES pt.worklist_act,
  id uuid NOT NULL,                            -- of the item
  list text COLLATE "C" NOT NULL,
  person_id uuid,
  problem text,                                -- JSON of why nothing was done to it; null: done
  state_before smallint NOT NULL,
  owner_before uuid,
  owner_name_before text,
  version_after int NOT NULL,
  PRIMARY KEY (act_id, id)
);
CREATE INDEX worklist_act_item_item ON pt.worklist_act_item (id, list);
ALTER TABLE pt.worklist_act ENABLE ROW LEVEL SECURITY;
ALTER TABLE pt.worklist_act_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON pt.worklist_act FOR SELECT TO pt_app USING ((SELECT pt.sees_names()) AND (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[])
  OR district_id = ANY ((SELECT pt.ints('pt.districts'))::int[]) OR commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[]) OR done_by = (SELECT pt.actor())));
CREATE POLICY done ON pt.worklist_act FOR INSERT TO pt_app WITH CHECK ((SELECT pt.sees_names()) AND done_by = (SELECT pt.actor()));
CREATE POLICY undone ON pt.worklist_act FOR UPDATE TO pt_app USING ((SELECT pt.sees_names()) AND (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[])
  OR district_id = ANY ((SELECT pt.ints('pt.districts'))::int[]) OR commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[]) OR done_by = (SELECT pt.actor()))) WITH CHECK (undone_by = (SELECT pt.actor()));
CREATE POLICY of_acts ON pt.worklist_act_item FOR SELECT TO pt_app USING (EXISTS (SELECT 1 FROM pt.worklist_act a WHERE a.id = act_id));
CREATE POLICY of_acts_add ON pt.worklist_act_item FOR INSERT TO pt_app WITH CHECK (EXISTS (SELECT 1 FROM pt.worklist_act a WHERE a.id = act_id AND a.done_by = (SELECT pt.actor())));
GRANT SELECT, INSERT, UPDATE (undone_at, undone_by) ON pt.worklist_act TO pt_app;
GRANT SELECT, INSERT ON pt.worklist_act_item TO pt_app;

-- How many there are, by place, list, state, urgency, owner and deadline. A deadline is part of the key, so that "late" is a sum and nothing is written at midnight.
-- As with the figures of boards, a statement writes its differences as new rows, and one worker folds them.
CREATE TABLE pt.worklist_delta (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  unit_id int NOT NULL,
  province_id int NOT NULL,
  district_id int NOT NULL,
  commune_id int NOT NULL,
  list text COLLATE "C" NOT NULL,
  state smallint NOT NULL,
  urgency smallint NOT NULL,
  owner_id uuid,
  due_at timestamptz NOT NULL,                 -- 'infinity' once nobody works on it
  n int NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_insert_scale_factor = 0.1);
CREATE TABLE pt.worklist_counter (
  level smallint NOT NULL,                     -- 0 unit within a commune, 1 commune, 2 district, 3 province, 4 owner within a unit and commune
  province_id int NOT NULL,
  district_id int NOT NULL,
  commune_id int NOT NULL,
  unit_id int NOT NULL,
  owner_id uuid NOT NULL,                      -- zeros but at level 4
  list text COLLATE "C" NOT NULL,
  state smallint NOT NULL,
  urgency smallint NOT NULL,
  due_at timestamptz NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (level, province_id, district_id, commune_id, unit_id, owner_id, list, state, urgency, due_at)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX worklist_counter_unit ON pt.worklist_counter (unit_id) WHERE level = 0;
CREATE INDEX worklist_counter_owner ON pt.worklist_counter (owner_id) WHERE level = 4;
CREATE INDEX worklist_counter_none ON pt.worklist_counter (level) WHERE n = 0;
CALL pt.guard('pt.worklist_delta', names => false);
CALL pt.guard('pt.worklist_counter', names => false);
GRANT SELECT ON pt.worklist_delta, pt.worklist_counter TO pt_app, pt_jobs;
CREATE POLICY jobs ON pt.worklist_counter FOR SELECT TO pt_jobs USING (true);

-- Of which units there ever was an item, and where: whoever has areas and hundreds of units asks only those units that have work elsewhere.
CREATE TABLE pt.worklist_reach (
  unit_id int NOT NULL,
  province_id int NOT NULL,
  district_id int NOT NULL,
  commune_id int NOT NULL,
  PRIMARY KEY (unit_id, province_id, district_id, commune_id)
);
CALL pt.guard('pt.worklist_reach', names => false);
GRANT SELECT ON pt.worklist_reach TO pt_app;

CREATE FUNCTION pt.worklist_in() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  INSERT INTO worklist_delta (unit_id, province_id, district_id, commune_id, list, state, urgency, owner_id, due_at, n)
  SELECT r.unit_id, r.province_id, r.district_id, r.commune_id, r.list, r.state, r.urgency, r.owner_id, CASE WHEN r.state < 2 THEN r.due_at ELSE 'infinity' END, count(*) FROM made r GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
  INSERT INTO worklist_reach SELECT DISTINCT r.unit_id, r.province_id, r.district_id, r.commune_id FROM made r
    WHERE NOT EXISTS (SELECT 1 FROM worklist_reach x WHERE (x.unit_id, x.province_id, x.district_id, x.commune_id) = (r.unit_id, r.province_id, r.district_id, r.commune_id)) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE FUNCTION pt.worklist_out() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  INSERT INTO worklist_delta (unit_id, province_id, district_id, commune_id, list, state, urgency, owner_id, due_at, n)
  SELECT r.unit_id, r.province_id, r.district_id, r.commune_id, r.list, r.state, r.urgency, r.owner_id, CASE WHEN r.state < 2 THEN r.due_at ELSE 'infinity' END, -count(*) FROM gone r GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
  RETURN NULL;
END $$;
CREATE FUNCTION pt.worklist_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  INSERT INTO worklist_delta (unit_id, province_id, district_id, commune_id, list, state, urgency, owner_id, due_at, n)
  SELECT r.unit_id, r.province_id, r.district_id, r.commune_id, r.list, r.state, r.urgency, r.owner_id, CASE WHEN r.state < 2 THEN r.due_at ELSE 'infinity' END, sum(r.n)
    FROM (SELECT m.*, 1 AS n FROM made m UNION ALL SELECT g.*, -1 FROM gone g) r GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(r.n) <> 0;
  INSERT INTO worklist_reach SELECT DISTINCT r.unit_id, r.province_id, r.district_id, r.commune_id FROM made r
    WHERE NOT EXISTS (SELECT 1 FROM worklist_reach x WHERE (x.unit_id, x.province_id, x.district_id, x.commune_id) = (r.unit_id, r.province_id, r.district_id, r.commune_id)) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.worklist_in(), pt.worklist_out(), pt.worklist_change() FROM public;
CREATE TRIGGER worklist_in AFTER INSERT ON pt.worklist_item REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION pt.worklist_in();
CREATE TRIGGER worklist_out AFTER DELETE ON pt.worklist_item REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION pt.worklist_out();
CREATE TRIGGER worklist_change AFTER UPDATE ON pt.worklist_item REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION pt.worklist_change();

-- Folds the differences into the counters of each level. One at a time; answers how many there were.
CREATE FUNCTION pt.worklist_fold() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE folded int;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM worklist_delta) OR NOT pg_try_advisory_xact_lock(7106) THEN RETURN 0; END IF;
  WITH taken AS (DELETE FROM worklist_delta RETURNING *),
  leaf AS (SELECT province_id p, district_id d, commune_id c, unit_id u, owner_id o, list, state, urgency, due_at, sum(n)::bigint n, count(*) rows FROM taken GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9),
  levels AS (
    SELECT 0::smallint l, p, d, c, u, NULL::uuid o, list, state, urgency, due_at, n FROM leaf
    UNION ALL SELECT 1, p, d, c, 0, NULL, list, state, urgency, due_at, n FROM leaf WHERE c <> 0
    UNION ALL SELECT 2, p, d, 0, 0, NULL, list, state, urgency, due_at, n FROM leaf WHERE d <> 0
    UNION ALL SELECT 3, p, 0, 0, 0, NULL, list, state, urgency, due_at, n FROM leaf
    UNION ALL SELECT 4, p, d, c, u, o, list, state, urgency, due_at, n FROM leaf WHERE o IS NOT NULL),
  sums AS (
    INSERT INTO worklist_counter AS r (level, province_id, district_id, commune_id, unit_id, owner_id, list, state, urgency, due_at, n)
    SELECT l, p, d, c, u, coalesce(o, '00000000-0000-0000-0000-000000000000'), list, state, urgency, due_at, sum(n) FROM levels GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 HAVING sum(n) <> 0
    ON CONFLICT (level, province_id, district_id, commune_id, unit_id, owner_id, list, state, urgency, due_at) DO UPDATE SET n = r.n + excluded.n)
  SELECT coalesce(sum(rows), 0)::int INTO folded FROM leaf;
  -- A deadline that nobody has any more leaves nothing behind.
  DELETE FROM worklist_counter WHERE n = 0;
  RETURN folded;
END $$;
REVOKE ALL ON FUNCTION pt.worklist_fold() FROM public;
GRANT EXECUTE ON FUNCTION pt.worklist_fold() TO pt_jobs;

CREATE INDEX worklist_reach_province ON pt.worklist_reach (province_id);

-- Where the lists of the visitor's scope begin, each item under one of them: areas, and units that have, or had, work which none of these areas holds. Provinces and districts of which the scope has every unit
-- with work count as areas of it: hundreds of single units become a few.
CREATE FUNCTION pt.worklist_roots() RETURNS TABLE (provinces int[], districts int[], communes int[], units int[]) STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE us int[] := coalesce(pt.ints('pt.units'), '{}'); own int[];
BEGIN
  provinces := coalesce(pt.ints('pt.provinces'), '{}');
  districts := coalesce(pt.ints('pt.districts'), '{}');
  communes := coalesce(pt.ints('pt.communes'), '{}');
  units := coalesce((SELECT array_agg(DISTINCT r.unit_id) FROM unnest(us) u(id) JOIN worklist_reach r ON r.unit_id = u.id WHERE NOT (r.province_id = ANY (provinces) OR r.district_id = ANY (districts) OR r.commune_id = ANY (communes))), '{}');
  -- Few ever lie outside of the areas of a scope that has any.
  IF cardinality(units) >= 50 THEN
    own := (SELECT array_agg(DISTINCT r.province_id) FROM worklist_reach r WHERE r.unit_id IN (SELECT u FROM unnest(us) u) AND NOT r.province_id = ANY (provinces));
    provinces := provinces || coalesce((SELECT array_agg(x.province_id) FROM (
      SELECT r.province_id FROM worklist_reach r WHERE r.province_id = ANY (own) GROUP BY 1 HAVING bool_and(r.unit_id IN (SELECT u FROM unnest(us) u))) x), '{}');
    districts := districts || coalesce((SELECT array_agg(x.district_id) FROM (
      SELECT r.district_id FROM worklist_reach r WHERE r.province_id = ANY (own) AND r.district_id <> 0 AND NOT r.province_id = ANY (provinces) AND NOT r.district_id = ANY (districts) GROUP BY 1 HAVING bool_and(r.unit_id IN (SELECT u FROM unnest(us) u))) x), '{}');
    units := coalesce((SELECT array_agg(DISTINCT r.unit_id) FROM unnest(us) u(id) JOIN worklist_reach r ON r.unit_id = u.id WHERE NOT (r.province_id = ANY (provinces) OR r.district_id = ANY (districts) OR r.commune_id = ANY (communes))), '{}');
  END IF;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.worklist_roots() FROM public;
GRANT EXECUTE ON FUNCTION pt.worklist_roots() TO pt_app;

-- The counts of the visitor's scope, narrowed or not: the union of all grants, each item once. It filters by scope itself, because a policy would ask the list of units once more for each counter.
-- mine: of the state 1, those that the visitor has.
CREATE FUNCTION pt.worklist_counts(of_list text, of_unit int, of_owner uuid, of_urgency smallint, now timestamptz) RETURNS TABLE (list text, state smallint, late boolean, mine boolean, n bigint)
  STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
#variable_conflict use_column
DECLARE
  us int[] := coalesce(pt.ints('pt.units'), '{}'); ps int[] := coalesce(pt.ints('pt.provinces'), '{}'); ds int[] := coalesce(pt.ints('pt.districts'), '{}'); cs int[] := coalesce(pt.ints('pt.communes'), '{}');
  me uuid := pt.actor();
  at record;
BEGIN
  IF NOT pt.sees_names() THEN RETURN; END IF;
  SELECT * INTO at FROM pt.worklist_roots();
  RETURN QUERY
  WITH held AS (
    SELECT c.list, c.state, c.urgency, c.owner_id, c.due_at, c.n FROM worklist_counter c
      WHERE c.level = 4 AND c.owner_id = coalesce(of_owner, me) AND (of_unit IS NULL OR c.unit_id = of_unit) AND (c.unit_id = ANY (us) OR c.province_id = ANY (ps) OR c.district_id = ANY (ds) OR c.commune_id = ANY (cs))),
  every AS (
    SELECT c.list, c.state, c.urgency, c.due_at, c.n FROM unnest(at.provinces) k JOIN worklist_counter c ON c.level = 3 AND c.province_id = k AND c.district_id = 0 AND c.commune_id = 0 AND c.unit_id = 0 WHERE of_unit IS NULL AND of_owner IS NULL
    UNION ALL
    SELECT c.list, c.state, c.urgency, c.due_at, c.n FROM unnest(at.districts) k JOIN area a ON a.id = k JOIN worklist_counter c ON c.level = 2 AND c.province_id = a.province_id AND c.district_id = k AND c.commune_id = 0 AND c.unit_id = 0
      WHERE of_unit IS NULL AND of_owner IS NULL AND NOT a.province_id = ANY (at.provinces)
    UNION ALL
    SELECT c.list, c.state, c.urgency, c.due_at, c.n FROM unnest(at.communes) k JOIN area a ON a.id = k JOIN worklist_counter c ON c.level = 1 AND c.province_id = a.province_id AND c.district_id = a.district_id AND c.commune_id = k AND c.unit_id = 0
      WHERE of_unit IS NULL AND of_owner IS NULL AND NOT a.province_id = ANY (at.provinces) AND NOT a.district_id = ANY (at.districts)
    UNION ALL
    SELECT c.list, c.state, c.urgency, c.due_at, c.n FROM unnest(at.units) k JOIN worklist_counter c ON c.level = 0 AND c.unit_id = k
      WHERE of_unit IS NULL AND of_owner IS NULL AND NOT (c.province_id = ANY (at.provinces) OR c.district_id = ANY (at.districts) OR c.commune_id = ANY (at.communes))
    UNION ALL
    SELECT c.list, c.state, c.urgency, c.due_at, c.n FROM worklist_counter c
      WHERE of_unit IS NOT NULL AND of_owner IS NULL AND c.level = 0 AND c.unit_id = of_unit AND (c.unit_id = ANY (us) OR c.province_id = ANY (ps) OR c.district_id = ANY (ds) OR c.commune_id = ANY (cs))
    UNION ALL
    SELECT h.list, h.state, h.urgency, h.due_at, h.n FROM held h WHERE of_owner IS NOT NULL
    UNION ALL
    SELECT d.list, d.state, d.urgency, d.due_at, d.n FROM worklist_delta d
      WHERE (of_unit IS NULL OR d.unit_id = of_unit) AND (of_owner IS NULL OR d.owner_id = of_owner) AND (d.unit_id = ANY (us) OR d.province_id = ANY (ps) OR d.district_id = ANY (ds) OR d.commune_id = ANY (cs))),
  own AS (
    SELECT h.list, h.state, h.urgency, h.due_at, h.n FROM held h WHERE h.owner_id = me
    UNION ALL
    SELECT d.list, d.state, d.urgency, d.due_at, d.n FROM worklist_delta d
      WHERE d.owner_id = me AND (of_owner IS NULL OR of_owner = me) AND (of_unit IS NULL OR d.unit_id = of_unit) AND (d.unit_id = ANY (us) OR d.province_id = ANY (ps) OR d.district_id = ANY (ds) OR d.commune_id = ANY (cs)))
  SELECT x.list, x.state, x.due_at <= now, x.mine, sum(x.n)::bigint FROM (
      SELECT e.list, e.state, e.urgency, e.due_at, e.n, false AS mine FROM every e UNION ALL SELECT o.list, o.state, o.urgency, o.due_at, o.n, true FROM own o WHERE o.state = 1) x
    WHERE (of_list IS NULL OR x.list = of_list) AND (of_urgency IS NULL OR x.urgency = of_urgency) GROUP BY 1, 2, 3, 4;
END $$;
REVOKE ALL ON FUNCTION pt.worklist_counts(text, int, uuid, smallint, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.worklist_counts(text, int, uuid, smallint, timestamptz) TO pt_app;

-- Work for a unit may be posted from anywhere: whoever finds it need not be who does it. A record that has an item keeps it.
CREATE FUNCTION pt.worklist_post(ids uuid[], of_list text, of_kind text, persons uuid[], units int[], provinces int[], districts int[], communes int[], from_unit int, urgencies smallint[], reasons text[], details text[], dues timestamptz[], aboves timestamptz[], rules text[], now timestamptz)
  RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE posted int;
BEGIN
  IF NOT pt.sees_names() OR NOT (from_unit = ANY (pt.ints('pt.units')) OR EXISTS (SELECT 1 FROM account a WHERE a.id = pt.actor() AND a.unit_id = from_unit)) THEN RETURN 0; END IF;
  INSERT INTO worklist_item AS w (id, list, kind, person_id, unit_id, province_id, district_id, commune_id, from_unit_id, urgency, reason, reason_details, due_at, above_at, rule, posted_at, changed_at, changed_by)
  SELECT x.id, of_list, of_kind, x.person, x.unit, x.province, x.district, x.commune, from_unit, x.urgency, x.reason, x.detail, x.due, x.above, x.rule, now, now, pt.actor()
    FROM unnest(ids, persons, units, provinces, districts, communes, urgencies, reasons, details, dues, aboves, rules) x(id, person, unit, province, district, commune, urgency, reason, detail, due, above, rule)
  ON CONFLICT (id, list) DO NOTHING;
  GET DIAGNOSTICS posted = ROW_COUNT;
  RETURN posted;
END $$;
REVOKE ALL ON FUNCTION pt.worklist_post(uuid[], text, text, uuid[], int[], int[], int[], int[], int, smallint[], text[], text[], timestamptz[], timestamptz[], text[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.worklist_post(uuid[], text, text, uuid[], int[], int[], int[], int[], int, smallint[], text[], text[], timestamptz[], timestamptz[], text[], timestamptz) TO pt_app;

-- A module moves the items of its records on: waits (2), done (3), not needed (4), or open again (0: as it was, with whoever had it). By the unit whose work it is, and by who posted it.
CREATE FUNCTION pt.worklist_turn(ids uuid[], of_list text, to_state smallint, due timestamptz, above timestamptz, by_name text, now timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE turned int;
BEGIN
  IF NOT pt.sees_names() THEN RETURN 0; END IF;
  UPDATE worklist_item w SET state = CASE WHEN to_state = 0 AND w.owner_id IS NOT NULL THEN 1 ELSE to_state END, closed_at = CASE WHEN to_state >= 3 THEN now END, due_at = coalesce(due, w.due_at), above_at = coalesce(above, w.above_at),
      told_above_at = CASE WHEN above IS NULL THEN w.told_above_at END, changed_at = now, changed_by = pt.actor(), changed_name = by_name, version = w.version + 1
    WHERE w.id = ANY (ids) AND w.list = of_list AND (pt.in_scope(w.unit_id, w.province_id, w.district_id, w.commune_id) OR w.from_unit_id = ANY (pt.ints('pt.units')) OR w.from_unit_id = (SELECT a.unit_id FROM account a WHERE a.id = pt.actor()));
  GET DIAGNOSTICS turned = ROW_COUNT;
  RETURN turned;
END $$;
REVOKE ALL ON FUNCTION pt.worklist_turn(uuid[], text, smallint, timestamptz, timestamptz, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.worklist_turn(uuid[], text, smallint, timestamptz, timestamptz, text, timestamptz) TO pt_app;

-- To another unit, whose work it is from now on; nobody has it there yet. It may be out of the scope of who sends it.
CREATE FUNCTION pt.worklist_move(item uuid, of_list text, unit int, province int, district int, commune int, due timestamptz, above timestamptz, by_name text, now timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE worklist_item w SET unit_id = unit, province_id = province, district_id = district, commune_id = commune, state = CASE WHEN w.state = 1 THEN 0 ELSE w.state END, owner_id = NULL, owner_name = NULL, due_at = due, above_at = above, told_above_at = NULL,
      changed_at = now, changed_by = pt.actor(), changed_name = by_name, version = w.version + 1
    WHERE w.id = item AND w.list = of_list AND w.state < 3 AND pt.sees_names() AND pt.in_scope(w.unit_id, w.province_id, w.district_id, w.commune_id);
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION pt.worklist_move(uuid, text, int, int, int, int, timestamptz, timestamptz, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.worklist_move(uuid, text, int, int, int, int, timestamptz, timestamptz, text, timestamptz) TO pt_app;

-- Who could do the work of these units of the asker's, and of which of them. Names of staff are no secret from staff.
CREATE FUNCTION pt.worklist_able(units int[], roles smallint[], now timestamptz) RETURNS TABLE (account_id uuid, name text, unit text, able int[]) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT a.id, a.display_name, o.name, array_agg(DISTINCT u.id)
    FROM unit u JOIN account_right r ON r.role = ANY ($2) AND r.since <= $3 AND (r.until IS NULL OR r.until > $3) AND pt.right_over(r, u)
    JOIN account a ON a.id = r.account_id AND a.state = 1 AND a.issued AND (a.expires_at IS NULL OR a.expires_at > $3) JOIN unit o ON o.id = a.unit_id
    WHERE u.id = ANY ($1) AND pt.sees_names() AND pt.in_scope(u.id, u.province_id, u.district_id, u.commune_id)
    GROUP BY a.id, a.display_name, o.name
$$;
REVOKE ALL ON FUNCTION pt.worklist_able(int[], smallint[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.worklist_able(int[], smallint[], timestamptz) TO pt_app;

-- Whoever leaves hands their work on with their roles, and gets it back with them where the colleague still has it.
CREATE FUNCTION pt.worklist_handed_over(from_account uuid, to_account uuid, handover uuid, undone boolean, now timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE moved int;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM account a WHERE a.id = from_account AND a.unit_id = ANY (pt.ints('pt.units'))) THEN RETURN 0; END IF;
  UPDATE worklist_item w SET owner_id = CASE WHEN undone THEN from_account ELSE to_account END, owner_name = a.display_name, handover_id = CASE WHEN undone THEN NULL ELSE handover END, changed_at = now, changed_by = pt.actor(), version = w.version + 1
    FROM account a WHERE a.id = CASE WHEN undone THEN from_account ELSE to_account END AND w.state < 3
      AND CASE WHEN undone THEN w.handover_id = handover AND w.owner_id = to_account ELSE w.owner_id = from_account END;
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN moved;
END $$;
REVOKE ALL ON FUNCTION pt.worklist_handed_over(uuid, uuid, uuid, boolean, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.worklist_handed_over(uuid, uuid, uuid, boolean, timestamptz) TO pt_app;

-- What is still not done some time behind its deadline is told above: to the nearest unit above in which somebody with one of these roles answers for it. One notice for each of them and list.
CREATE FUNCTION pt.worklist_tell_above(roles smallint[], most int, run text, now timestamptz, text_prefix text) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH RECURSIVE late AS (SELECT w.id, w.list FROM worklist_item w WHERE w.state < 2 AND w.told_above_at IS NULL AND w.above_at <= $4 ORDER BY w.above_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED),
  marked AS (UPDATE worklist_item w SET told_above_at = $4 FROM late l WHERE w.id = l.id AND w.list = l.list RETURNING w.list, w.unit_id),
  units AS (SELECT m.list, m.unit_id, count(*)::int AS n FROM marked m GROUP BY 1, 2),
  able AS MATERIALIZED (
    SELECT DISTINCT a.id, a.unit_id AS at, u.id AS over FROM units x JOIN unit u ON u.id = x.unit_id
      JOIN account_right r ON r.role = ANY ($1) AND r.since <= $4 AND (r.until IS NULL OR r.until > $4) AND pt.right_over(r, u)
      JOIN account a ON a.id = r.account_id AND a.state = 1 AND a.issued AND (a.expires_at IS NULL OR a.expires_at > $4)),
  up AS (
    SELECT DISTINCT u.id AS unit, u.parent_id AS at FROM units x JOIN unit u ON u.id = x.unit_id WHERE u.parent_id IS NOT NULL
    UNION SELECT up.unit, u.parent_id FROM up JOIN unit u ON u.id = up.at WHERE u.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM able b WHERE b.at = up.at AND b.over = up.unit)),
  told AS (
    SELECT b.id, x.list, sum(x.n)::int AS n FROM units x JOIN up ON up.unit = x.unit_id JOIN able b ON b.at = up.at AND b.over = up.unit GROUP BY 1, 2),
  made AS (
    INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
    SELECT gen_random_uuid(), 'worklist/' || t.list || '/' || $3, t.id, $5 || t.list, jsonb_build_object('n', t.n::text)::text, '/desk/worklists/list?of=' || t.list || '&tab=Late&above=yes', true, $4 FROM told t ON CONFLICT DO NOTHING)
  SELECT count(*)::int FROM marked
$$;
REVOKE ALL ON FUNCTION pt.worklist_tell_above(smallint[], int, text, timestamptz, text) FROM public;
GRANT EXECUTE ON FUNCTION pt.worklist_tell_above(smallint[], int, text, timestamptz, text) TO pt_jobs;
