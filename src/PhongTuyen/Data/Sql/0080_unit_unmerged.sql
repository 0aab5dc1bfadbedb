-- A unit that an import made and that was merged into another (0016) can be taken out of it again: what the merge moved is kept, with where each record was.

CREATE TABLE pt.unit_merge (
  id uuid PRIMARY KEY,                         -- the intent with which it was done
  no bigint GENERATED ALWAYS AS IDENTITY,      -- what came later is taken back first
  unit_id int NOT NULL REFERENCES pt.unit ON DELETE CASCADE,
  into_id int NOT NULL REFERENCES pt.unit ON DELETE CASCADE,
  parent_id int,                               -- of the merged one, before
  facility jsonb,                              -- of the merged one, before; null: it was none
  into_facility jsonb,                         -- of the other, before …
  facility_print bytea,                        -- … and how it stood after
  stays int NOT NULL DEFAULT 0,
  merged_at timestamptz NOT NULL,
  merged_by uuid NOT NULL,
  undone_at timestamptz,
  undone_by uuid,
  CHECK (unit_id <> into_id AND (undone_at IS NULL) = (undone_by IS NULL))
);
CREATE INDEX unit_merge_unit ON pt.unit_merge (unit_id);
CREATE INDEX unit_merge_into ON pt.unit_merge (into_id);
ALTER TABLE pt.unit_merge ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_units ON pt.unit_merge FOR SELECT TO pt_app USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR into_id = ANY ((SELECT pt.ints('pt.units'))::int[]));
GRANT SELECT ON pt.unit_merge TO pt_app;

-- Records by their ids: those that were moved, with what stood there before and a print of how the merge left them; and, with a + before the kind, those that were there already.
CREATE TABLE pt.unit_merge_row (
  merge_id uuid NOT NULL REFERENCES pt.unit_merge ON DELETE CASCADE,
  no bigint GENERATED ALWAYS AS IDENTITY,
  kind text COLLATE "C" NOT NULL,
  person_id uuid,
  id uuid,
  because smallint,                            -- of a tie
  unit int,                                    -- of a unit, room or bed, which have numbers
  before int[],
  print bytea,
  PRIMARY KEY (merge_id, no)
);
CREATE INDEX unit_merge_row_kind ON pt.unit_merge_row (merge_id, kind, id);
ALTER TABLE pt.unit_merge_row ENABLE ROW LEVEL SECURITY; -- read by the functions below alone

-- What a merge moves ($2: the unit that it hangs on), which columns, and whether somebody who changes it since builds upon the merge. A person and a tie say only where they were entered.
CREATE FUNCTION pt.unit_merge_parts() RETURNS TABLE (kind text, held text, keys text, same text, hangs text, moved text[], strict boolean) IMMUTABLE LANGUAGE sql AS $$
  SELECT p.kind, p.held,
      CASE p.by WHEN 'both' THEN 't.person_id, t.id, NULL, NULL' WHEN 'tie' THEN 't.person_id, t.source_id, t.because, NULL' WHEN 'unit' THEN 'NULL, NULL, NULL, t.id' ELSE 'NULL, t.id, NULL, NULL' END,
      CASE p.by WHEN 'both' THEN 't.person_id = k.person_id AND t.id = k.id' WHEN 'tie' THEN 't.person_id = k.person_id AND t.source_id = k.id AND t.because = k.because' WHEN 'unit' THEN 't.id = k.unit' ELSE 't.id = k.id' END,
      p.hangs, p.moved::text[], p.strict
    FROM (VALUES
      ('stay', 'quarantine_stay', 'both', 't.unit_id = $2', '{unit_id,province_id,district_id,commune_id}', true),
      ('plan', 'quarantine_stay_plan', 'both', 't.unit_id = $2', '{unit_id}', false),
      ('transfer', 'quarantine_transfer', 'both', '(t.unit_id = $2 OR t.to_unit_id = $2)', '{unit_id,province_id,district_id,commune_id,to_unit_id,to_province_id,to_district_id,to_commune_id}', true),
      ('result', 'lab_result', 'both', 't.unit_id = $2', '{unit_id}', true),
      ('case', 'case_record', 'both', 't.unit_id = $2', '{unit_id}', true),
      ('finding', 'person_finding', 'both', 't.unit_id = $2', '{unit_id}', true),
      ('person', 'person', 'id', 't.entered_unit = $2', '{entered_unit}', false),
      ('tie', 'person_scope', 'tie', 't.unit_id = $2 AND t.because <> 10', '{unit_id,province_id,district_id,commune_id}', false),
      ('account', 'account', 'id', 't.unit_id = $2', '{unit_id}', true),
      ('grant', 'account_grant', 'id', 't.unit_id = $2', '{unit_id}', true),
      ('unit', 'unit', 'unit', '(t.parent_id = $2 OR t.merged_into = $2)', '{parent_id,merged_into}', true)) p(kind, held, by, hangs, moved, strict)
