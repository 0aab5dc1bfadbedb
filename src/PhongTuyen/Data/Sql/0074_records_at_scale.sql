-- What was measured at a million persons.

-- Every record of the person whose record this is; itself where there is no other. The root is asked for first: a comparison with what stands in another row (coalesce of its columns) is not let past
-- the row policies, and each call read all persons.
CREATE OR REPLACE FUNCTION pt.records_of(person uuid) RETURNS uuid[] STABLE LANGUAGE sql AS $$
  WITH root AS MATERIALIZED (SELECT coalesce(p.same_as, p.id) AS id FROM pt.person p WHERE p.id = $1)
  SELECT coalesce(array_agg(o.id), ARRAY[$1]) FROM (
    SELECT o.id FROM pt.person o WHERE o.id = (SELECT id FROM root) UNION ALL SELECT o.id FROM pt.person o WHERE o.same_as = (SELECT id FROM root)) o
$$;

-- Of many numbers, who is recorded with them; which of these the visitor sees is asked of the table itself, once for all.
CREATE FUNCTION pt.persons_of_numbers(indexes bytea[]) RETURNS TABLE (number_index bytea, person_id uuid) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT DISTINCT d.number_index, d.person_id FROM person_document d WHERE d.number_index = ANY (indexes) AND pt.sees_names()
$$;
REVOKE ALL ON FUNCTION pt.persons_of_numbers(bytea[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.persons_of_numbers(bytea[]) TO pt_app;

-- The same of what is compared: whether the visitor sees a record was a tenth of a millisecond for each, and is asked of the few that are alike.
DROP FUNCTION pt.match_facts(uuid[]);
CREATE FUNCTION pt.match_facts(persons uuid[]) RETURNS TABLE (id uuid, name text, code text, birth date, birth_precision smallint, sex smallint, kinds smallint[], numbers bytea[], phones bytea[], communes int[], hamlets int[], household_id uuid, card bytea, card_id uuid)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT p.id, p.name, p.code, p.birth, p.birth_precision, p.sex, coalesce(d.kinds, '{}'), coalesce(d.numbers, '{}'),
      ARRAY(SELECT h.number_index FROM person_phone h WHERE h.person_id = p.id), coalesce(a.communes, '{}'), coalesce(a.hamlets, '{}'), p.household_id, d.card, d.card_id
    FROM unnest(persons) x(id) JOIN person p ON p.id = x.id
      LEFT JOIN LATERAL (SELECT array_agg(d.kind ORDER BY d.id) AS kinds, array_agg(d.number_index ORDER BY d.id) AS numbers,
        (array_agg(d.number ORDER BY d.id) FILTER (WHERE d.kind IN (1, 5)))[1] AS card, (array_agg(d.id ORDER BY d.id) FILTER (WHERE d.kind IN (1, 5)))[1] AS card_id FROM person_document d WHERE d.person_id = p.id) d ON true
      LEFT JOIN LATERAL (SELECT array_agg(a.commune_id) AS communes, array_agg(coalesce(a.hamlet_id, 0)) AS hamlets FROM person_address a WHERE a.person_id = p.id AND a.commune_id <> 0) a ON true
    WHERE pt.sees_names()
$$;
REVOKE ALL ON FUNCTION pt.match_facts(uuid[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.match_facts(uuid[]) TO pt_app;

-- A list brings a thousand persons at once. Their first ties, to the unit that enters them and to where they live: for persons whom the visitor has just made and who have none yet, so that one question
-- for all of them stands for the policy of each.
DROP TRIGGER person_scope_key ON pt.person_scope;
CREATE TRIGGER person_scope_key BEFORE INSERT ON pt.person_scope FOR EACH ROW WHEN (NEW.name_key = '') EXECUTE FUNCTION pt.person_scope_key();
CREATE FUNCTION pt.tie_new(persons uuid[], unit int, living uuid[], addresses uuid[], provinces int[], districts int[], communes int[], now timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF NOT pt.sees_names() OR EXISTS (SELECT 1 FROM unnest(persons || living) x(id) LEFT JOIN person p ON p.id = x.id WHERE p.entered_by IS DISTINCT FROM pt.actor() OR EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = x.id)) THEN
    RAISE EXCEPTION 'not new' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO person_scope (person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since)
    SELECT p.id, 1, p.id, tie_new.unit, 0, 0, 0, p.name_key, now FROM person p WHERE p.id = ANY (persons)
    UNION ALL SELECT p.id, 2, x.address, 0, x.province, x.district, x.commune, p.name_key, now FROM unnest(living, addresses, provinces, districts, communes) x(id, address, province, district, commune) JOIN person p ON p.id = x.id;
END $$;
REVOKE ALL ON FUNCTION pt.tie_new(uuid[], int, uuid[], uuid[], int[], int[], int[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tie_new(uuid[], int, uuid[], uuid[], int[], int[], int[], timestamptz) TO pt_app;
