-- Two records that may be one person: found when one is written, scored, shown to those who see both, and decided by a person. A merge (gộp hồ sơ) says that two records are one person and
-- moves nothing: every stay, case and result stays with the record under which it was written, and goes back with it when the merge is undone.

-- The words of a name without those of the code, which lists write beside some names and not beside others.
CREATE FUNCTION pt.name_words(tokens text[], code text) RETURNS text[] IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT string_to_array(ltrim(CASE WHEN coded <> '' AND right(whole, length(coded) + 1) = ' ' || coded AND length(whole) > length(coded) + 1 THEN left(whole, -length(coded) - 1) ELSE whole END, ' '), ' ')
  FROM (SELECT coalesce(tokens[array_upper(tokens, 1)], '') AS whole, trim(regexp_replace(lower(coalesce(code, '')), '[^a-z0-9]+', ' ', 'g')) AS coded) x
$$;
-- What two records of one person have in common whatever is wrong with them: all words of the name in any order, with the year or with the day of the year; the given name, or all the others, with
-- the whole birth date; the patient code. Numbers of papers and telephones are looked for by themselves, and so are equal names in one commune.
CREATE FUNCTION pt.match_keys(tokens text[], code text, birth date, known smallint) RETURNS bigint[] IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT array_remove(ARRAY[
    CASE WHEN birth IS NOT NULL AND n > 1 THEN hashtextextended('year ' || sorted || ' ' || date_part('year', birth), 0) END,
    CASE WHEN known = 1 AND n > 1 THEN hashtextextended('day ' || sorted || ' ' || date_part('month', birth) || ' ' || date_part('day', birth), 0) END,
    CASE WHEN known = 1 AND n > 0 THEN hashtextextended('given ' || words[n] || ' ' || (birth - date '1800-01-01'), 0) END,
    CASE WHEN known = 1 AND n > 1 THEN hashtextextended('other ' || array_to_string(words[1:n - 1], ' ') || ' ' || (birth - date '1800-01-01'), 0) END,
    CASE WHEN code IS NOT NULL THEN hashtextextended('code ' || lower(code), 0) END], NULL)
  FROM (SELECT w AS words, coalesce(array_length(w, 1), 0) AS n, (SELECT string_agg(x, ' ' ORDER BY x COLLATE "C") FROM unnest(w) x) AS sorted FROM (SELECT pt.name_words(tokens, code) AS w) y) z
$$;
ALTER TABLE pt.person ADD COLUMN match_keys bigint[] GENERATED ALWAYS AS (pt.match_keys(name_tokens, code, birth, birth_precision)) STORED,
  ADD COLUMN joined boolean NOT NULL DEFAULT false, -- other records are the same person as this one
  ADD FOREIGN KEY (same_as) REFERENCES pt.person;
CREATE INDEX person_match_keys ON pt.person USING gin (match_keys) WITH (fastupdate = off);
CREATE INDEX person_same ON pt.person (same_as) WHERE same_as IS NOT NULL;

-- Every record of the person whose record this is; itself where there is no other.
CREATE FUNCTION pt.records_of(person uuid) RETURNS uuid[] STABLE LANGUAGE sql AS $$
  SELECT coalesce(array_agg(o.id), ARRAY[$1]) FROM pt.person p JOIN pt.person o ON o.id = coalesce(p.same_as, p.id) OR o.same_as = coalesce(p.same_as, p.id) WHERE p.id = $1
$$;

CREATE TABLE pt.person_match (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  other_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  unit_id int NOT NULL DEFAULT 0,              -- a unit that sees both
  province_id int NOT NULL DEFAULT 0,          -- the smallest area that sees both; 0: only the whole country does
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  score real NOT NULL,
  reasons text[] COLLATE "C" NOT NULL,
  rules text COLLATE "C" NOT NULL,             -- the edition by which it was scored
  state smallint NOT NULL DEFAULT 0,           -- 0 open, 1 one person, 2 two persons, 3 no longer alike
  found_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by uuid,
  reason text,
  CHECK (person_id < other_id),
  UNIQUE (person_id, other_id)
);
CREATE INDEX person_match_other ON pt.person_match (other_id);
CREATE INDEX person_match_unit ON pt.person_match (unit_id, state, score DESC, id DESC) WHERE unit_id <> 0;
CREATE INDEX person_match_commune ON pt.person_match (commune_id, state, score DESC, id DESC) WHERE commune_id <> 0;
CREATE INDEX person_match_district ON pt.person_match (district_id, state, score DESC, id DESC) WHERE district_id <> 0;
CREATE INDEX person_match_province ON pt.person_match (province_id, state, score DESC, id DESC);
CALL pt.guard('pt.person_match', names => true);
CREATE POLICY sealed ON pt.person_match AS RESTRICTIVE TO pt_app USING (person_id <> ALL ((SELECT pt.sealed_from_me())::uuid[]) AND other_id <> ALL ((SELECT pt.sealed_from_me())::uuid[]));
GRANT SELECT, UPDATE (state, decided_at, decided_by, reason) ON pt.person_match TO pt_app;

