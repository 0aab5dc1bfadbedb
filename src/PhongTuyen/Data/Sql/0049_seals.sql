-- A sealed record (hồ sơ niêm phong): somebody whom even those of the area may look up only when they are named. A seal takes sight away and never gives any.
CREATE TABLE pt.person_seal (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  unit_id int NOT NULL REFERENCES pt.unit,      -- of who sealed it, at that time
  reason text NOT NULL,
  sealed_at timestamptz NOT NULL,
  sealed_by uuid NOT NULL REFERENCES pt.account,
  lifted_at timestamptz,
  lifted_by uuid,
  lift_reason text,
  CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
CREATE UNIQUE INDEX person_seal_one ON pt.person_seal (person_id) WHERE lifted_at IS NULL;
CREATE INDEX person_seal_unit ON pt.person_seal (unit_id, id);
-- Who is named for it.
CREATE TABLE pt.person_key (
  id uuid PRIMARY KEY,
  seal_id uuid NOT NULL REFERENCES pt.person_seal ON DELETE CASCADE,
  account_id uuid NOT NULL REFERENCES pt.account,
  given_at timestamptz NOT NULL,
  given_by uuid NOT NULL,
  ended_at timestamptz,
  ended_by uuid
);
CREATE UNIQUE INDEX person_key_one ON pt.person_key (seal_id, account_id) WHERE ended_at IS NULL;
CREATE INDEX person_key_account ON pt.person_key (account_id) WHERE ended_at IS NULL;
ALTER TABLE pt.person_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE pt.person_key ENABLE ROW LEVEL SECURITY;

-- Whom the visitor may not see, wherever they stand. Few are sealed; a statement asks once.
CREATE FUNCTION pt.sealed_from_me() RETURNS uuid[] STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT coalesce(array_agg(s.person_id), '{}') FROM person_seal s WHERE s.lifted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM person_key k WHERE k.seal_id = s.id AND k.account_id = pt.actor() AND k.ended_at IS NULL)
$$;
CREATE FUNCTION pt.sealed_to_me(person uuid) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM person_seal s WHERE s.person_id = $1 AND s.lifted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM person_key k WHERE k.seal_id = s.id AND k.account_id = pt.actor() AND k.ended_at IS NULL))
$$;
REVOKE ALL ON FUNCTION pt.sealed_from_me() FROM public;
REVOKE ALL ON FUNCTION pt.sealed_to_me(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.sealed_from_me(), pt.sealed_to_me(uuid) TO pt_app;

-- An opening that two officers made is the one tie that a seal lets through.
CREATE POLICY sealed ON pt.person_scope AS RESTRICTIVE TO pt_app USING (because = 8 OR person_id <> ALL ((SELECT pt.sealed_from_me())::uuid[]));
CREATE POLICY sealed ON pt.person_token AS RESTRICTIVE TO pt_app USING (person_id <> ALL ((SELECT pt.sealed_from_me())::uuid[]));
CREATE POLICY sealed ON pt.person_finding AS RESTRICTIVE TO pt_app USING (person_id IS NULL OR person_id <> ALL ((SELECT pt.sealed_from_me())::uuid[]));
CREATE POLICY sealed ON pt.import_row AS RESTRICTIVE TO pt_app USING (person_id IS NULL OR person_id <> ALL ((SELECT pt.sealed_from_me())::uuid[]));

-- Whoever sees the person may seal; who has a key, or whoever answers for the unit that sealed it, knows that there is a seal.
CREATE FUNCTION pt.sees_seal(seal uuid) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT pt.sees_names() AND EXISTS (SELECT 1 FROM person_seal s WHERE s.id = $1 AND (s.unit_id = ANY (pt.ints('pt.units'))
    OR EXISTS (SELECT 1 FROM person_key k WHERE k.seal_id = s.id AND k.account_id = pt.actor() AND k.ended_at IS NULL)))
$$;
-- Whether it may be changed: by who has a key; where nobody who has one works any more, by who answers for the unit.
CREATE FUNCTION pt.holds_seal(seal uuid) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT pt.sees_names() AND EXISTS (SELECT 1 FROM person_seal s WHERE s.id = $1 AND s.lifted_at IS NULL AND (
    EXISTS (SELECT 1 FROM person_key k WHERE k.seal_id = s.id AND k.account_id = pt.actor() AND k.ended_at IS NULL)
    OR (s.unit_id = ANY (pt.ints('pt.units')) AND NOT EXISTS (SELECT 1 FROM person_key k JOIN account a ON a.id = k.account_id WHERE k.seal_id = s.id AND k.ended_at IS NULL AND a.state = 1))))
$$;
REVOKE ALL ON FUNCTION pt.sees_seal(uuid) FROM public;
REVOKE ALL ON FUNCTION pt.holds_seal(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.sees_seal(uuid), pt.holds_seal(uuid) TO pt_app;
CREATE POLICY seen ON pt.person_seal FOR SELECT TO pt_app USING ((SELECT pt.sees_names()) AND (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR pt.sees_seal(id)));
CREATE POLICY made ON pt.person_seal FOR INSERT TO pt_app WITH CHECK ((SELECT pt.sees_names()) AND sealed_by = (SELECT pt.actor()) AND pt.sees_person(person_id, true));
CREATE POLICY lifted ON pt.person_seal FOR UPDATE TO pt_app USING (pt.holds_seal(id)) WITH CHECK (lifted_by = (SELECT pt.actor()));
CREATE POLICY seen ON pt.person_key FOR SELECT TO pt_app USING (pt.sees_seal(seal_id));
CREATE POLICY given ON pt.person_key FOR INSERT TO pt_app WITH CHECK (given_by = (SELECT pt.actor()) AND (pt.holds_seal(seal_id)
  OR (account_id = (SELECT pt.actor()) AND EXISTS (SELECT 1 FROM pt.person_seal s WHERE s.id = seal_id AND s.sealed_by = (SELECT pt.actor()) AND s.sealed_at = given_at))));
CREATE POLICY ended ON pt.person_key FOR UPDATE TO pt_app USING (pt.holds_seal(seal_id)) WITH CHECK (ended_by = (SELECT pt.actor()));
GRANT SELECT, INSERT, UPDATE (lifted_at, lifted_by, lift_reason) ON pt.person_seal TO pt_app;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by) ON pt.person_key TO pt_app;

-- What reads past the policies asks the seals itself.
CREATE OR REPLACE FUNCTION pt.sees_person(person uuid, now_only boolean) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT pt.sees_names() AND EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = person AND (s.until IS NULL OR NOT now_only)
    AND pt.in_scope(s.unit_id, s.province_id, s.district_id, s.commune_id) AND (s.because = 8 OR NOT pt.sealed_to_me(person)))
