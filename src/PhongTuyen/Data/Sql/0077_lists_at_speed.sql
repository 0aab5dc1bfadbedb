-- What was measured while a list of a hundred thousand rows came to a million persons.

-- The keys of a name as before; its words were cut out of it anew for each use of them.
CREATE OR REPLACE FUNCTION pt.match_keys(tokens text[], code text, birth date, known smallint) RETURNS bigint[] IMMUTABLE PARALLEL SAFE LANGUAGE plpgsql AS $$
DECLARE words text[]; n int; sorted text; keys bigint[] := '{}';
BEGIN
  IF code IS NULL THEN words := string_to_array(ltrim(coalesce(tokens[array_upper(tokens, 1)], ''), ' '), ' '); ELSE words := pt.name_words(tokens, code); END IF;
  n := cardinality(words);
  IF birth IS NOT NULL AND n > 1 THEN
    SELECT string_agg(x, ' ' ORDER BY x COLLATE "C") INTO sorted FROM unnest(words) x;
    keys := keys || hashtextextended('year ' || sorted || ' ' || date_part('year', birth), 0);
    IF known = 1 THEN keys := keys || hashtextextended('day ' || sorted || ' ' || date_part('month', birth) || ' ' || date_part('day', birth), 0); END IF;
  END IF;
  IF known = 1 AND n > 0 THEN keys := keys || hashtextextended('given ' || words[n] || ' ' || (birth - date '1800-01-01'), 0); END IF;
  IF known = 1 AND n > 1 THEN keys := keys || hashtextextended('other ' || array_to_string(words[1:n - 1], ' ') || ' ' || (birth - date '1800-01-01'), 0); END IF;
  IF code IS NOT NULL THEN keys := keys || hashtextextended('code ' || lower(code), 0); END IF;
  RETURN keys;
END $$;

-- By which of them somebody is looked for: with the year alone only where the rules let that and the name suffice; of a birthday that may be written month first, the other reading too.
CREATE FUNCTION pt.probe_keys(whole text, code text, birth date, known smallint, years boolean) RETURNS bigint[] IMMUTABLE PARALLEL SAFE LANGUAGE plpgsql AS $$
DECLARE keys bigint[] := pt.match_keys(ARRAY[whole], code, birth, known); day int := date_part('day', birth); month int := date_part('month', birth);
BEGIN
  IF birth IS NULL OR cardinality(keys) < (CASE WHEN known = 1 THEN 4 ELSE 1 END) + (code IS NOT NULL)::int THEN RETURN keys; END IF;
  IF known = 1 AND day <= 12 AND day <> month THEN keys := keys || (pt.match_keys(ARRAY[whole], code, make_date(date_part('year', birth)::int, day, month), known))[2]; END IF;
  RETURN CASE WHEN years THEN keys ELSE keys[2:] END;
END $$;
REVOKE ALL ON FUNCTION pt.probe_keys(text, text, date, smallint, boolean) FROM public;

-- Who may be the same person, as before, and by what: of ten bearers of a name nine were born on another day, and need not be read whole. Numbers are asked of the papers alone, telephones of the telephones.
DROP FUNCTION pt.match_candidates(int[], text[], text[], date[], smallint[], int[], int[], int[], uuid[], int[], bytea[], int);
CREATE FUNCTION pt.match_candidates(n int[], tokens text[], codes text[], births date[], precisions smallint[], provinces int[], districts int[], communes int[], own uuid[], number_n int[], numbers bytea[], phone_n int[], phones bytea[], years boolean, most int)
  RETURNS TABLE (n int, person_id uuid, root uuid, birth date, birth_precision smallint, sex smallint, household boolean, ways int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH probe AS MATERIALIZED (
    SELECT x.n, x.whole, x.code, x.province, x.district, x.commune, coalesce(o.same_as, o.id) AS root, probe_keys(x.whole, x.code, x.birth, x.known, years) AS keys
      FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) x(n, whole, code, birth, known, province, district, commune, own) LEFT JOIN person o ON o.id = x.own),
  -- 1: the name, with something of the birth, or the code; 2: the name, in the same commune; 4: a number.
  found AS MATERIALIZED (
    SELECT f.n, f.id, bit_or(f.way) AS ways FROM (
      SELECT x.n, c.id, 1 AS way FROM probe x CROSS JOIN LATERAL (SELECT o.id FROM person o WHERE o.match_keys && x.keys LIMIT most) c
      UNION ALL SELECT x.n, c.person_id, 2 FROM probe x CROSS JOIN LATERAL (SELECT t.person_id FROM person_token t WHERE x.commune <> 0 AND t.token = x.whole AND t.province_id = x.province AND t.district_id = x.district AND t.commune_id = x.commune LIMIT most) c
      UNION ALL SELECT i.n, d.person_id, 4 FROM unnest($10, $11) i(n, index) JOIN person_document d ON d.number_index = i.index
      UNION ALL SELECT i.n, c.person_id, 4 FROM unnest($12, $13) i(n, index) CROSS JOIN LATERAL (SELECT h.person_id FROM person_phone h WHERE h.number_index = i.index LIMIT 20) c
    ) f GROUP BY f.n, f.id)
  SELECT f.n, p.id, coalesce(p.same_as, p.id), p.birth, p.birth_precision, p.sex, p.household_id IS NOT NULL, CASE WHEN lower(p.code) = lower(x.code) THEN f.ways | 4 ELSE f.ways END
    FROM found f JOIN person p ON p.id = f.id JOIN probe x ON x.n = f.n WHERE pt.sees_names() AND coalesce(p.same_as, p.id) IS DISTINCT FROM x.root