CREATE TABLE pt.person_merge (
  id uuid PRIMARY KEY,
  kept_id uuid NOT NULL REFERENCES pt.person,  -- the record that is alike, of the person whose page shows both
  joined_id uuid NOT NULL REFERENCES pt.person,
  unit_id int NOT NULL REFERENCES pt.unit,     -- of who merged
  reason text,
  merged_at timestamptz NOT NULL,
  merged_by uuid NOT NULL,
  split_at timestamptz,
  split_by uuid,
  split_reason text,
  CHECK (kept_id <> joined_id),
  CHECK ((split_at IS NULL) = (split_by IS NULL))
);
CREATE INDEX person_merge_kept ON pt.person_merge (kept_id);
CREATE INDEX person_merge_joined ON pt.person_merge (joined_id);
ALTER TABLE pt.person_merge ENABLE ROW LEVEL SECURITY;
CREATE POLICY tied ON pt.person_merge TO pt_app USING (EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = kept_id) AND EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = joined_id))
  WITH CHECK (EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = kept_id) AND EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = joined_id));
GRANT SELECT, INSERT, UPDATE (split_at, split_by, split_reason) ON pt.person_merge TO pt_app;

-- Whoever sees one record of a person sees the others: ties of the kind 10 repeat those of the other records, and follow them. Looks that go by themselves (8, 9) are not repeated.
CREATE FUNCTION pt.tie_records(persons uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE everyone uuid[];
BEGIN
  SELECT array_agg(DISTINCT o.id) INTO everyone FROM unnest(persons) x(id) JOIN person p ON p.id = x.id JOIN person o ON o.id = coalesce(p.same_as, p.id) OR o.same_as = coalesce(p.same_as, p.id);
  everyone := array_cat(everyone, persons);
  WITH wanted AS MATERIALIZED (
    SELECT o.id AS person_id, md5(o.id::text || s.person_id::text || s.because::text || s.source_id::text)::uuid AS source_id, s.unit_id, s.province_id, s.district_id, s.commune_id, s.since, s.until
      FROM person_scope s JOIN person p ON p.id = s.person_id JOIN person o ON (o.id = coalesce(p.same_as, p.id) OR o.same_as = coalesce(p.same_as, p.id)) AND o.id <> p.id
     WHERE s.person_id = ANY (everyone) AND s.because NOT IN (8, 9, 10)),
  gone AS (DELETE FROM person_scope t WHERE t.person_id = ANY (everyone) AND t.because = 10 AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.person_id = t.person_id AND w.source_id = t.source_id)),
  changed AS (UPDATE person_scope t SET until = w.until FROM wanted w WHERE t.person_id = w.person_id AND t.because = 10 AND t.source_id = w.source_id AND t.until IS DISTINCT FROM w.until)
  INSERT INTO person_scope (person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since, until)
    SELECT w.person_id, 10, w.source_id, w.unit_id, w.province_id, w.district_id, w.commune_id, '', w.since, w.until FROM wanted w ON CONFLICT DO NOTHING;
END $$;
REVOKE ALL ON FUNCTION pt.tie_records(uuid[]) FROM public;

CREATE FUNCTION pt.ties_repeat() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE merged uuid[];
BEGIN
  SELECT array_agg(DISTINCT p.id) INTO merged FROM changed c JOIN person p ON p.id = c.person_id WHERE c.because <> 10 AND (p.joined OR p.same_as IS NOT NULL);
  IF merged IS NOT NULL THEN PERFORM tie_records(merged); END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.ties_repeat() FROM public;
CREATE TRIGGER ties_repeat_made AFTER INSERT ON pt.person_scope REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pt.ties_repeat();
CREATE TRIGGER ties_repeat_ended AFTER UPDATE ON pt.person_scope REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pt.ties_repeat();
CREATE TRIGGER ties_repeat_gone AFTER DELETE ON pt.person_scope REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pt.ties_repeat();

-- Makes of these records the persons that the roots say: each record stands for itself where it is its own root. Whoever does it sees all of them now.
CREATE FUNCTION pt.stand_for(records uuid[], roots uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM unnest(records || roots) x(id) WHERE NOT pt.sees_person(x.id, false)) THEN RAISE EXCEPTION 'out of scope' USING ERRCODE = 'insufficient_privilege'; END IF;
  UPDATE person p SET same_as = CASE WHEN x.root <> x.record THEN x.root END, joined = x.root = x.record AND EXISTS (SELECT 1 FROM unnest(records, roots) o(record, root) WHERE o.root = x.record AND o.record <> o.root)
    FROM unnest(records, roots) x(record, root) WHERE p.id = x.record;
  PERFORM tie_records(records);