$$;
CREATE OR REPLACE FUNCTION pt.may_tie(person uuid) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT NOT pt.sealed_to_me(person) AND (NOT EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = person)
      OR EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = person AND pt.in_scope(s.unit_id, s.province_id, s.district_id, s.commune_id)))
$$;
CREATE OR REPLACE FUNCTION pt.persons_of_number(index_value bytea) RETURNS TABLE (person_id uuid, visible boolean) STABLE
  LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT DISTINCT d.person_id, NOT pt.sealed_to_me(d.person_id) AND EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = d.person_id
           AND pt.in_scope(s.unit_id, s.province_id, s.district_id, s.commune_id))
    FROM person_document d WHERE d.number_index = index_value AND pt.sees_names() LIMIT 5
$$;
CREATE OR REPLACE FUNCTION pt.look_up_person(index_value bytea, birth_day date, birth_year int, unit int, source uuid, now timestamptz) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE found uuid;
BEGIN
  IF NOT pt.sees_names() OR NOT unit = ANY (pt.ints('pt.units')) THEN RETURN NULL; END IF;
  SELECT d.person_id INTO found FROM person_document d JOIN person p ON p.id = d.person_id
   WHERE d.number_index = index_value AND (p.birth = birth_day OR (p.birth_precision <> 1 AND extract(year FROM p.birth) = birth_year)) AND NOT pt.sealed_to_me(p.id) LIMIT 1;
  IF found IS NOT NULL THEN
    INSERT INTO person_scope (person_id, because, source_id, unit_id, name_key, since) VALUES (found, 7, source, unit, '', now) ON CONFLICT DO NOTHING;
  END IF;
  RETURN found;
END $$;
CREATE OR REPLACE FUNCTION pt.stay_elsewhere(person uuid) RETURNS TABLE (unit_id int, facility text, telephone text, masked_name text) STABLE
  LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT u.id, u.name, u.telephone, CASE WHEN NOT pt.sealed_to_me(p.id) THEN (SELECT string_agg(left(w, 1) || '.', ' ' ORDER BY o) FROM regexp_split_to_table(p.name, ' ') WITH ORDINALITY x(w, o)) END
    FROM quarantine_stay s JOIN unit u ON u.id = s.unit_id JOIN person p ON p.id = s.person_id
   WHERE s.person_id = person AND s.state IN (2, 3, 4) AND NOT s.disputed AND pt.sees_names() LIMIT 1
$$;

-- A sealed person is opened by two: one asks, another of those who answer for the unit lets it happen; the hours run from then.
ALTER TABLE pt.person_opening ADD COLUMN waits boolean NOT NULL DEFAULT false, ADD COLUMN let_at timestamptz, ADD COLUMN let_by uuid,
  ADD CHECK ((let_at IS NULL) = (let_by IS NULL) AND let_by <> account_id);