$$;

-- What stands under the two units ($2), and when it was entered: after a merge a list with the old name, and whoever works there, writes under the one that stands, and nobody can say whose it is.
-- Without a time: all that there is, since it can come there without being new.
CREATE FUNCTION pt.unit_merge_entries() RETURNS TABLE (kind text, held text, keys text, person text, under text, entered text) IMMUTABLE LANGUAGE sql AS $$
  SELECT e.kind, e.held, CASE WHEN e.number THEN 'NULL::uuid, t.id' ELSE coalesce(e.id, 't.id') || ', NULL::int' END, coalesce(e.person, 'NULL::uuid'), e.under, e.entered
    FROM (VALUES
      ('stay', 'quarantine_stay', false, NULL, 't.person_id', 't.unit_id = ANY ($2)', 't.entered_at'),
      ('transfer', 'quarantine_transfer', false, NULL, 't.person_id', '(t.unit_id = ANY ($2) OR t.to_unit_id = ANY ($2))', 't.sent_at'),
      ('decision', 'quarantine_decision', false, NULL, 't.person_id', 't.unit_id = ANY ($2)', 't.entered_at'),
      ('result', 'lab_result', false, NULL, 't.person_id', 't.unit_id = ANY ($2)', 't.entered_at'),
      ('case', 'case_record', false, NULL, 't.person_id', 't.unit_id = ANY ($2)', 't.entered_at'),
      ('handover', 'case_handover', false, NULL, 't.person_id', '(t.unit_id = ANY ($2) OR t.to_unit_id = ANY ($2)) AND t.undone_at IS NULL', 't.entered_at'),
      ('finding', 'person_finding', false, NULL, 't.person_id', 't.unit_id = ANY ($2)', 't.found_at'),
      ('person', 'person', false, NULL, 't.id', 't.entered_unit = ANY ($2)', 't.entered_at'),
      ('look-up', 'person_scope', false, 't.source_id', 't.person_id', 't.unit_id = ANY ($2) AND t.because = 7', 't.since'),
      ('correction', 'correction_request', false, NULL, 't.person_id', '(t.unit_id = ANY ($2) OR t.to_unit_id = ANY ($2))', 't.asked_at'),
      ('work', 'worklist_item', false, NULL, 't.person_id', 't.unit_id = ANY ($2) AND t.list <> ''correction''', 't.posted_at'),
      ('share', 'person_share', false, NULL, 't.person_id', '(t.unit_id = ANY ($2) OR t.to_unit_id = ANY ($2)) AND NOT t.ended', 't.shared_at'),
      ('opening', 'person_opening', false, NULL, 't.person_id', 't.unit_id = ANY ($2)', 't.opened_at'),
      ('batch', 'paper_batch', false, NULL, NULL, 't.unit_id = ANY ($2)', 't.given_at'),
      ('import', 'import_run', false, NULL, NULL, 't.unit_id = ANY ($2) AND t.state <> 5', 't.created_at'),
      ('licence', 'quarantine_licence', false, 'md5(t.unit_id || '' '' || t.class || '' '' || t.since)::uuid', NULL, 't.unit_id = ANY ($2)', 't.entered_at'),
      ('account', 'account', false, NULL, NULL, 't.unit_id = ANY ($2)', NULL),
      ('grant', 'account_grant', false, NULL, NULL, 't.unit_id = ANY ($2)', NULL),
      ('unit', 'unit', true, NULL, NULL, 't.parent_id = ANY ($2)', NULL),
      ('room', 'quarantine_room', true, NULL, NULL, 't.unit_id = ANY ($2)', NULL),
      ('bed', 'quarantine_bed', true, NULL, NULL, 't.unit_id = ANY ($2)', NULL)) e(kind, held, number, id, person, under, entered)
