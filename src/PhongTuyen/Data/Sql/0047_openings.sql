-- Break-glass: somebody needs a person of another area now. The tie that it makes ends by itself, and whoever manages the account looks at it afterwards.
CREATE TABLE pt.person_opening (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  account_id uuid NOT NULL REFERENCES pt.account,
  unit_id int NOT NULL REFERENCES pt.unit,      -- whose people see the person for that time
  reason text NOT NULL,
  opened_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  review_by timestamptz NOT NULL,
  ended boolean NOT NULL DEFAULT false,         -- its tie is gone
  reviewed_at timestamptz,
  reviewed_by uuid,
  justified boolean,
  note text,
  CHECK ((reviewed_at IS NULL) = (justified IS NULL) AND (reviewed_at IS NULL) = (reviewed_by IS NULL))
);
CREATE INDEX person_opening_due ON pt.person_opening (ends_at) WHERE NOT ended;
CREATE INDEX person_opening_now ON pt.person_opening (person_id) WHERE NOT ended;
CREATE INDEX person_opening_unit ON pt.person_opening (unit_id, opened_at, id);
CREATE INDEX person_opening_waits ON pt.person_opening (unit_id, review_by, id) WHERE reviewed_at IS NULL;
ALTER TABLE pt.person_opening ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_units ON pt.person_opening FOR SELECT TO pt_app USING ((SELECT pt.sees_names()) AND (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR account_id = (SELECT pt.actor())));
-- Nobody reviews what they opened themselves, and a review is not written twice.
CREATE POLICY reviewed ON pt.person_opening FOR UPDATE TO pt_app USING ((SELECT pt.sees_names()) AND unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) AND account_id <> (SELECT pt.actor()) AND reviewed_at IS NULL)
  WITH CHECK (reviewed_by = (SELECT pt.actor()));
GRANT SELECT, UPDATE (reviewed_at, reviewed_by, justified, note) ON pt.person_opening TO pt_app;

-- A patient code is all that is known of some.
CREATE INDEX person_code ON pt.person (code) WHERE code IS NOT NULL;

-- Opens a person found by number or code, and birth. Whoever sees the person by another tie that holds opens nothing: opened is false.
CREATE FUNCTION pt.open_person(numbers bytea[], patient_code text, birth_day date, birth_year int, unit int, opening uuid, reason text, now timestamptz, ends timestamptz, review timestamptz)
  RETURNS TABLE (person uuid, opened boolean) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF NOT pt.sees_names() OR NOT unit = ANY (pt.ints('pt.units')) THEN RETURN; END IF;
  SELECT p.id INTO person FROM person p
    WHERE p.id IN (SELECT d.person_id FROM person_document d WHERE d.number_index = ANY (numbers) UNION ALL SELECT c.id FROM person c WHERE c.code = patient_code)
      AND (p.birth = birth_day OR (p.birth_precision <> 1 AND extract(year FROM p.birth) = birth_year)) ORDER BY p.id LIMIT 1;
  IF person IS NULL THEN RETURN; END IF;
  opened := NOT pt.sees_person(person, true);
  IF opened THEN
    INSERT INTO person_opening (id, person_id, account_id, unit_id, reason, opened_at, ends_at, review_by) VALUES (opening, person, pt.actor(), unit, open_person.reason, now, ends, review);
    INSERT INTO person_scope (person_id, because, source_id, unit_id, name_key, since) VALUES (person, 8, opening, unit, '', now);
  END IF;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.open_person(bytea[], text, date, int, int, uuid, text, timestamptz, timestamptz, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.open_person(bytea[], text, date, int, int, uuid, text, timestamptz, timestamptz, timestamptz) TO pt_app;

-- Those whose time is over: the tie goes, who opened it stays.
CREATE FUNCTION pt.end_openings(now timestamptz) RETURNS void LANGUAGE sql AS $$
  WITH over AS (UPDATE pt.person_opening o SET ended = true WHERE NOT o.ended AND o.ends_at <= $1 RETURNING o.id, o.person_id)
  DELETE FROM pt.person_scope s USING over WHERE s.person_id = over.person_id AND s.because = 8 AND s.source_id = over.id
$$;
REVOKE ALL ON FUNCTION pt.end_openings(timestamptz) FROM public;

-- Which opening of the visitor's units these persons are seen by now; the audit row of the sight names it.
CREATE FUNCTION pt.opening_of(persons uuid[]) RETURNS uuid STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM person_opening o WHERE NOT o.ended) THEN RETURN NULL; END IF; -- as nearly always
  RETURN (SELECT o.id FROM person_opening o WHERE NOT o.ended AND o.person_id = ANY (persons) AND o.unit_id = ANY (pt.ints('pt.units')) LIMIT 1);
