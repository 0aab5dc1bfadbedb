-- Live figures. What a row contributes to which figure is said once, below; the triggers write the difference of every statement as
-- new rows (nobody waits for anybody), one worker folds them into the counters of each level, and the recount is a view over the
-- same sentences. Counters and differences read in one snapshot equal the recount in that snapshot, always.

CREATE TABLE pt.report_delta (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  unit_id int NOT NULL,
  province_id int NOT NULL,
  district_id int NOT NULL,
  commune_id int NOT NULL,
  metric smallint NOT NULL,
  detail smallint NOT NULL,
  day date NOT NULL,                           -- '-infinity': as of now; otherwise the day of a flow or of a planned end
  n int NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_insert_scale_factor = 0.1);

CREATE TABLE pt.report_counter (
  level smallint NOT NULL,                     -- 0 unit within a commune, 1 commune, 2 district, 3 province, 4 country
  province_id int NOT NULL,
  district_id int NOT NULL,
  commune_id int NOT NULL,
  unit_id int NOT NULL,
  metric smallint NOT NULL,
  detail smallint NOT NULL,
  day date NOT NULL,
  n bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (level, province_id, district_id, commune_id, unit_id, day, metric, detail)
) WITH (fillfactor = 70);
CREATE INDEX report_counter_unit ON pt.report_counter (unit_id, day) WHERE level = 0;
-- Planned ends that have passed and people still there: few, whatever the years.
CREATE INDEX report_counter_planned ON pt.report_counter (level, province_id, district_id, commune_id, unit_id, day) WHERE metric = 10 AND n <> 0;
CREATE INDEX report_counter_version ON pt.report_counter (version);
CREATE TABLE pt.report_fold (one boolean PRIMARY KEY DEFAULT true CHECK (one), version bigint NOT NULL DEFAULT 0, folded_at timestamptz NOT NULL DEFAULT '-infinity');
INSERT INTO pt.report_fold DEFAULT VALUES;

CALL pt.guard('pt.report_delta', names => false);
CALL pt.guard('pt.report_counter', names => false);
GRANT SELECT ON pt.report_delta, pt.report_counter, pt.report_fold TO pt_app;
CREATE POLICY jobs ON pt.report_counter FOR SELECT TO pt_jobs USING (true);
GRANT SELECT ON pt.report_counter, pt.report_fold TO pt_jobs;

-- What differences there are, folded into the counters of every level. One at a time; answers the new version, or null when there was nothing.
CREATE FUNCTION pt.report_fold_now(now timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
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
    UNION ALL SELECT 4, 0, 0, 0, 0, metric, detail, day, n FROM leaf)
  INSERT INTO report_counter AS r (level, province_id, district_id, commune_id, unit_id, metric, detail, day, n, version)
  SELECT l, p, d, c, u, metric, detail, day, sum(n), v FROM levels GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (level, province_id, district_id, commune_id, unit_id, day, metric, detail) DO UPDATE SET n = r.n + excluded.n, version = v;
  RETURN v;
