-- What the pages of imports need besides, and the merging of units that an import made.

ALTER TABLE pt.import_run ADD COLUMN undone_why text;
CREATE INDEX import_run_newest ON pt.import_run (created_at DESC, id DESC);

-- A unit that was merged is closed and points to the one that took over: a list that still uses the old name finds that one.
ALTER TABLE pt.unit ADD COLUMN merged_into int REFERENCES pt.unit ON DELETE SET NULL;

-- Moves everything that hangs on a unit which an import made to another one. Both lie in the visitor's own tree. One function for all
-- modules: half of a merge is worse than none, and a unit's manager need not be allowed to see the persons. Answers who was moved.
CREATE FUNCTION pt.unit_merged(old_unit int, new_unit int, now timestamptz) RETURNS TABLE (persons uuid[], stays int, accounts int, cases int)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE o unit; n unit; tied uuid[];
BEGIN
  SELECT * INTO o FROM unit WHERE id = old_unit AND id = ANY (pt.ints('pt.units')) AND import_id IS NOT NULL AND NOT verified AND valid_to IS NULL FOR UPDATE;
  SELECT * INTO n FROM unit WHERE id = new_unit AND id = ANY (pt.ints('pt.units')) AND valid_to IS NULL AND id <> old_unit FOR UPDATE;
  IF o.id IS NULL OR n.id IS NULL THEN RETURN; END IF;

  WITH moved AS (
    UPDATE quarantine_stay SET unit_id = n.id, province_id = CASE place WHEN 1 THEN n.province_id ELSE province_id END, district_id = CASE place WHEN 1 THEN n.district_id ELSE district_id END,
      commune_id = CASE place WHEN 1 THEN n.commune_id ELSE commune_id END WHERE unit_id = o.id RETURNING person_id)
  SELECT count(*)::int INTO stays FROM moved;
  UPDATE quarantine_stay_plan SET unit_id = n.id WHERE unit_id = o.id;
  UPDATE quarantine_transfer SET unit_id = n.id, province_id = n.province_id, district_id = n.district_id, commune_id = n.commune_id WHERE unit_id = o.id;
  UPDATE quarantine_transfer SET to_unit_id = n.id, to_province_id = n.province_id, to_district_id = n.district_id, to_commune_id = n.commune_id WHERE to_unit_id = o.id;
  -- A decision keeps the unit that signed it.
  UPDATE lab_result SET unit_id = n.id WHERE unit_id = o.id;
  WITH moved AS (UPDATE case_record SET unit_id = n.id WHERE unit_id = o.id RETURNING 1) SELECT count(*)::int INTO cases FROM moved;
  UPDATE person_finding SET unit_id = n.id WHERE unit_id = o.id;
  UPDATE person SET entered_unit = n.id WHERE entered_unit = o.id;

  -- Ties, and the words of names that follow them; a tie of a stay also names the place.
  WITH moved AS (
    UPDATE person_scope SET unit_id = n.id, province_id = CASE because WHEN 3 THEN n.province_id ELSE province_id END, district_id = CASE because WHEN 3 THEN n.district_id ELSE district_id END,
      commune_id = CASE because WHEN 3 THEN n.commune_id ELSE commune_id END WHERE unit_id = o.id RETURNING person_id)
  SELECT coalesce(array_agg(DISTINCT person_id), '{}') INTO tied FROM moved;
  INSERT INTO person_token (token, province_id, district_id, commune_id, unit_id, person_id)
    SELECT DISTINCT t.token, s.province_id, s.district_id, s.commune_id, s.unit_id, s.person_id
      FROM person_scope s JOIN person p ON p.id = s.person_id CROSS JOIN LATERAL unnest(p.name_tokens) t(token) WHERE s.person_id = ANY (tied) AND s.unit_id = n.id
    ON CONFLICT DO NOTHING;
  DELETE FROM person_token WHERE unit_id = o.id;
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
  UPDATE unit SET merged_into = n.id, valid_to = (now AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, version = version + 1 WHERE id = o.id;
  PERFORM pt.write_rights(NULL);
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.unit_merged(int, int, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.unit_merged(int, int, timestamptz) TO pt_app;