END $$;
REVOKE ALL ON FUNCTION pt.opening_of(uuid[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.opening_of(uuid[]) TO pt_app;

-- It gives sight, not the right to change the record.
ALTER POLICY tied_change ON pt.person USING (EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = id AND s.until IS NULL AND s.because <> 8));

-- The entrance looks whether the time of one is over before anything is shown: not a moment late, whoever comes first.
CREATE OR REPLACE FUNCTION pt.enter(token bytea, wanted smallint[], faceless smallint[], now timestamptz, idle interval) RETURNS TABLE (
    account_id uuid, session_id uuid, user_name text, display_name text, unit_id int, language smallint, must_change_password boolean,
    second_factor boolean, roles smallint[], units text, provinces int[], districts int[], communes int[], names boolean,
    unread int, figures_version bigint, figures_waiting bigint, figures_last bigint, reach bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE seen timestamptz;
BEGIN
  SELECT a.id, s.id, a.user_name, a.display_name, a.unit_id, a.language, a.must_change_password, s.second_factor, s.last_seen_at
    INTO account_id, session_id, user_name, display_name, unit_id, language, must_change_password, second_factor, seen
    FROM account_session s JOIN account a ON a.id = s.account_id
    WHERE s.token_hash = token AND s.ended_at IS NULL AND s.expires_at > now AND s.last_seen_at > now - idle
      AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > now);
  IF account_id IS NULL THEN RETURN; END IF;
  IF EXISTS (SELECT 1 FROM person_opening o WHERE NOT o.ended AND o.ends_at <= now) THEN PERFORM pt.end_openings(now); END IF;
  -- Once a minute is enough to know who is idle; a write on every request would not be.
  IF seen < now - interval '1 minute' THEN UPDATE account_session s SET last_seen_at = now WHERE s.id = session_id; END IF;
  SELECT t.* INTO roles, units, provinces, districts, communes, names FROM take_scope(account_id, wanted, faceless, now) t;
  SELECT m.* INTO unread, figures_version, figures_waiting, figures_last, reach FROM at_this_moment(account_id) m;
  RETURN NEXT;
END $$;
CREATE OR REPLACE FUNCTION pt.act_as(account uuid, wanted smallint[], faceless smallint[], now timestamptz) RETURNS TABLE (
    account_id uuid, session_id uuid, user_name text, display_name text, unit_id int, language smallint, must_change_password boolean,
    second_factor boolean, roles smallint[], units text, provinces int[], districts int[], communes int[], names boolean,
    unread int, figures_version bigint, figures_waiting bigint, figures_last bigint, reach bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  SELECT a.id, a.user_name, a.display_name, a.unit_id, a.language, a.must_change_password, false
    INTO account_id, user_name, display_name, unit_id, language, must_change_password, second_factor
    FROM account a WHERE a.id = account AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > now);
  IF account_id IS NULL THEN RETURN; END IF;
  IF EXISTS (SELECT 1 FROM person_opening o WHERE NOT o.ended AND o.ends_at <= now) THEN PERFORM pt.end_openings(now); END IF;
  SELECT t.* INTO roles, units, provinces, districts, communes, names FROM take_scope(account_id, wanted, faceless, now) t;
  SELECT m.* INTO unread, figures_version, figures_waiting, figures_last, reach FROM at_this_moment(account_id) m;
  RETURN NEXT;
END $$;

-- An opening is a look as well.
CREATE OR REPLACE FUNCTION pt.who_looked(person uuid, kind int, since timestamptz, before timestamptz, before_id uuid, most int) RETURNS TABLE (
    id uuid, at timestamptz, by_name text, by_unit text, act text, subject text, detail text, purpose text)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH may AS MATERIALIZED (SELECT pt.sees_person($1, false) AS seen, pt.sees_person($1, true) AS whole, pt.ints('pt.units') AS units),
  looks AS (
    (SELECT e.* FROM audit_event e, may WHERE $2 <> 2 AND may.seen AND e.subject_kind = 'person' AND e.subject_id = $1::text
        AND e.act IN ('person.seen', 'person.unmasked', 'person.looked-up', 'person.opened', 'person.looks-seen')
        AND e.at >= $3 AND e.at <= $4 AND (e.at, e.id) < ($4, $5) AND (may.whole OR e.unit_id = ANY (may.units))
      ORDER BY e.at DESC, e.id DESC LIMIT $6)
    UNION ALL
    (SELECT e.* FROM audit_event e, may WHERE $2 <> 1 AND may.seen AND e.persons @> ARRAY[$1] AND e.act IN ('person.listed', 'person.searched', 'list.taken')
        AND e.at >= $3 AND e.at <= $4 AND (e.at, e.id) < ($4, $5) AND (may.whole OR e.unit_id = ANY (may.units))
      ORDER BY e.at DESC, e.id DESC LIMIT $6))
  SELECT e.id, e.at, coalesce(a.display_name, '?'), coalesce(u.name, ''), e.act, e.subject_id, e.detail, e.purpose
    FROM looks e LEFT JOIN account a ON a.id = e.account_id LEFT JOIN unit u ON u.id = e.unit_id
   ORDER BY e.at DESC, e.id DESC LIMIT $6
$$;
