-- Requests to correct what is known of a person: asked for by whoever sees that it is wrong, decided by the unit that is answerable for the person now.

CREATE TABLE pt.correction_request (
  person_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  id uuid NOT NULL,
  source smallint NOT NULL DEFAULT 1,          -- 1 staff; the person's own channel will be another
  unit_id int NOT NULL REFERENCES pt.unit,     -- who asks …
  province_id int NOT NULL DEFAULT 0,
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  to_unit_id int NOT NULL REFERENCES pt.unit,  -- … and who decides
  to_province_id int NOT NULL DEFAULT 0,
  to_district_id int NOT NULL DEFAULT 0,
  to_commune_id int NOT NULL DEFAULT 0,
  because smallint NOT NULL,                   -- why that unit: 1 stay, 2 case, 3 address, 4 entered it
  urgency smallint NOT NULL,
  content bytea NOT NULL,                      -- sealed JSON: each field as it stood and as it shall be
  fields smallint[] NOT NULL,                  -- which fields
  print bytea NOT NULL,                        -- keyed hash of what is asked: the same request is found
  paper text,                                  -- the paper that proves it, described
  state smallint NOT NULL,                     -- 1 open, 2 asked back, 3 approved, 4 refused, 5 withdrawn
  asked_at timestamptz NOT NULL,
  asked_by uuid NOT NULL REFERENCES pt.account,
  asked_name text NOT NULL,
  decided_at timestamptz,
  decided_by uuid,
  applied bytea,                               -- sealed JSON: what an approval changed, so that it can be taken back
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (person_id, id),
  CHECK (state BETWEEN 1 AND 5 AND (state IN (3, 4)) = (decided_at IS NOT NULL) AND (decided_at IS NULL) = (decided_by IS NULL) AND (applied IS NOT NULL) = (state = 3))
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02);
CREATE UNIQUE INDEX correction_request_once ON pt.correction_request (person_id, print) WHERE state IN (1, 2);
CREATE INDEX correction_request_id ON pt.correction_request (id);
-- What a unit asked for, newest first.
CREATE INDEX correction_request_unit ON pt.correction_request (unit_id, asked_at DESC, id DESC);
CREATE INDEX correction_request_asked ON pt.correction_request (asked_by, asked_at DESC, id DESC);
ALTER TABLE pt.correction_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY ends ON pt.correction_request TO pt_app
  USING ((SELECT pt.sees_names()) AND (asked_by = (SELECT pt.actor())
    OR unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR to_unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])
    OR province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[]) OR to_province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[])
    OR district_id = ANY ((SELECT pt.ints('pt.districts'))::int[]) OR to_district_id = ANY ((SELECT pt.ints('pt.districts'))::int[])
    OR commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[]) OR to_commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[])))
  WITH CHECK ((SELECT pt.sees_names()) AND (asked_by = (SELECT pt.actor())
    OR unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR to_unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])
    OR province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[]) OR to_province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[])
    OR district_id = ANY ((SELECT pt.ints('pt.districts'))::int[]) OR to_district_id = ANY ((SELECT pt.ints('pt.districts'))::int[])
    OR commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[]) OR to_commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[])));
CREATE POLICY sealed ON pt.correction_request AS RESTRICTIVE TO pt_app USING (person_id <> ALL ((SELECT pt.sealed_from_me())::uuid[]));
GRANT SELECT, INSERT, UPDATE (state, decided_at, decided_by, applied, version) ON pt.correction_request TO pt_app;

-- What happened to a request, one after the other.
CREATE TABLE pt.correction_step (
  person_id uuid NOT NULL,
  request_id uuid NOT NULL,
  id uuid NOT NULL,
  kind smallint NOT NULL,                      -- 1 asked for, 2 asked back, 3 answered, 4 approved, 5 refused, 6 withdrawn, 7 taken back, 8 sent on
  unit_id int NOT NULL,
  account_id uuid NOT NULL REFERENCES pt.account,
  name text NOT NULL,
  text text,
  at timestamptz NOT NULL,
  PRIMARY KEY (person_id, request_id, id),
  FOREIGN KEY (person_id, request_id) REFERENCES pt.correction_request ON DELETE CASCADE
);
-- Files that prove it.
CREATE TABLE pt.correction_evidence (
  person_id uuid NOT NULL,
  request_id uuid NOT NULL,
  id uuid NOT NULL,
  kind smallint NOT NULL,                      -- by its content: 1 PDF, 2 JPEG, 3 PNG
  bytes int NOT NULL,
  content bytea NOT NULL,                      -- sealed
  entered_at timestamptz NOT NULL,
  entered_by uuid NOT NULL,
  PRIMARY KEY (person_id, request_id, id),
  FOREIGN KEY (person_id, request_id) REFERENCES pt.correction_request ON DELETE CASCADE
);
CREATE INDEX correction_evidence_id ON pt.correction_evidence (id);
ALTER TABLE pt.correction_step ENABLE ROW LEVEL SECURITY;
ALTER TABLE pt.correction_evidence ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_requests ON pt.correction_step TO pt_app USING (EXISTS (SELECT 1 FROM pt.correction_request r WHERE r.person_id = correction_step.person_id AND r.id = request_id))
  WITH CHECK (account_id = (SELECT pt.actor()) AND EXISTS (SELECT 1 FROM pt.correction_request r WHERE r.person_id = correction_step.person_id AND r.id = request_id));
