-- Supervision: who opened, searched and took out whom, counted once where it is sealed, by operator, unit and day.

CREATE TABLE pt.supervision_day (
  unit_id int NOT NULL,                        -- in whose name it was done
  account_id uuid NOT NULL,
  day date NOT NULL,                           -- in Viet Nam
  opened int NOT NULL DEFAULT 0,               -- records opened
  persons int NOT NULL DEFAULT 0,              -- different persons among them …
  most int NOT NULL DEFAULT 0,                 -- … how often the one that was opened most …
  elsewhere int NOT NULL DEFAULT 0,            -- … and how many had no tie to the unit or its area but a look-up
  searches int NOT NULL DEFAULT 0,             -- searches, and look-ups beyond the own area
  numbers int NOT NULL DEFAULT 0,              -- sealed numbers shown in full
  lists int NOT NULL DEFAULT 0,                -- pages of lists seen …
  listed int NOT NULL DEFAULT 0,               -- … and the persons in them
  files int NOT NULL DEFAULT 0,                -- lists taken as files …
  file_rows int NOT NULL DEFAULT 0,            -- … and their rows
  stops int NOT NULL DEFAULT 0,                -- stopped for too many looks
  emergencies int NOT NULL DEFAULT 0,          -- opened, or asked to be opened, in an emergency
  not_shown int NOT NULL DEFAULT 0,            -- asked for and not shown
  hours int[] NOT NULL,                        -- all of these acts by hour of the day, 24 of them
  last_at timestamptz NOT NULL,
  version int NOT NULL DEFAULT 1,
  -- What stood there when the day began: opened, searches, numbers, listed, files, file_rows; null where too little is known.
  based boolean NOT NULL DEFAULT false,
  usual int[],                                 -- the median of the operator's own days
  usual_days int NOT NULL DEFAULT 0,
  median int[],                                -- that of the days of the others of the unit
  median_days int NOT NULL DEFAULT 0,
  unit_hours int[],                            -- the acts of the whole unit, by hour
  judged_version int NOT NULL DEFAULT 0,
  signs text NOT NULL DEFAULT '[]',            -- what is out of the ordinary, JSON
  score int NOT NULL DEFAULT 0,                -- how far, over all of it
  found_score int NOT NULL DEFAULT 0,          -- up to which somebody has looked at it
  verdict smallint NOT NULL DEFAULT 0,         -- 0 nobody looked, 1 ordinary, 2 to be made clear
  waits boolean GENERATED ALWAYS AS (score > found_score) STORED,
  PRIMARY KEY (unit_id, account_id, day),
  CHECK (cardinality(hours) = 24 AND verdict BETWEEN 0 AND 2)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX supervision_day_signs ON pt.supervision_day (day, unit_id, account_id) WHERE score > 0 OR verdict > 0;
CREATE INDEX supervision_day_unit ON pt.supervision_day (unit_id, day);
CREATE INDEX supervision_day_account ON pt.supervision_day (account_id, day);
CREATE INDEX supervision_day_judge ON pt.supervision_day (day, unit_id, account_id) WHERE judged_version < version;
ALTER TABLE pt.supervision_day ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_units ON pt.supervision_day FOR SELECT TO pt_app USING (unit_id IN (SELECT unnest(pt.ints('pt.units'))));
-- Nobody looks after their own days.
CREATE POLICY judged ON pt.supervision_day FOR UPDATE TO pt_app USING (unit_id IN (SELECT unnest(pt.ints('pt.units'))) AND account_id <> (SELECT pt.actor()));
CREATE POLICY jobs ON pt.supervision_day TO pt_jobs USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (found_score, verdict) ON pt.supervision_day TO pt_app;
GRANT SELECT, UPDATE (based, usual, usual_days, median, median_days, unit_hours, judged_version, signs, score) ON pt.supervision_day TO pt_jobs;

-- Whom an operator opened on a day, so that each counts once. Read by nobody but the counting.
CREATE TABLE pt.supervision_person (
  unit_id int NOT NULL,
  account_id uuid NOT NULL,
  day date NOT NULL,
  person_id uuid NOT NULL,
  n int NOT NULL,
  PRIMARY KEY (unit_id, account_id, day, person_id)
);
CREATE INDEX supervision_person_day ON pt.supervision_person (day);
ALTER TABLE pt.supervision_person ENABLE ROW LEVEL SECURITY;

-- What a supervisor found on an operator's day. The newest that was not taken back counts.
CREATE TABLE pt.supervision_finding (
  id uuid PRIMARY KEY,
  unit_id int NOT NULL,
  account_id uuid NOT NULL,
  day date NOT NULL,
  verdict smallint NOT NULL CHECK (verdict IN (1, 2)),
  note text,
  score int NOT NULL,                          -- of the day, at that time: what comes later is to be looked at anew
  found_at timestamptz NOT NULL,
  found_by uuid NOT NULL,
  found_name text NOT NULL,
  undone_at timestamptz,
  undone_by uuid,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);
CREATE INDEX supervision_finding_day ON pt.supervision_finding (unit_id, account_id, day, id);
ALTER TABLE pt.supervision_finding ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_units ON pt.supervision_finding FOR SELECT TO pt_app USING (unit_id IN (SELECT unnest(pt.ints('pt.units'))));
CREATE POLICY found ON pt.supervision_finding FOR INSERT TO pt_app
  WITH CHECK (unit_id IN (SELECT unnest(pt.ints('pt.units'))) AND found_by = (SELECT pt.actor()) AND account_id <> (SELECT pt.actor()) AND undone_at IS NULL);
CREATE POLICY undone ON pt.supervision_finding FOR UPDATE TO pt_app USING (unit_id IN (SELECT unnest(pt.ints('pt.units'))) AND account_id <> (SELECT pt.actor()) AND undone_at IS NULL) WITH CHECK (undone_by = (SELECT pt.actor()));
GRANT SELECT, INSERT, UPDATE (undone_at, undone_by) ON pt.supervision_finding TO pt_app;

-- Up to which seal the acts are counted: written with the counters, so that each row of the audit counts once whatever happens in between.
CREATE TABLE pt.supervision_mark (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  seal bigint NOT NULL DEFAULT 0,
  up_to timestamptz                            -- when that seal was made
);
INSERT INTO pt.supervision_mark DEFAULT VALUES;
GRANT SELECT ON pt.supervision_mark TO pt_app, pt_jobs;

-- What a row of the audit counts for, said once: for the counting and for the recount that a test compares it with.
CREATE FUNCTION pt.supervision_counts(from_xact xid8, to_xact xid8) RETURNS TABLE (
    unit_id int, account_id uuid, at timestamptz, day date, hour int, person uuid, searches int, numbers int, lists int, listed int, files int, file_rows int, stops int, emergencies int, not_shown int)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT e.unit_id, e.account_id, e.at, (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, extract(hour FROM e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int,
    CASE WHEN e.act = 'person.seen' THEN e.subject_id::uuid END, (e.act IN ('person.searched', 'person.looked-up'))::int, (e.act = 'person.unmasked')::int,
    (e.act = 'person.listed')::int, CASE WHEN e.act = 'person.listed' THEN cardinality(e.persons) ELSE 0 END,
    (e.act = 'list.taken')::int, CASE WHEN e.act = 'list.taken' THEN coalesce((e.detail::jsonb ->> 'Rows')::int, cardinality(e.persons)) ELSE 0 END,
    (e.act = 'account.looks-stopped')::int, (e.act IN ('person.opened', 'person.opening-asked'))::int, (e.act = 'asked.not-shown')::int
  FROM audit_event e WHERE e.xact >= $1 AND e.xact < $2 AND e.account_id IS NOT NULL AND e.unit_id <> 0
    AND e.act IN ('person.seen', 'person.searched', 'person.looked-up', 'person.unmasked', 'person.listed', 'list.taken', 'account.looks-stopped', 'person.opened', 'person.opening-asked', 'asked.not-shown')
$$;
REVOKE ALL ON FUNCTION pt.supervision_counts(xid8, xid8) FROM public;

-- Counts what was sealed since, up to so many seals. One at a time; answers how many seals that were.
CREATE FUNCTION pt.supervision_fold(most int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE begun bigint; here bigint; low xid8; high xid8; made timestamptz;
BEGIN
  IF NOT pg_try_advisory_xact_lock(7107) THEN RETURN 0; END IF;
  SELECT m.seal INTO begun FROM supervision_mark m;
  SELECT s.from_xact INTO low FROM audit_seal s WHERE s.no > begun ORDER BY s.no LIMIT 1;
  IF NOT FOUND THEN RETURN 0; END IF;
  SELECT s.no, s.to_xact, s.sealed_at INTO here, high, made FROM (SELECT * FROM audit_seal a WHERE a.no > begun ORDER BY a.no LIMIT most) s ORDER BY s.no DESC LIMIT 1;
  WITH acts AS MATERIALIZED (SELECT * FROM pt.supervision_counts(low, high)),
  opened AS (
    INSERT INTO supervision_person AS p (unit_id, account_id, day, person_id, n)
    SELECT a.unit_id, a.account_id, a.day, a.person, count(*) FROM acts a WHERE a.person IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (unit_id, account_id, day, person_id) DO UPDATE SET n = p.n + excluded.n RETURNING p.unit_id, p.account_id, p.day, p.person_id, p.n, p.xmax = 0 AS fresh),
  looks AS (
    SELECT o.unit_id, o.account_id, o.day, count(*) FILTER (WHERE o.fresh) AS persons, max(o.n) AS most,
      -- The area of a unit is the one that it looks after, else the district or province where it stands.
      count(*) FILTER (WHERE o.fresh AND EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = o.person_id) AND NOT EXISTS (
        SELECT 1 FROM person_scope s WHERE s.person_id = o.person_id AND s.because NOT IN (7, 8)
          AND (s.unit_id = o.unit_id OR coalesce(u.covers_area_id, nullif(u.district_id, 0), nullif(u.province_id, 0)) IN (s.province_id, s.district_id, s.commune_id)))) AS elsewhere
    FROM opened o LEFT JOIN unit u ON u.id = o.unit_id GROUP BY 1, 2, 3),
  by_hour AS (SELECT h.unit_id, h.account_id, h.day, array_agg(coalesce(c.n, 0) ORDER BY g.hour) AS hours
    FROM (SELECT DISTINCT a.unit_id, a.account_id, a.day FROM acts a) h CROSS JOIN generate_series(0, 23) g(hour)
      LEFT JOIN (SELECT a.unit_id, a.account_id, a.day, a.hour, count(*)::int AS n FROM acts a GROUP BY 1, 2, 3, 4) c ON (c.unit_id, c.account_id, c.day, c.hour) = (h.unit_id, h.account_id, h.day, g.hour) GROUP BY 1, 2, 3),
  sums AS (SELECT a.unit_id, a.account_id, a.day, count(a.person) AS opened, sum(a.searches) AS searches, sum(a.numbers) AS numbers, sum(a.lists) AS lists, sum(a.listed) AS listed, sum(a.files) AS files,
      sum(a.file_rows) AS file_rows, sum(a.stops) AS stops, sum(a.emergencies) AS emergencies, sum(a.not_shown) AS not_shown, max(a.at) AS last_at FROM acts a GROUP BY 1, 2, 3)
  INSERT INTO supervision_day AS d (unit_id, account_id, day, opened, persons, most, elsewhere, searches, numbers, lists, listed, files, file_rows, stops, emergencies, not_shown, hours, last_at)
  SELECT s.unit_id, s.account_id, s.day, s.opened, coalesce(l.persons, 0), coalesce(l.most, 0), coalesce(l.elsewhere, 0), s.searches, s.numbers, s.lists, s.listed, s.files, s.file_rows, s.stops, s.emergencies, s.not_shown, h.hours, s.last_at
    FROM sums s JOIN by_hour h USING (unit_id, account_id, day) LEFT JOIN looks l USING (unit_id, account_id, day) ORDER BY 1, 2, 3
  ON CONFLICT (unit_id, account_id, day) DO UPDATE SET opened = d.opened + excluded.opened, persons = d.persons + excluded.persons, most = greatest(d.most, excluded.most), elsewhere = d.elsewhere + excluded.elsewhere,
    searches = d.searches + excluded.searches, numbers = d.numbers + excluded.numbers, lists = d.lists + excluded.lists, listed = d.listed + excluded.listed, files = d.files + excluded.files, file_rows = d.file_rows + excluded.file_rows,
    stops = d.stops + excluded.stops, emergencies = d.emergencies + excluded.emergencies, not_shown = d.not_shown + excluded.not_shown,
    hours = (SELECT array_agg(x.a + x.b ORDER BY x.i) FROM unnest(d.hours, excluded.hours) WITH ORDINALITY x(a, b, i)), last_at = greatest(d.last_at, excluded.last_at), version = d.version + 1;
  UPDATE supervision_mark SET seal = here, up_to = made;
  RETURN here - begun;
END $$;
REVOKE ALL ON FUNCTION pt.supervision_fold(int) FROM public;
GRANT EXECUTE ON FUNCTION pt.supervision_fold(int) TO pt_jobs;

CREATE FUNCTION pt.supervision_medians(of pt.supervision_day[]) RETURNS int[] STABLE LANGUAGE sql SET search_path = pt, pg_temp AS $$
  SELECT ARRAY[percentile_disc(0.5) WITHIN GROUP (ORDER BY o.opened), percentile_disc(0.5) WITHIN GROUP (ORDER BY o.searches), percentile_disc(0.5) WITHIN GROUP (ORDER BY o.numbers),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY o.listed), percentile_disc(0.5) WITHIN GROUP (ORDER BY o.files), percentile_disc(0.5) WITHIN GROUP (ORDER BY o.file_rows)] FROM unnest($1) o
$$;
REVOKE ALL ON FUNCTION pt.supervision_medians(pt.supervision_day[]) FROM public;

-- What was usual when a day began, once a day of an operator: the median of its own days before, that of the others of the unit, and the unit's hours.
CREATE FUNCTION pt.supervision_base(most int, days int) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH due AS MATERIALIZED (SELECT d.unit_id, d.account_id, d.day FROM supervision_day d WHERE d.judged_version < d.version AND NOT d.based ORDER BY d.day, d.unit_id, d.account_id LIMIT $1),
  units AS MATERIALIZED (
    SELECT x.unit_id, x.day, array_agg(x.n ORDER BY x.i) AS hours FROM (
      SELECT u.unit_id, u.day, h.i, sum(h.n)::int AS n FROM (SELECT DISTINCT unit_id, day FROM due) u JOIN supervision_day o ON o.unit_id = u.unit_id AND o.day >= u.day - $2 AND o.day < u.day
        CROSS JOIN LATERAL unnest(o.hours) WITH ORDINALITY h(n, i) GROUP BY 1, 2, 3) x GROUP BY 1, 2),
  made AS (
    UPDATE supervision_day d SET based = true, usual = own.medians, usual_days = own.n, median = others.medians, median_days = others.n, unit_hours = units.hours
    FROM due LEFT JOIN units ON units.unit_id = due.unit_id AND units.day = due.day
      CROSS JOIN LATERAL (SELECT count(*)::int AS n, pt.supervision_medians(array_agg(o)) AS medians FROM supervision_day o WHERE o.unit_id = due.unit_id AND o.account_id = due.account_id AND o.day >= due.day - $2 AND o.day < due.day) own
      CROSS JOIN LATERAL (SELECT count(*)::int AS n, pt.supervision_medians(array_agg(o)) AS medians FROM supervision_day o WHERE o.unit_id = due.unit_id AND o.account_id <> due.account_id AND o.day >= due.day - $2 AND o.day < due.day) others
    WHERE d.unit_id = due.unit_id AND d.account_id = due.account_id AND d.day = due.day RETURNING 1)
  SELECT count(*)::int FROM made
$$;
REVOKE ALL ON FUNCTION pt.supervision_base(int, int) FROM public;
GRANT EXECUTE ON FUNCTION pt.supervision_base(int, int) TO pt_jobs;

-- Whom an operator opened is not kept longer than late rows of the audit may come.
CREATE FUNCTION pt.supervision_forget(persons_before date, days_before date) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE gone int;
BEGIN
  DELETE FROM supervision_person p WHERE p.day < persons_before;
  -- What somebody was asked to make clear stays.
  DELETE FROM supervision_day d WHERE d.day < days_before AND d.verdict <> 2;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION pt.supervision_forget(date, date) FROM public;
GRANT EXECUTE ON FUNCTION pt.supervision_forget(date, date) TO pt_jobs;
