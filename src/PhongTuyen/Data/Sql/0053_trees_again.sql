-- Areas that change by dated acts: reach follows what went over as a whole, units get their new place, hamlets are carried along. Rows of the register keep their keys.

-- A hamlet that was carried into the commune that its own went into.
ALTER TABLE pt.area_hamlet ADD COLUMN came_from int REFERENCES pt.area_hamlet, ADD COLUMN act_id uuid;
CREATE INDEX area_hamlet_act ON pt.area_hamlet (act_id) WHERE act_id IS NOT NULL;

-- Whoever looks after the whole country, and no one else: the tables of areas are written by jobs and by the functions below.
CREATE FUNCTION pt.may_change_areas() RETURNS boolean STABLE LANGUAGE sql AS $$ SELECT coalesce(0 = ANY (pt.ints('pt.provinces')), false) $$;

-- Ends versions of areas with the day before, and begins new ones (JSON rows of pt.area).
CREATE FUNCTION pt.areas_changed(ended int[], on_day date, made text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF NOT pt.may_change_areas() THEN RAISE EXCEPTION 'not yours' USING ERRCODE = 'insufficient_privilege'; END IF;
  PERFORM pg_advisory_xact_lock(7103);
  UPDATE area SET valid_to = on_day - 1 WHERE id = ANY (ended) AND valid_to IS NULL;
  INSERT INTO area (id, parent_id, level, code, name, kind, province_id, district_id, commune_id, valid_from, valid_to, decree, source)
    SELECT x.id, x.parent_id, x.level, x.code, x.name, x.kind, x.province_id, x.district_id, x.commune_id, x.valid_from, x.valid_to, coalesce(x.decree, ''), 2 FROM jsonb_populate_recordset(NULL::area, made::jsonb) x ORDER BY x.level, x.id;
END $$;
REVOKE ALL ON FUNCTION pt.areas_changed(int[], date, text) FROM public;
GRANT EXECUTE ON FUNCTION pt.areas_changed(int[], date, text) TO pt_app;

-- Where a unit stands, and its house with rooms, beds and what is in use now: what stands there is counted where the unit stands; what was counted on a day before is not touched.
CREATE FUNCTION pt.units_placed(placed int[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  UPDATE quarantine_facility f SET province_id = u.province_id, district_id = u.district_id, commune_id = u.commune_id FROM unit u WHERE f.unit_id = u.id AND u.id = ANY (placed);
  UPDATE quarantine_licence f SET province_id = u.province_id, district_id = u.district_id, commune_id = u.commune_id FROM unit u WHERE f.unit_id = u.id AND u.id = ANY (placed) AND f.until IS NULL;
  UPDATE quarantine_room f SET province_id = u.province_id, district_id = u.district_id, commune_id = u.commune_id FROM unit u WHERE f.unit_id = u.id AND u.id = ANY (placed);
  UPDATE quarantine_bed f SET province_id = u.province_id, district_id = u.district_id, commune_id = u.commune_id FROM unit u WHERE f.unit_id = u.id AND u.id = ANY (placed);
  UPDATE quarantine_bed_use f SET province_id = u.province_id, district_id = u.district_id, commune_id = u.commune_id FROM unit u WHERE f.unit_id = u.id AND u.id = ANY (placed) AND f.until IS NULL;
$$;
REVOKE ALL ON FUNCTION pt.units_placed(int[]) FROM public;

-- What went over as a whole: rights reach it through pt.area_succession, standing units get its place, hamlets get a new row in it. Pairs of the same length.
CREATE FUNCTION pt.areas_follow(act uuid, olds int[], news int[], on_day date) RETURNS TABLE (units int, hamlets int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE moved int[];
BEGIN
  IF NOT pt.may_change_areas() THEN RAISE EXCEPTION 'not yours' USING ERRCODE = 'insufficient_privilege'; END IF;
  INSERT INTO area_succession (old_id, new_id, act_id) SELECT o, n, act FROM unnest(olds, news) x(o, n) WHERE o <> n ON CONFLICT DO NOTHING;

  -- The lowest place that is known goes over; where a district ends without a successor, only the province is known. A commune that was divided is left for a person.
  WITH place AS (
    SELECT u.id, coalesce(n.province_id, u.province_id) AS province, CASE WHEN n.id IS NOT NULL THEN n.district_id WHEN d.id IS NOT NULL THEN 0 ELSE u.district_id END AS district, CASE WHEN n.id IS NULL THEN u.commune_id ELSE n.commune_id END AS commune,
        coalesce(c.new_id, u.covers_area_id) AS covers
      FROM unit u
      LEFT JOIN area_succession s ON s.act_id = act AND s.old_id = CASE WHEN u.commune_id <> 0 THEN u.commune_id WHEN u.district_id <> 0 THEN u.district_id ELSE u.province_id END
      LEFT JOIN area d ON d.id = u.district_id AND u.commune_id = 0 AND u.district_id <> 0 AND d.valid_to = on_day - 1 AND d.province_id IN (SELECT o.province_id FROM area o WHERE o.id = ANY (olds))
      LEFT JOIN area_succession p ON p.act_id = act AND p.old_id = u.province_id AND s.new_id IS NULL AND d.id IS NOT NULL
      LEFT JOIN area_succession c ON c.act_id = act AND c.old_id = u.covers_area_id
      LEFT JOIN area n ON n.id = coalesce(s.new_id, p.new_id)
     WHERE u.valid_to IS NULL AND (n.id IS NOT NULL OR d.id IS NOT NULL OR c.new_id IS NOT NULL)),
  past AS (
    INSERT INTO unit_past (unit_id, until, act_id, parent_id, name, kind, province_id, district_id, commune_id, covers_area_id)
      SELECT u.id, on_day - 1, act, u.parent_id, u.name, u.kind, u.province_id, u.district_id, u.commune_id, u.covers_area_id FROM unit u JOIN place m ON m.id = u.id ON CONFLICT DO NOTHING),
  changed AS (
    UPDATE unit u SET province_id = m.province, district_id = m.district, commune_id = m.commune, covers_area_id = m.covers, version = u.version + 1 FROM place m WHERE m.id = u.id RETURNING u.id)
  SELECT coalesce(array_agg(c.id ORDER BY c.id), '{}') INTO moved FROM changed c;
  PERFORM units_placed(moved);
  units := cardinality(moved);

  -- Two hamlets of one name are told apart by the commune that each came from.
  WITH gone AS (
    SELECT h.*, n.id AS into_id, n.province_id AS into_province, n.district_id AS into_district, o.name AS was FROM area_hamlet h JOIN area_succession s ON s.old_id = h.commune_id AND s.act_id = act JOIN area o ON o.id = s.old_id JOIN area n ON n.id = s.new_id AND n.level = 3
     WHERE h.valid_to IS NULL),
  named AS (
    SELECT g.*, count(*) OVER (PARTITION BY g.into_id, g.name_folded, g.kind) > 1 OR EXISTS (SELECT 1 FROM area_hamlet h WHERE h.commune_id = g.into_id AND h.name_folded = g.name_folded AND h.kind = g.kind AND h.valid_to IS NULL) AS twice FROM gone g),
  ended AS (UPDATE area_hamlet h SET valid_to = greatest(on_day - 1, h.valid_from), version = h.version + 1 FROM named n WHERE n.id = h.id RETURNING h.id),
  carried AS (
    INSERT INTO area_hamlet (province_id, district_id, commune_id, name, name_folded, kind, households, valid_from, came_from, act_id)
      SELECT n.into_province, n.into_district, n.into_id, CASE WHEN n.twice THEN n.name || ' (' || n.was || ')' ELSE n.name END, CASE WHEN n.twice THEN n.name_folded || ' ' || n.commune_id ELSE n.name_folded END, n.kind, n.households, on_day, n.id, act FROM named n RETURNING 1)
  SELECT count(*)::int INTO hamlets FROM carried;
  -- Figures that were kept are others now, although no counter moved: a difference of nothing says so.
  INSERT INTO report_delta (unit_id, province_id, district_id, commune_id, metric, detail, day, n) VALUES (0, 0, 0, 0, 20, 0, '-infinity', 0);
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.areas_follow(uuid, int[], int[], date) FROM public;
GRANT EXECUTE ON FUNCTION pt.areas_follow(uuid, int[], int[], date) TO pt_app;

-- The way back. False: something was written under the new areas since, and nothing was changed.
CREATE FUNCTION pt.areas_unfollow(act uuid, since timestamptz, made int[], ended int[]) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE moved int[]; news int[];
BEGIN
  IF NOT pt.may_change_areas() THEN RAISE EXCEPTION 'not yours' USING ERRCODE = 'insufficient_privilege'; END IF;
  SELECT coalesce(array_agg(DISTINCT s.new_id), '{}') || made INTO news FROM area_succession s JOIN area a ON a.id = s.new_id AND a.level = 3 WHERE s.act_id = act;
  IF EXISTS (SELECT 1 FROM person_scope t WHERE t.commune_id = ANY (news) AND t.commune_id <> 0 AND t.since >= areas_unfollow.since)
     OR EXISTS (SELECT 1 FROM quarantine_stay s WHERE s.commune_id = ANY (news) AND s.commune_id <> 0 AND s.entered_at >= areas_unfollow.since)
     OR EXISTS (SELECT 1 FROM person_address d JOIN area_hamlet h ON h.id = d.hamlet_id WHERE h.act_id = act) THEN RETURN false; END IF;
  UPDATE unit u SET province_id = p.province_id, district_id = p.district_id, commune_id = p.commune_id, covers_area_id = p.covers_area_id, version = u.version + 1 FROM unit_past p WHERE p.unit_id = u.id AND p.act_id = act;
  SELECT coalesce(array_agg(p.unit_id), '{}') INTO moved FROM unit_past p WHERE p.act_id = act;
  PERFORM units_placed(moved);
  DELETE FROM unit_past WHERE act_id = act;
  WITH gone AS (DELETE FROM area_hamlet h WHERE h.act_id = act RETURNING h.came_from)
  UPDATE area_hamlet h SET valid_to = NULL, version = h.version + 1 FROM gone g WHERE g.came_from = h.id;
  DELETE FROM area_succession WHERE act_id = act;
  DELETE FROM area WHERE id = ANY (made) AND source = 2;
  UPDATE area SET valid_to = NULL WHERE id = ANY (ended);
  -- Figures that were kept are others now, although no counter moved: a difference of nothing says so.
  INSERT INTO report_delta (unit_id, province_id, district_id, commune_id, metric, detail, day, n) VALUES (0, 0, 0, 0, 20, 0, '-infinity', 0);
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION pt.areas_unfollow(uuid, timestamptz, int[], int[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.areas_unfollow(uuid, timestamptz, int[], int[]) TO pt_app;