$$;
REVOKE ALL ON FUNCTION pt.match_candidates(int[], text[], text[], date[], smallint[], int[], int[], int[], uuid[], int[], bytea[], int[], bytea[], boolean, int) FROM public;
GRANT EXECUTE ON FUNCTION pt.match_candidates(int[], text[], text[], date[], smallint[], int[], int[], int[], uuid[], int[], bytea[], int[], bytea[], boolean, int) TO pt_app;

-- Words of names: of three indexes one served nothing but to take words away, and those are known by the name and the ties. They are written in the order of the key; and where nobody else can know of a
-- person yet, nor has the person had other ties, no word can stand there already.
CREATE OR REPLACE FUNCTION pt.person_scope_tied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM made n JOIN person p ON p.id = n.person_id WHERE p.xmin <> pg_current_xact_id()::xid)
    AND (SELECT count(*) FROM made) = (SELECT count(*) FROM (SELECT DISTINCT person_id FROM made) n JOIN person_scope s ON s.person_id = n.person_id) THEN
    INSERT INTO person_token (token, province_id, district_id, commune_id, unit_id, person_id, words)
    SELECT DISTINCT t.token, n.province_id, n.district_id, n.commune_id, n.unit_id, n.person_id, pt.words_of(p.name_tokens)
      FROM made n JOIN person p ON p.id = n.person_id CROSS JOIN LATERAL unnest(p.name_tokens) t(token) ORDER BY 1, 2, 3, 4, 5, 6;
  ELSE
    INSERT INTO person_token (token, province_id, district_id, commune_id, unit_id, person_id, words)
    SELECT DISTINCT t.token, n.province_id, n.district_id, n.commune_id, n.unit_id, n.person_id, pt.words_of(p.name_tokens)
      FROM made n JOIN person p ON p.id = n.person_id CROSS JOIN LATERAL unnest(p.name_tokens) t(token) ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION pt.person_scope_untied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  DELETE FROM person_token t USING gone g JOIN person p ON p.id = g.person_id CROSS JOIN LATERAL unnest(p.name_tokens) w(token)
   WHERE t.token = w.token AND t.person_id = g.person_id AND t.unit_id = g.unit_id AND t.province_id = g.province_id AND t.district_id = g.district_id AND t.commune_id = g.commune_id
     AND NOT EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = g.person_id AND s.unit_id = g.unit_id
                       AND s.province_id = g.province_id AND s.district_id = g.district_id AND s.commune_id = g.commune_id);
  RETURN NULL;
END $$;

-- The words of this name under all ties of the person.
CREATE FUNCTION pt.forget_words(person uuid, name_tokens text[]) RETURNS void LANGUAGE sql SET search_path = pt, pg_temp AS $$
  DELETE FROM person_token t USING person_scope s CROSS JOIN LATERAL unnest($2) w(token)
   WHERE s.person_id = $1 AND t.person_id = $1 AND t.token = w.token AND t.unit_id = s.unit_id AND t.province_id = s.province_id AND t.district_id = s.district_id AND t.commune_id = s.commune_id
$$;
REVOKE ALL ON FUNCTION pt.forget_words(uuid, text[]) FROM public;

CREATE OR REPLACE FUNCTION pt.person_renamed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE person_scope SET name_key = NEW.name_key WHERE person_id = NEW.id;
  PERFORM forget_words(NEW.id, OLD.name_tokens);
  INSERT INTO person_token (token, province_id, district_id, commune_id, unit_id, person_id, words)
  SELECT DISTINCT t.token, s.province_id, s.district_id, s.commune_id, s.unit_id, s.person_id, pt.words_of(NEW.name_tokens)
    FROM person_scope s CROSS JOIN LATERAL unnest(NEW.name_tokens) t(token) WHERE s.person_id = NEW.id;
  RETURN NULL;
END $$;

-- With the person the ties go, and when they have gone nobody knows the name any more.
CREATE FUNCTION pt.person_gone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  PERFORM forget_words(OLD.id, OLD.name_tokens);
  RETURN OLD;
END $$;
REVOKE ALL ON FUNCTION pt.person_gone() FROM public;
CREATE TRIGGER person_gone BEFORE DELETE ON pt.person FOR EACH ROW EXECUTE FUNCTION pt.person_gone();
DROP INDEX pt.person_token_person;

-- Who was taken in is compared with the others behind the writing, and on from here after an end in the middle.
ALTER TABLE pt.import_run ADD COLUMN followed int NOT NULL DEFAULT 0;

-- Facilities of a list are found by their names.
CREATE INDEX unit_name ON pt.unit (name);

-- Rows of a file are read in their order, batch by batch. Until it knows how many have just come, the server reads all that are left for each batch and sorts them.
CREATE FUNCTION pt.count_import_rows() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$ BEGIN ANALYZE import_row; END $$;
REVOKE ALL ON FUNCTION pt.count_import_rows() FROM public;
GRANT EXECUTE ON FUNCTION pt.count_import_rows() TO pt_app;