$$;

-- The words of names of these persons under these units are those of the ties that stand there.
CREATE FUNCTION pt.words_follow(persons uuid[], units int[]) RETURNS void LANGUAGE sql SET search_path = pt, pg_temp AS $$
  DELETE FROM person_token t USING unnest($2) u(id), person p CROSS JOIN LATERAL unnest(p.name_tokens) w(token)
   WHERE p.id = ANY ($1) AND t.unit_id = u.id AND t.unit_id <> 0 AND t.token = w.token AND t.person_id = p.id
     AND NOT EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = t.person_id AND s.unit_id = t.unit_id AND s.province_id = t.province_id AND s.district_id = t.district_id AND s.commune_id = t.commune_id);
  INSERT INTO person_token (token, province_id, district_id, commune_id, unit_id, person_id, words)
    SELECT DISTINCT t.token, s.province_id, s.district_id, s.commune_id, s.unit_id, s.person_id, pt.words_of(p.name_tokens)
      FROM person_scope s JOIN person p ON p.id = s.person_id CROSS JOIN LATERAL unnest(p.name_tokens) t(token) WHERE s.person_id = ANY ($1) AND s.unit_id = ANY ($2) ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT DO NOTHING;
$$;
-- Ties that repeat those of another record (10) are made anew from them, with their places.
CREATE FUNCTION pt.ties_anew(persons uuid[], units int[]) RETURNS void LANGUAGE plpgsql SET search_path = pt, pg_temp AS $$
DECLARE records uuid[];
BEGIN
  SELECT array_agg(DISTINCT o.id) INTO records FROM unnest(persons) x(id) JOIN person p ON p.id = x.id JOIN person o ON o.id = coalesce(p.same_as, p.id) OR o.same_as = coalesce(p.same_as, p.id) WHERE p.joined OR p.same_as IS NOT NULL;
  IF records IS NULL THEN RETURN; END IF;
  DELETE FROM person_scope t WHERE t.person_id = ANY (records) AND t.because = 10 AND t.unit_id = ANY (units);
  PERFORM pt.tie_records(records);
END $$;

