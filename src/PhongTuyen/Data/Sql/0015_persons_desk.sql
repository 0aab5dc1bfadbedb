-- The desk pages of persons, results and cases.

-- A list of cases is sorted by the day of report; a day that is not known sorts last. Never null, so that the pages go by key.
ALTER TABLE pt.case_record ADD COLUMN listed_on date GENERATED ALWAYS AS (coalesce(reported_on, '-infinity')) STORED;
DROP INDEX pt.case_record_unit, pt.case_record_province, pt.case_record_district, pt.case_record_commune;
CREATE INDEX case_record_unit ON pt.case_record (unit_id, classification, listed_on, id);
CREATE INDEX case_record_province ON pt.case_record (province_id, classification, listed_on, id);
CREATE INDEX case_record_district ON pt.case_record (district_id, classification, listed_on, id) WHERE district_id <> 0;
CREATE INDEX case_record_commune ON pt.case_record (commune_id, classification, listed_on, id) WHERE commune_id <> 0;

-- Open findings by each column of a scope, newest first.
DROP INDEX pt.person_finding_open;
CREATE INDEX person_finding_unit ON pt.person_finding (unit_id, found_at, id) WHERE state = 0;
CREATE INDEX person_finding_province ON pt.person_finding (province_id, found_at, id) WHERE state = 0 AND province_id <> 0;
CREATE INDEX person_finding_district ON pt.person_finding (district_id, found_at, id) WHERE state = 0 AND district_id <> 0;
CREATE INDEX person_finding_commune ON pt.person_finding (commune_id, found_at, id) WHERE state = 0 AND commune_id <> 0;

-- Whether the visitor sees this person; by a tie that has not ended, where the question is about cases and results.
CREATE FUNCTION pt.sees_person(person uuid, now_only boolean) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT pt.sees_names() AND EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = person AND (s.until IS NULL OR NOT now_only)
    AND pt.in_scope(s.unit_id, s.province_id, s.district_id, s.commune_id))
$$;
REVOKE ALL ON FUNCTION pt.sees_person(uuid, boolean) FROM public;
GRANT EXECUTE ON FUNCTION pt.sees_person(uuid, boolean) TO pt_app;

-- What was changed of a person's records, by whom and from what to what: for those who see the record, whichever unit changed it.
-- (The audit itself is read for one's own units only.)
CREATE FUNCTION pt.changes_of_person(person uuid, of_entity text) RETURNS TABLE (
    audit_id uuid, at timestamptz, by_name text, by_unit text, entity_id text, field text, before text, after text)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT e.id, e.at, coalesce(a.display_name, '?'), coalesce(u.name, ''), v.entity_id, v.field, v.before, v.after
    FROM audit_value v JOIN audit_event e ON e.id = v.audit_id LEFT JOIN account a ON a.id = e.account_id LEFT JOIN unit u ON u.id = e.unit_id
   WHERE v.person_id = person AND v.entity = of_entity AND v.field NOT IN ('name_key', 'name_tokens', 'version')
     AND CASE of_entity WHEN 'person' THEN pt.sees_person(person, false) WHEN 'case_record' THEN pt.sees_person(person, true) ELSE false END
   ORDER BY e.at DESC, e.id, v.field LIMIT 500
$$;
REVOKE ALL ON FUNCTION pt.changes_of_person(uuid, text) FROM public;
GRANT EXECUTE ON FUNCTION pt.changes_of_person(uuid, text) TO pt_app;

-- Who opened a person's pages, looked the person up or saw the sealed numbers. Lists in which the person stood are not among them.
CREATE FUNCTION pt.who_looked(person uuid, most int) RETURNS TABLE (at timestamptz, by_name text, by_unit text, act text, purpose text)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT e.at, coalesce(a.display_name, '?'), coalesce(u.name, ''), e.act, e.purpose
    FROM audit_event e LEFT JOIN account a ON a.id = e.account_id LEFT JOIN unit u ON u.id = e.unit_id
   WHERE e.subject_kind = 'person' AND e.subject_id = person::text AND e.act IN ('person.seen', 'person.unmasked', 'person.looked-up') AND pt.sees_person(person, false)
   ORDER BY e.at DESC LIMIT most
$$;
REVOKE ALL ON FUNCTION pt.who_looked(uuid, int) FROM public;
GRANT EXECUTE ON FUNCTION pt.who_looked(uuid, int) TO pt_app;
