-- What measuring the pages at a million persons on a machine of its own asked for (bench/RESULTS.md).

-- Level 5: a unit as a whole. A hospital has people of a hundred communes, so a figure of it was a hundred rows; whoever holds the unit reads one.
CREATE OR REPLACE FUNCTION pt.report_fold_now(now timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE v bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM report_delta) OR NOT pg_try_advisory_xact_lock(7101) THEN RETURN NULL; END IF;
  UPDATE report_fold SET version = version + 1, folded_at = now RETURNING version INTO v;
  WITH taken AS (DELETE FROM report_delta RETURNING *),
  leaf AS (SELECT province_id p, district_id d, commune_id c, unit_id u, metric, detail, day, sum(n)::bigint n FROM taken GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0),
  levels AS (
    SELECT 0::smallint l, p, d, c, u, metric, detail, day, n FROM leaf
    UNION ALL SELECT 1, p, d, c, 0, metric, detail, day, n FROM leaf WHERE c <> 0
    UNION ALL SELECT 2, p, d, 0, 0, metric, detail, day, n FROM leaf WHERE d <> 0
    UNION ALL SELECT 3, p, 0, 0, 0, metric, detail, day, n FROM leaf
    UNION ALL SELECT 4, 0, 0, 0, 0, metric, detail, day, n FROM leaf
    UNION ALL SELECT 5, 0, 0, 0, u, metric, detail, day, n FROM leaf)
  INSERT INTO report_counter AS r (level, province_id, district_id, commune_id, unit_id, metric, detail, day, n, version)
  SELECT l, p, d, c, u, metric, detail, day, sum(n), v FROM levels GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (level, province_id, district_id, commune_id, unit_id, day, metric, detail) DO UPDATE SET n = r.n + excluded.n, version = v;
  RETURN v;
END $$;
INSERT INTO pt.report_counter (level, province_id, district_id, commune_id, unit_id, metric, detail, day, n, version)
  SELECT 5, 0, 0, 0, unit_id, metric, detail, day, sum(n), (SELECT version FROM pt.report_fold) FROM pt.report_counter WHERE level = 0 GROUP BY unit_id, metric, detail, day;

-- The units of an officer of a whole province are hundreds: what they add to a page is looked for once a unit, not once a unit and state.
CREATE INDEX quarantine_stay_unit_listed ON pt.quarantine_stay (unit_id, listed_at, id) WHERE state BETWEEN 2 AND 5;
CREATE INDEX quarantine_stay_unit_ended ON pt.quarantine_stay (unit_id, ended_as, listed_at, id) WHERE state = 5;
CREATE INDEX case_record_unit_listed ON pt.case_record (unit_id, listed_on, id);
DROP INDEX pt.quarantine_stay_unit_entered;