END $$;
REVOKE ALL ON FUNCTION pt.stand_for(uuid[], uuid[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.stand_for(uuid[], uuid[]) TO pt_app;

-- Who may be the same person as what is being written: for the program's own comparing, past the policies. What it finds beyond the visitor's scope is told to nobody but as a pair, to those
-- who see both.
CREATE FUNCTION pt.match_candidates(n int[], tokens text[], codes text[], births date[], precisions smallint[], provinces int[], districts int[], communes int[], own uuid[], number_n int[], numbers bytea[], most int)
  RETURNS TABLE (n int, person_id uuid, root uuid) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH probe AS MATERIALIZED (
    SELECT x.n, x.whole, x.province, x.district, x.commune, x.own, match_keys(ARRAY[x.whole], x.code, x.birth, x.known) AS keys
      FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) x(n, whole, code, birth, known, province, district, commune, own))
  SELECT DISTINCT f.n, p.id, coalesce(p.same_as, p.id) FROM (
      SELECT x.n, c.id FROM probe x CROSS JOIN LATERAL (SELECT o.id FROM person o WHERE o.match_keys && x.keys LIMIT most) c
      UNION ALL SELECT x.n, c.person_id FROM probe x CROSS JOIN LATERAL (SELECT t.person_id FROM person_token t WHERE x.commune <> 0 AND t.token = x.whole AND t.province_id = x.province AND t.district_id = x.district AND t.commune_id = x.commune LIMIT most) c
      UNION ALL SELECT i.n, c.person_id FROM unnest($10, $11) i(n, index) CROSS JOIN LATERAL (SELECT d.person_id FROM person_document d WHERE d.number_index = i.index UNION ALL SELECT h.person_id FROM (SELECT h.person_id FROM person_phone h WHERE h.number_index = i.index LIMIT 20) h) c
    ) f JOIN person p ON p.id = f.id JOIN probe x ON x.n = f.n
    WHERE pt.sees_names() AND coalesce(p.same_as, p.id) IS DISTINCT FROM (SELECT coalesce(o.same_as, o.id) FROM person o WHERE o.id = x.own)
$$;
REVOKE ALL ON FUNCTION pt.match_candidates(int[], text[], text[], date[], smallint[], int[], int[], int[], uuid[], int[], bytea[], int) FROM public;
GRANT EXECUTE ON FUNCTION pt.match_candidates(int[], text[], text[], date[], smallint[], int[], int[], int[], uuid[], int[], bytea[], int) TO pt_app;

-- What is compared of them. Numbers as their indexes, with what kind of number each is.
CREATE FUNCTION pt.match_facts(persons uuid[]) RETURNS TABLE (id uuid, name text, code text, birth date, birth_precision smallint, sex smallint, kinds smallint[], numbers bytea[], phones bytea[], communes int[], hamlets int[], household_id uuid, visible boolean, card bytea, card_id uuid)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT p.id, p.name, p.code, p.birth, p.birth_precision, p.sex, coalesce(d.kinds, '{}'), coalesce(d.numbers, '{}'),
      ARRAY(SELECT h.number_index FROM person_phone h WHERE h.person_id = p.id), coalesce(a.communes, '{}'), coalesce(a.hamlets, '{}'), p.household_id,
      NOT pt.sealed_to_me(p.id) AND EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = p.id AND pt.in_scope(s.unit_id, s.province_id, s.district_id, s.commune_id)), d.card, d.card_id
    FROM person p
      LEFT JOIN LATERAL (SELECT array_agg(d.kind ORDER BY d.id) AS kinds, array_agg(d.number_index ORDER BY d.id) AS numbers,
        (array_agg(d.number ORDER BY d.id) FILTER (WHERE d.kind IN (1, 5)))[1] AS card, (array_agg(d.id ORDER BY d.id) FILTER (WHERE d.kind IN (1, 5)))[1] AS card_id FROM person_document d WHERE d.person_id = p.id) d ON true
      LEFT JOIN LATERAL (SELECT array_agg(a.commune_id) AS communes, array_agg(coalesce(a.hamlet_id, 0)) AS hamlets FROM person_address a WHERE a.person_id = p.id AND a.commune_id <> 0) a ON true
    WHERE pt.sees_names() AND p.id = ANY (persons)