-- Moves everything that hangs on a unit which an import made to another one, as before (0016), keeps what it moved, and puts the merged unit below the one that took it over: what stays written under it
-- (corrections, papers, shares, lists taken in, hand-overs) was seen by nobody who works there from then on. A unit with places by decision is refused: they went away without a word.
DROP FUNCTION pt.unit_merged(int, int, timestamptz);
CREATE FUNCTION pt.unit_merged(merge uuid, old_unit int, new_unit int, now timestamptz) RETURNS TABLE (persons uuid[], stays int, accounts int, cases int)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE o unit; n unit; part record; tied uuid[];
BEGIN
  PERFORM 1 FROM unit u WHERE u.id IN (old_unit, new_unit) ORDER BY u.id FOR UPDATE;
  SELECT * INTO o FROM unit WHERE id = old_unit AND id = ANY (pt.ints('pt.units')) AND import_id IS NOT NULL AND NOT verified AND valid_to IS NULL;
  SELECT * INTO n FROM unit WHERE id = new_unit AND id = ANY (pt.ints('pt.units')) AND valid_to IS NULL AND id <> old_unit;
  IF o.id IS NULL OR n.id IS NULL THEN RETURN; END IF;
  IF EXISTS (SELECT 1 FROM quarantine_licence l WHERE l.unit_id = o.id) THEN RAISE foreign_key_violation USING MESSAGE = 'the unit has places by decision'; END IF;

  INSERT INTO unit_merge (id, unit_id, into_id, parent_id, facility, into_facility, merged_at, merged_by)
    VALUES (merge, o.id, n.id, o.parent_id, (SELECT to_jsonb(f) FROM quarantine_facility f WHERE f.unit_id = o.id), (SELECT to_jsonb(f) FROM quarantine_facility f WHERE f.unit_id = n.id), now, pt.actor());
  FOR part IN SELECT * FROM unit_merge_parts() LOOP
    EXECUTE format('INSERT INTO unit_merge_row (merge_id, kind, person_id, id, because, unit, before) SELECT $1, %L, %s, ARRAY[t.%s] FROM %I t WHERE %s',
      part.kind, part.keys, array_to_string(part.moved, ', t.'), part.held, part.hangs) USING merge, o.id;
  END LOOP;

  WITH moved AS (
    UPDATE quarantine_stay s SET unit_id = n.id, province_id = CASE s.place WHEN 1 THEN n.province_id ELSE s.province_id END, district_id = CASE s.place WHEN 1 THEN n.district_id ELSE s.district_id END,
      commune_id = CASE s.place WHEN 1 THEN n.commune_id ELSE s.commune_id END WHERE s.unit_id = o.id RETURNING 1)
  SELECT count(*)::int INTO stays FROM moved;
  UPDATE quarantine_stay_plan SET unit_id = n.id WHERE unit_id = o.id;
  UPDATE quarantine_transfer SET unit_id = n.id, province_id = n.province_id, district_id = n.district_id, commune_id = n.commune_id WHERE unit_id = o.id;
  UPDATE quarantine_transfer SET to_unit_id = n.id, to_province_id = n.province_id, to_district_id = n.district_id, to_commune_id = n.commune_id WHERE to_unit_id = o.id;
  -- A decision keeps the unit that signed it.
  UPDATE lab_result SET unit_id = n.id WHERE unit_id = o.id;
  WITH moved AS (UPDATE case_record SET unit_id = n.id WHERE unit_id = o.id RETURNING 1) SELECT count(*)::int INTO cases FROM moved;
  UPDATE person_finding SET unit_id = n.id WHERE unit_id = o.id;
  UPDATE person SET entered_unit = n.id WHERE entered_unit = o.id;

  -- Ties, those that repeat them, and the words of names that follow them; a tie of a stay also names the place.
  WITH moved AS (
    UPDATE person_scope t SET unit_id = n.id, province_id = CASE t.because WHEN 3 THEN n.province_id ELSE t.province_id END, district_id = CASE t.because WHEN 3 THEN n.district_id ELSE t.district_id END,
      commune_id = CASE t.because WHEN 3 THEN n.commune_id ELSE t.commune_id END WHERE t.unit_id = o.id AND t.because <> 10 RETURNING t.person_id)
  SELECT coalesce(array_agg(DISTINCT person_id), '{}') INTO tied FROM moved;
  PERFORM pt.ties_anew(tied, ARRAY[o.id, n.id]), pt.words_follow(tied, ARRAY[o.id, n.id]);
  persons := tied;

  WITH moved AS (UPDATE account SET unit_id = n.id, version = version + 1 WHERE unit_id = o.id RETURNING 1) SELECT count(*)::int INTO accounts FROM moved;
  UPDATE account_grant SET unit_id = n.id WHERE unit_id = o.id;
  UPDATE unit SET parent_id = n.id WHERE parent_id = o.id;
  -- What the old facility took, the new one takes.
  INSERT INTO quarantine_facility AS f (unit_id, province_id, district_id, commune_id, observation, treatment, import_id)
    SELECT n.id, n.province_id, n.district_id, n.commune_id, observation, treatment, import_id FROM quarantine_facility WHERE unit_id = o.id
    ON CONFLICT (unit_id) DO UPDATE SET observation = f.observation OR excluded.observation, treatment = f.treatment OR excluded.treatment;
  DELETE FROM quarantine_facility WHERE unit_id = o.id;
  UPDATE unit SET merged_into = n.id WHERE merged_into = o.id;
  UPDATE unit SET merged_into = n.id, parent_id = n.id, valid_to = (now AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, version = version + 1 WHERE id = o.id;

  -- How it stands now, and what stands there: nobody's clock is trusted to the minute.
  FOR part IN SELECT * FROM unit_merge_parts() p WHERE p.strict LOOP
    EXECUTE format('UPDATE unit_merge_row k SET print = sha256(convert_to(to_jsonb(t)::text, ''UTF8'')) FROM %I t WHERE k.merge_id = $1 AND k.kind = %L AND %s', part.held, part.kind, part.same) USING merge;
  END LOOP;
  FOR part IN SELECT * FROM unit_merge_entries() LOOP
    EXECUTE format('INSERT INTO unit_merge_row (merge_id, kind, id, unit) SELECT $1, %L, %s FROM %I t WHERE %s AND %s', '+' || part.kind, part.keys, part.held, part.under, coalesce(part.entered || ' >= $3 - interval ''1 hour''', 'true'))
      USING merge, ARRAY[o.id, n.id], now;
  END LOOP;
  UPDATE unit_merge g SET stays = unit_merged.stays, facility_print = (SELECT sha256(convert_to(to_jsonb(f)::text, 'UTF8')) FROM quarantine_facility f WHERE f.unit_id = n.id) WHERE g.id = merge;
  PERFORM pt.write_rights(NULL);
  RETURN NEXT;
END $$;

-- What builds upon a merge of the visitor's own, by kind: changed (a record that it moved), entered (since, under either unit), built (acts, merges, a unit that was closed). Nothing comes between: both units are locked until the transaction ends.
CREATE FUNCTION pt.unit_merge_later(merge uuid) RETURNS TABLE (kind text, why text, id uuid, person uuid, unit int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
#variable_conflict use_column
DECLARE m unit_merge; part record;
BEGIN
  SELECT * INTO m FROM unit_merge g WHERE g.id = merge AND g.undone_at IS NULL AND g.merged_by = pt.actor() AND g.unit_id = ANY (pt.ints('pt.units')) AND g.into_id = ANY (pt.ints('pt.units'));
  IF m.id IS NULL THEN RETURN; END IF;
  PERFORM 1 FROM unit u WHERE u.id IN (m.unit_id, m.into_id) ORDER BY u.id FOR UPDATE;
  FOR part IN SELECT * FROM unit_merge_parts() p WHERE p.strict LOOP
    RETURN QUERY EXECUTE format('SELECT %L, ''changed'', k.id, k.person_id, k.unit FROM unit_merge_row k JOIN %I t ON %s WHERE k.merge_id = $1 AND k.kind = %L AND sha256(convert_to(to_jsonb(t)::text, ''UTF8'')) <> k.print', part.kind, part.held, part.same, part.kind) USING merge;
  END LOOP;
  FOR part IN SELECT * FROM unit_merge_entries() LOOP
    RETURN QUERY EXECUTE format('SELECT %L, ''entered'', x.id, x.person, x.number FROM (SELECT %s, %s FROM %I t WHERE %s AND %s) x(id, number, person)
        WHERE NOT EXISTS (SELECT 1 FROM unit_merge_row k WHERE k.merge_id = $1 AND k.kind = %L AND k.id IS NOT DISTINCT FROM x.id AND k.unit IS NOT DISTINCT FROM x.number)',
      part.kind, part.keys, part.person, part.held, part.under, coalesce(part.entered || ' >= $3 - interval ''1 hour''', 'true'), '+' || part.kind) USING merge, ARRAY[m.unit_id, m.into_id], m.merged_at;
  END LOOP;
  RETURN QUERY SELECT 'facility', 'changed', NULL::uuid, NULL::uuid, f.unit_id FROM quarantine_facility f WHERE f.unit_id = m.into_id AND m.facility IS NOT NULL AND sha256(convert_to(to_jsonb(f)::text, 'UTF8')) <> m.facility_print;
  RETURN QUERY SELECT 'act', 'built', a.id, NULL::uuid, NULL::int FROM reorganisation_act a
    WHERE a.state IN (1, 2) AND (a.entered_at > m.merged_at OR a.done_at > m.merged_at) AND (a.units && ARRAY[m.unit_id, m.into_id] OR a.unit_id IN (m.unit_id, m.into_id)
      OR a.kind > 10 AND a.state = 2 AND EXISTS (SELECT 1 FROM unit u JOIN area r ON r.id IN (u.province_id, u.district_id, u.commune_id, u.covers_area_id)
        WHERE u.id IN (m.unit_id, m.into_id) AND r.valid_to >= (m.merged_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - 1));
  RETURN QUERY SELECT 'unit', 'built', NULL::uuid, NULL::uuid, CASE WHEN l.into_id IN (m.unit_id, m.into_id) THEN l.unit_id ELSE l.into_id END FROM unit_merge l
    WHERE l.no > m.no AND l.undone_at IS NULL AND (l.unit_id IN (m.unit_id, m.into_id) OR l.into_id IN (m.unit_id, m.into_id));
  RETURN QUERY SELECT 'unit', 'closed', NULL::uuid, NULL::uuid, u.id FROM unit u WHERE u.id IN (m.into_id, m.parent_id) AND u.valid_to IS NOT NULL;
END $$;

-- The merge taken back by who did it: every record that it moved is where it was, the unit stands again. Not there for them, or something builds upon it: no row.
CREATE FUNCTION pt.unit_unmerged(merge uuid, now timestamptz) RETURNS TABLE (unit int, from_unit int, persons uuid[], stays int, accounts int, cases int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
#variable_conflict use_column
DECLARE m unit_merge; part record;
BEGIN
  SELECT * INTO m FROM unit_merge g WHERE g.id = merge AND g.undone_at IS NULL AND g.merged_by = pt.actor() AND g.unit_id = ANY (pt.ints('pt.units')) AND g.into_id = ANY (pt.ints('pt.units')) FOR UPDATE;
  IF m.id IS NULL OR EXISTS (SELECT 1 FROM unit_merge_later(merge)) THEN RETURN; END IF;
  FOR part IN SELECT * FROM unit_merge_parts() LOOP
    EXECUTE format('UPDATE %I t SET %s FROM unit_merge_row k WHERE k.merge_id = $1 AND k.kind = %L AND %s AND %s', part.held,
      (SELECT string_agg(format('%I = k.before[%s]', c.name, c.no), ', ' ORDER BY c.no) FROM unnest(part.moved) WITH ORDINALITY c(name, no)), part.kind, part.same, part.hangs) USING merge, m.into_id;
  END LOOP;
  SELECT coalesce(array_agg(DISTINCT k.person_id), '{}') INTO persons FROM unit_merge_row k WHERE k.merge_id = merge AND k.kind = 'tie';
  PERFORM pt.ties_anew(persons, ARRAY[m.unit_id, m.into_id]), pt.words_follow(persons, ARRAY[m.unit_id, m.into_id]);
  UPDATE account a SET version = a.version + 1 FROM unit_merge_row k WHERE k.merge_id = merge AND k.kind = 'account' AND a.id = k.id;

  IF m.facility IS NOT NULL THEN
    IF m.into_facility IS NULL THEN DELETE FROM quarantine_facility WHERE unit_id = m.into_id;
    ELSE UPDATE quarantine_facility SET observation = (m.into_facility ->> 'observation')::boolean, treatment = (m.into_facility ->> 'treatment')::boolean WHERE unit_id = m.into_id; END IF;
    INSERT INTO quarantine_facility (unit_id, province_id, district_id, commune_id, observation, treatment, tier, opened_on, closed_on, paper, note, import_id, version)
      SELECT f.unit_id, f.province_id, f.district_id, f.commune_id, f.observation, f.treatment, f.tier, f.opened_on, f.closed_on, f.paper, f.note, f.import_id, f.version FROM jsonb_populate_record(NULL::quarantine_facility, m.facility) f;
  END IF;
  UPDATE unit SET merged_into = NULL, parent_id = m.parent_id, valid_to = NULL, version = version + 1 WHERE id = m.unit_id;
  UPDATE unit_merge SET undone_at = unit_unmerged.now, undone_by = pt.actor() WHERE id = merge;
  SELECT m.unit_id, m.into_id, count(*) FILTER (WHERE k.kind = 'stay')::int, count(*) FILTER (WHERE k.kind = 'account')::int, count(*) FILTER (WHERE k.kind = 'case')::int
    INTO unit, from_unit, stays, accounts, cases FROM unit_merge_row k WHERE k.merge_id = merge;
  DELETE FROM unit_merge_row k WHERE k.merge_id = merge;
  PERFORM pt.write_rights(NULL);
  RETURN NEXT;
END $$;

-- Units of an import go with it, as before (0013); one that was merged into such a unit lies where that one lay.
CREATE OR REPLACE FUNCTION pt.units_taken_back(import uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE gone int[];
BEGIN
  UPDATE unit c SET parent_id = u.parent_id FROM unit u WHERE c.parent_id = u.id AND c.merged_into = u.id AND c.import_id IS DISTINCT FROM import AND u.import_id = import AND NOT u.verified AND u.id = ANY (pt.ints('pt.units'));
  WITH away AS (DELETE FROM unit u WHERE u.import_id = import AND NOT u.verified AND u.id = ANY (pt.ints('pt.units')) RETURNING u.id) SELECT array_agg(id) INTO gone FROM away;
  IF gone IS NULL THEN RETURN; END IF;
  UPDATE account_right r SET units = (SELECT coalesce(array_agg(x ORDER BY x), '{}') FROM unnest(r.units) x WHERE NOT x = ANY (gone)) WHERE r.units && gone;
END $$;
REVOKE ALL ON FUNCTION pt.unit_merge_parts(), pt.unit_merge_entries(), pt.words_follow(uuid[], int[]), pt.ties_anew(uuid[], int[]), pt.unit_merged(uuid, int, int, timestamptz), pt.unit_merge_later(uuid), pt.unit_unmerged(uuid, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.unit_merged(uuid, int, int, timestamptz), pt.unit_merge_later(uuid), pt.unit_unmerged(uuid, timestamptz) TO pt_app;

-- Those that were merged before now: below the unit that took them over, unless that one came to lie below them; and the ties that repeated a place of before.
WITH RECURSIVE up AS (
  SELECT u.id AS merged, u.merged_into AS at FROM pt.unit u WHERE u.merged_into IS NOT NULL AND u.valid_to IS NOT NULL AND u.import_id IS NOT NULL
  UNION SELECT up.merged, u.parent_id FROM up JOIN pt.unit u ON u.id = up.at WHERE u.parent_id IS NOT NULL)
UPDATE pt.unit u SET parent_id = u.merged_into WHERE u.id IN (SELECT merged FROM up) AND u.parent_id IS DISTINCT FROM u.merged_into AND NOT EXISTS (SELECT 1 FROM up WHERE up.merged = u.id AND up.at = u.id);
SELECT pt.ties_anew(array_agg(DISTINCT t.person_id), array_agg(DISTINCT t.unit_id)) FROM pt.person_scope t JOIN pt.unit u ON u.merged_into = t.unit_id AND u.import_id IS NOT NULL WHERE t.because = 10 HAVING count(*) > 0;
SELECT pt.write_rights(NULL);