DROP FUNCTION pt.open_person(bytea[], text, date, int, int, uuid, text, timestamptz, timestamptz, timestamptz);
CREATE FUNCTION pt.open_person(numbers bytea[], patient_code text, birth_day date, birth_year int, unit int, opening uuid, reason text, now timestamptz, ends timestamptz, review timestamptz)
  RETURNS TABLE (person uuid, opened boolean, waits boolean) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF NOT pt.sees_names() OR NOT unit = ANY (pt.ints('pt.units')) THEN RETURN; END IF;
  SELECT p.id INTO person FROM person p
    WHERE p.id IN (SELECT d.person_id FROM person_document d WHERE d.number_index = ANY (numbers) UNION ALL SELECT c.id FROM person c WHERE c.code = patient_code)
      AND (p.birth = birth_day OR (p.birth_precision <> 1 AND extract(year FROM p.birth) = birth_year)) ORDER BY p.id LIMIT 1;
  IF person IS NULL THEN RETURN; END IF;
  opened := NOT pt.sees_person(person, true);
  waits := opened AND pt.sealed_to_me(person);
  IF opened THEN
    INSERT INTO person_opening (id, person_id, account_id, unit_id, reason, opened_at, ends_at, review_by, ended, waits) VALUES (opening, person, pt.actor(), unit, open_person.reason, now, ends, review, open_person.waits, open_person.waits);
    IF NOT waits THEN INSERT INTO person_scope (person_id, because, source_id, unit_id, name_key, since) VALUES (person, 8, opening, unit, '', now); END IF;
  END IF;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.open_person(bytea[], text, date, int, int, uuid, text, timestamptz, timestamptz, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.open_person(bytea[], text, date, int, int, uuid, text, timestamptz, timestamptz, timestamptz) TO pt_app;

CREATE FUNCTION pt.let_open(opening uuid, now timestamptz, ends timestamptz, intent text, text_key text, details text, link text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE o person_opening;
BEGIN
  UPDATE person_opening p SET waits = false, ended = false, ends_at = ends, let_at = now, let_by = pt.actor()
    WHERE p.id = opening AND p.waits AND p.reviewed_at IS NULL AND p.account_id <> pt.actor() AND pt.sees_names() AND p.unit_id = ANY (pt.ints('pt.units')) RETURNING * INTO o;
  IF o.id IS NULL THEN RETURN false; END IF;
  INSERT INTO person_scope (person_id, because, source_id, unit_id, name_key, since) VALUES (o.person_id, 8, o.id, o.unit_id, '', now);
  INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at) VALUES (gen_random_uuid(), intent, o.account_id, text_key, details, link || o.person_id, true, now) ON CONFLICT DO NOTHING;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION pt.let_open(uuid, timestamptz, timestamptz, text, text, text, text) FROM public;
GRANT EXECUTE ON FUNCTION pt.let_open(uuid, timestamptz, timestamptz, text, text, text, text) TO pt_app;
-- What was refused waits no longer.
GRANT UPDATE (waits) ON pt.person_opening TO pt_app;

-- Who could be named: whoever works, for persons, in the asker's unit or in one that has to do with the person now, wherever it stands; cares: the person stays there. Names of staff are no secret from staff.
CREATE FUNCTION pt.seal_candidates(person uuid, roles smallint[], now timestamptz) RETURNS TABLE (account_id uuid, name text, unit_id int, unit text, cares boolean) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT a.id, a.display_name, u.id, u.name, EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = $1 AND s.unit_id = u.id AND s.because = 3 AND s.until IS NULL)
    FROM account a JOIN unit u ON u.id = a.unit_id
    WHERE pt.sees_person($1, true) AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > $3)
      AND (a.unit_id = (SELECT m.unit_id FROM account m WHERE m.id = pt.actor()) OR a.unit_id IN (SELECT s.unit_id FROM person_scope s WHERE s.person_id = $1 AND s.until IS NULL))
      AND EXISTS (SELECT 1 FROM account_right r WHERE r.account_id = a.id AND r.role = ANY ($2) AND r.since <= $3 AND (r.until IS NULL OR r.until > $3))
    ORDER BY 5 DESC, u.name, a.display_name LIMIT 200
$$;
CREATE FUNCTION pt.seal_holders(seal uuid) RETURNS TABLE (account_id uuid, name text, unit text, given_at timestamptz) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT a.id, a.display_name, u.name, k.given_at FROM person_key k JOIN account a ON a.id = k.account_id JOIN unit u ON u.id = a.unit_id WHERE k.seal_id = $1 AND k.ended_at IS NULL AND pt.sees_seal($1) ORDER BY k.given_at, k.id
$$;
REVOKE ALL ON FUNCTION pt.seal_candidates(uuid, smallint[], timestamptz) FROM public;
REVOKE ALL ON FUNCTION pt.seal_holders(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.seal_candidates(uuid, smallint[], timestamptz), pt.seal_holders(uuid) TO pt_app;