$$;
REVOKE ALL ON FUNCTION pt.match_facts(uuid[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.match_facts(uuid[]) TO pt_app;

-- Where a person's ties lie: their areas, and those of their units.
CREATE FUNCTION pt.tie_areas(person uuid) RETURNS TABLE (province_id int, district_id int, commune_id int) STABLE LANGUAGE sql SET search_path = pt, pg_temp AS $$
  SELECT DISTINCT CASE WHEN s.province_id <> 0 THEN s.province_id ELSE u.province_id END, CASE WHEN s.province_id <> 0 THEN s.district_id ELSE u.district_id END, CASE WHEN s.province_id <> 0 THEN s.commune_id ELSE u.commune_id END
    FROM person_scope s LEFT JOIN unit u ON u.id = s.unit_id WHERE s.person_id = $1 AND s.because NOT IN (8, 9) AND coalesce(nullif(s.province_id, 0), u.province_id, 0) <> 0
$$;
-- Keeps pairs, each once, where those who see both will find them. A pair that was decided stays decided; an open one is scored anew.
CREATE FUNCTION pt.keep_matches(ids uuid[], persons uuid[], others uuid[], scores real[], reasons text[], rules text, now timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  INSERT INTO person_match (id, person_id, other_id, unit_id, province_id, district_id, commune_id, score, reasons, rules, found_at)
  SELECT x.id, x.person, x.other, coalesce(u.unit_id, 0), coalesce(a.province_id, 0), CASE WHEN a.depth > 1 THEN a.district_id ELSE 0 END, CASE WHEN a.depth > 2 THEN a.commune_id ELSE 0 END, x.score, string_to_array(x.reasons, ' '), $6, $7
    FROM (SELECT x.id, least(x.person, x.other) AS person, greatest(x.person, x.other) AS other, x.score, x.reasons FROM unnest($1, $2, $3, $4, $5) x(id, person, other, score, reasons)) x
    LEFT JOIN LATERAL (SELECT s.unit_id FROM person_scope s JOIN person_scope o ON o.person_id = x.other AND o.unit_id = s.unit_id WHERE s.person_id = x.person AND s.unit_id <> 0 AND s.because NOT IN (8, 9) AND o.because NOT IN (8, 9) ORDER BY s.since DESC LIMIT 1) u ON true
    LEFT JOIN LATERAL (
      SELECT s.province_id, s.district_id, s.commune_id, CASE WHEN s.commune_id <> 0 AND s.commune_id = o.commune_id THEN 3 WHEN s.district_id <> 0 AND s.district_id = o.district_id THEN 2 ELSE 1 END AS depth
        FROM tie_areas(x.person) s JOIN tie_areas(x.other) o ON o.province_id = s.province_id ORDER BY 4 DESC LIMIT 1) a ON true
    WHERE pt.sees_names() AND x.person <> x.other AND NOT EXISTS (SELECT 1 FROM person p JOIN person o ON o.id = x.other WHERE p.id = x.person AND coalesce(p.same_as, p.id) = coalesce(o.same_as, o.id))
  ON CONFLICT (person_id, other_id) DO UPDATE SET score = EXCLUDED.score, reasons = EXCLUDED.reasons, rules = EXCLUDED.rules, state = 0, unit_id = EXCLUDED.unit_id, province_id = EXCLUDED.province_id, district_id = EXCLUDED.district_id, commune_id = EXCLUDED.commune_id
    WHERE person_match.state IN (0, 3)
$$;
REVOKE ALL ON FUNCTION pt.keep_matches(uuid[], uuid[], uuid[], real[], text[], text, timestamptz) FROM public;
REVOKE ALL ON FUNCTION pt.tie_areas(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.keep_matches(uuid[], uuid[], uuid[], real[], text[], text, timestamptz) TO pt_app;

-- Open pairs of these records that are alike no longer, since something was corrected.
CREATE FUNCTION pt.drop_matches(records uuid[], still uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  UPDATE person_match m SET state = 3 WHERE m.state = 0 AND (m.person_id = ANY (records) OR m.other_id = ANY (records)) AND NOT (m.person_id = ANY (records) AND m.other_id = ANY (still)) AND NOT (m.other_id = ANY (records) AND m.person_id = ANY (still)) AND pt.sees_names()
$$;
REVOKE ALL ON FUNCTION pt.drop_matches(uuid[], uuid[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.drop_matches(uuid[], uuid[]) TO pt_app;

-- What else asks a person asks all records of the person.
CREATE OR REPLACE FUNCTION pt.stay_elsewhere(person uuid) RETURNS TABLE (unit_id int, facility text, telephone text, masked_name text) STABLE
  LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT u.id, u.name, u.telephone, CASE WHEN NOT pt.sealed_to_me(p.id) THEN (SELECT string_agg(left(w, 1) || '.', ' ' ORDER BY o) FROM regexp_split_to_table(p.name, ' ') WITH ORDINALITY x(w, o)) END
    FROM quarantine_stay s JOIN unit u ON u.id = s.unit_id JOIN person p ON p.id = s.person_id
   WHERE s.person_id = ANY (pt.records_of(person)) AND s.state IN (2, 3, 4) AND NOT s.disputed AND pt.sees_names() LIMIT 1
$$;