CREATE POLICY of_requests ON pt.correction_evidence TO pt_app USING (EXISTS (SELECT 1 FROM pt.correction_request r WHERE r.person_id = correction_evidence.person_id AND r.id = request_id))
  WITH CHECK (entered_by = (SELECT pt.actor()) AND EXISTS (SELECT 1 FROM pt.correction_request r WHERE r.person_id = correction_evidence.person_id AND r.id = request_id));
GRANT SELECT, INSERT ON pt.correction_step, pt.correction_evidence TO pt_app;

-- The unit that is answerable for a person now: where the person stays; else the unit that has their case; else the one that looks after the area of the present address; else whoever entered the record.
-- A unit that was closed answers through the one that took it over, or the one above it.
CREATE FUNCTION pt.answerable_unit(person uuid) RETURNS TABLE (unit_id int, because smallint, province_id int, district_id int, commune_id int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH RECURSIVE found AS (
    SELECT x.unit_id, x.because FROM (
      SELECT t.unit_id, 1 AS because, t.since FROM person_scope t WHERE t.person_id = ANY (pt.records_of($1)) AND t.because = 3 AND t.until IS NULL AND t.unit_id <> 0
      UNION ALL
      SELECT t.unit_id, 2, t.since FROM person_scope t WHERE t.person_id = ANY (pt.records_of($1)) AND t.because = 5 AND t.until IS NULL AND t.unit_id <> 0
      UNION ALL
      SELECT u.id, 3, NULL FROM (SELECT a.* FROM person_address a WHERE a.person_id = ANY (pt.records_of($1)) AND a.until IS NULL AND a.province_id <> 0 ORDER BY a.kind DESC, a.entered_at DESC, a.id LIMIT 1) a
        CROSS JOIN LATERAL (SELECT u.id FROM unit u WHERE u.covers_area_id IN (a.commune_id, a.district_id, a.province_id) AND u.covers_area_id <> 0 AND u.valid_to IS NULL AND u.kind IN (9, 7, 6, 4)
          ORDER BY CASE u.covers_area_id WHEN a.commune_id THEN 1 WHEN a.district_id THEN 2 ELSE 3 END, CASE u.kind WHEN 9 THEN 1 WHEN 7 THEN 2 WHEN 6 THEN 3 ELSE 4 END, u.id LIMIT 1) u
      UNION ALL
      SELECT p.entered_unit, 4, p.entered_at FROM person p WHERE p.id = $1) x
    ORDER BY x.because, x.since DESC NULLS LAST LIMIT 1),
  onward AS (
    SELECT u.id, u.valid_to, u.merged_into, u.parent_id, f.because FROM found f JOIN unit u ON u.id = f.unit_id
    UNION SELECT u.id, u.valid_to, u.merged_into, u.parent_id, o.because FROM onward o JOIN unit u ON u.id = coalesce(o.merged_into, o.parent_id) WHERE o.valid_to IS NOT NULL)
  SELECT u.id, o.because::smallint, CASE WHEN u.province_id <> 0 THEN u.province_id ELSE coalesce(a.province_id, 0) END, CASE WHEN u.province_id <> 0 THEN u.district_id ELSE coalesce(a.district_id, 0) END,
      CASE WHEN u.province_id <> 0 THEN u.commune_id ELSE coalesce(a.commune_id, 0) END
    FROM onward o JOIN unit u ON u.id = o.id LEFT JOIN area a ON a.id = u.covers_area_id WHERE (o.valid_to IS NULL OR coalesce(o.merged_into, o.parent_id) IS NULL) AND pt.sees_person($1, false) LIMIT 1
$$;
REVOKE ALL ON FUNCTION pt.answerable_unit(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.answerable_unit(uuid) TO pt_app;

-- To the unit that is answerable for the person now, where it is another one than that which has the request.
CREATE FUNCTION pt.correction_send_on(request uuid, base_version int) RETURNS TABLE (unit_id int, province_id int, district_id int, commune_id int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
#variable_conflict use_column
DECLARE r correction_request; a record;
BEGIN
  SELECT * INTO r FROM correction_request q WHERE q.id = request AND q.version = base_version AND q.state IN (1, 2) FOR NO KEY UPDATE;
  IF r.id IS NULL OR NOT pt.sees_names() OR NOT pt.in_scope(r.to_unit_id, r.to_province_id, r.to_district_id, r.to_commune_id) THEN RETURN; END IF;
  SELECT * INTO a FROM pt.answerable_unit(r.person_id);
  IF a.unit_id IS NULL OR a.unit_id = r.to_unit_id THEN RETURN; END IF;
  UPDATE correction_request q SET to_unit_id = a.unit_id, to_province_id = a.province_id, to_district_id = a.district_id, to_commune_id = a.commune_id, because = a.because, version = q.version + 1 WHERE q.id = request;
  RETURN QUERY SELECT a.unit_id::int, a.province_id::int, a.district_id::int, a.commune_id::int;
END $$;
REVOKE ALL ON FUNCTION pt.correction_send_on(uuid, int) FROM public;
GRANT EXECUTE ON FUNCTION pt.correction_send_on(uuid, int) TO pt_app;

-- An address was corrected, or that was taken back: the tie of the one ends and that of the other holds again, also where they are not the unit's own. Only by who has to do with the person now.
CREATE FUNCTION pt.correction_address(person uuid, ended uuid, again uuid, now timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF NOT pt.sees_person(person, true) THEN RETURN; END IF;
  UPDATE person_scope t SET until = NULL WHERE t.person_id = ANY (pt.records_of(person)) AND t.because = 2 AND t.source_id = again;
  UPDATE person_scope t SET until = now WHERE t.person_id = ANY (pt.records_of(person)) AND t.because = 2 AND t.source_id = ended AND t.until IS NULL;
END $$;
REVOKE ALL ON FUNCTION pt.correction_address(uuid, uuid, uuid, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.correction_address(uuid, uuid, uuid, timestamptz) TO pt_app;

-- The same request of the same person that is still open, whoever asked.
CREATE FUNCTION pt.correction_same(person uuid, prints bytea[]) RETURNS TABLE (id uuid, asked_at timestamptz, unit text, mine boolean) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT r.id, r.asked_at, u.name, pt.in_scope(r.unit_id, r.province_id, r.district_id, r.commune_id) OR pt.in_scope(r.to_unit_id, r.to_province_id, r.to_district_id, r.to_commune_id)
    FROM correction_request r JOIN unit u ON u.id = r.unit_id WHERE r.person_id = $1 AND r.print = ANY ($2) AND r.state IN (1, 2) AND pt.sees_person($1, false) LIMIT 1
$$;
REVOKE ALL ON FUNCTION pt.correction_same(uuid, bytea[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.correction_same(uuid, bytea[]) TO pt_app;

-- Who asked hears what became of it, wherever they sit now; who decides hears an answer where somebody has it.
CREATE FUNCTION pt.correction_tell(requests uuid[], to_asker boolean, step text, text_key text, details text, now timestamptz) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH concerned AS (
    SELECT r.id, CASE WHEN $2 THEN r.asked_by ELSE w.owner_id END AS account FROM correction_request r LEFT JOIN worklist_item w ON w.id = r.id AND w.list = 'correction'
      WHERE r.id = ANY ($1) AND pt.sees_names() AND (r.asked_by = pt.actor() OR pt.in_scope(r.unit_id, r.province_id, r.district_id, r.commune_id) OR pt.in_scope(r.to_unit_id, r.to_province_id, r.to_district_id, r.to_commune_id))),
  made AS (
    INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
    SELECT gen_random_uuid(), 'correction/' || c.id || '/' || $3, c.account, $4, $5, '/desk/corrections/request/' || c.id, false, $6 FROM concerned c WHERE c.account IS NOT NULL AND c.account <> pt.actor() ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*)::int FROM made
$$;
REVOKE ALL ON FUNCTION pt.correction_tell(uuid[], boolean, text, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.correction_tell(uuid[], boolean, text, text, text, timestamptz) TO pt_app;