END $$;
REVOKE ALL ON FUNCTION pt.report_fold_now(timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.report_fold_now(timestamptz) TO pt_jobs;

-- Makes the three triggers and the recount of one table from one sentence: VALUES of (metric, detail, day, how many) over the row r,
-- where k.class is the class that the figures are broken down by and k.now stands for "as of now".
CREATE PROCEDURE pt.counted(counted regclass, class text, sentence text) LANGUAGE plpgsql AS $body$
DECLARE
  t text := (SELECT relname FROM pg_class WHERE oid = counted);
  each text := format('CROSS JOIN LATERAL (SELECT (%s)::int AS class, ''-infinity''::date AS now) k
    CROSS JOIN LATERAL (%s) c(metric, detail, day, n) WHERE c.n <> 0 AND c.day IS NOT NULL', class, sentence);
  keys text := 'r.unit_id, r.province_id, r.district_id, r.commune_id, c.metric::smallint AS metric, c.detail::smallint AS detail, c.day';
  into_delta text := 'INSERT INTO report_delta (unit_id, province_id, district_id, commune_id, metric, detail, day, n) ';
BEGIN
  EXECUTE format('CREATE VIEW pt.report_recount_%s AS SELECT %s, sum(c.n)::bigint AS n FROM %s r %s GROUP BY 1, 2, 3, 4, 5, 6, 7', t, keys, counted, each);
  EXECUTE format($f$CREATE FUNCTION pt.report_%1$s_in() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $t$
    BEGIN %2$s SELECT %3$s, sum(c.n) FROM made r %4$s GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(c.n) <> 0; RETURN NULL; END $t$$f$, t, into_delta, keys, each);
  EXECUTE format($f$CREATE FUNCTION pt.report_%1$s_out() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $t$
    BEGIN %2$s SELECT %3$s, -sum(c.n) FROM gone r %4$s GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(c.n) <> 0; RETURN NULL; END $t$$f$, t, into_delta, keys, each);
  EXECUTE format($f$CREATE FUNCTION pt.report_%1$s_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $t$
    BEGIN %2$s SELECT unit_id, province_id, district_id, commune_id, metric, detail, day, sum(n) FROM (
      SELECT %3$s, c.n FROM made r %4$s UNION ALL SELECT %3$s, -c.n FROM gone r %4$s) both_sides
      GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0; RETURN NULL; END $t$$f$, t, into_delta, keys, each);
  EXECUTE format('CREATE TRIGGER report_in AFTER INSERT ON %s REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION pt.report_%s_in()', counted, t);
  EXECUTE format('CREATE TRIGGER report_out AFTER DELETE ON %s REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION pt.report_%s_out()', counted, t);
  EXECUTE format('CREATE TRIGGER report_change AFTER UPDATE ON %s REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION pt.report_%s_change()', counted, t);
END $body$;

-- The numbers of the metrics stand in Reporting/Metric.cs, with the sentence that the screen shows.
CALL pt.counted('pt.quarantine_stay', 'CASE r.class WHEN 1 THEN 10 ELSE 20 + r.tier END', $$ VALUES
  (1,  k.class, k.now, (r.state BETWEEN 2 AND 5)::int),
  (2,  k.class, k.now, (r.state = 2 AND r.place = 1)::int),
  (3,  r.severity::int, k.now, (r.state = 2 AND r.class = 2 AND r.place = 1)::int),
  (4,  r.place * 10 + r.class, k.now, (r.state = 2 AND r.place <> 1)::int),
  (5,  k.class, k.now, (r.state = 3)::int),
  (6,  k.class, k.now, (r.state = 4)::int),
  (7,  k.class, k.now, (r.state = 1)::int),
  (8,  k.class, k.now, (r.state = 2 AND r.place = 1 AND r.bed_id IS NULL)::int),
  (9,  k.class, k.now, (r.state BETWEEN 2 AND 5 AND r.arrived_on IS NULL)::int),
  (10, k.class, r.planned_end, (r.state = 2)::int),
  (11, k.class, k.now, (r.state = 2 AND r.planned_end IS NULL)::int),
  (12, k.class, k.now, r.disputed::int),
  (30, k.class, r.arrived_on, (r.state BETWEEN 2 AND 5 AND NOT r.via_transfer)::int),
  (31, k.class, r.ended_on, (r.ended_as = 1)::int),
  (32, k.class, r.ended_on, (r.ended_as = 2)::int),
  (33, k.class, r.ended_on, (r.ended_as = 3)::int),
  (34, k.class, r.arrived_on, (r.state BETWEEN 2 AND 5 AND r.via_transfer)::int),
  (35, k.class, r.ended_on, (r.ended_as = 4)::int),
  (36, k.class, r.ended_on, (r.ended_as = 5)::int) $$);
CALL pt.counted('pt.quarantine_bed', 'r.class', $$ VALUES
  (20, k.class, k.now, r.open::int),
  (21, k.class, k.now, (r.open AND r.icu)::int),
  (22, k.class, k.now, (r.open AND r.oxygen)::int) $$);
CALL pt.counted('pt.quarantine_bed_use', 'r.class', $$ VALUES
  (23, k.class, k.now, (r.until IS NULL AND r.kind = 2)::int),
  (24, k.class, k.now, (r.until IS NULL AND r.kind = 2 AND r.icu)::int),
  (25, k.class, k.now, (r.until IS NULL AND r.kind = 2 AND r.oxygen)::int),
  (26, k.class, k.now, (r.until IS NULL AND r.kind = 1)::int),
  (27, k.class, k.now, (r.until IS NULL AND r.kind = 1 AND r.icu)::int),
  (28, k.class, k.now, (r.until IS NULL AND r.kind = 1 AND r.oxygen)::int) $$);
CALL pt.counted('pt.quarantine_licence', 'r.class', $$ VALUES
  (29, k.class, k.now, CASE WHEN r.until IS NULL THEN r.places ELSE 0 END) $$);
CALL pt.counted('pt.case_record', 'r.classification', $$ VALUES
  (50, k.class, k.now, 1),
  (51, 0, r.reported_on, (r.classification = 3)::int),
  (52, r.outcome::int, k.now, (r.classification = 3)::int),
  (53, 0, r.outcome_on, (r.classification = 3 AND r.outcome = 3)::int),
  (54, 0, k.now, (r.classification = 3 AND r.reported_on IS NULL)::int),
  (55, r.severity::int, k.now, (r.classification = 3)::int) $$);
CALL pt.counted('pt.lab_result', 'r.kind', $$ VALUES
  (60, k.class, r.taken_on, (r.result = 2 AND r.withdrawn_at IS NULL)::int),
  (61, k.class, k.now, (r.result = 2 AND r.withdrawn_at IS NULL)::int),
  (62, k.class, k.now, (r.result = 2 AND r.withdrawn_at IS NULL AND r.taken_on IS NULL)::int) $$);

CREATE VIEW pt.report_recount AS
  SELECT * FROM pt.report_recount_quarantine_stay UNION ALL SELECT * FROM pt.report_recount_quarantine_bed
  UNION ALL SELECT * FROM pt.report_recount_quarantine_bed_use UNION ALL SELECT * FROM pt.report_recount_quarantine_licence
  UNION ALL SELECT * FROM pt.report_recount_case_record UNION ALL SELECT * FROM pt.report_recount_lab_result;
-- Without security_invoker: the recount of the whole, for the jobs role and the tests only.
GRANT SELECT ON pt.report_recount TO pt_jobs;
