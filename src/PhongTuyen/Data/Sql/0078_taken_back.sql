-- What would be lost, or hang in the air, if persons who were just made were taken away again: counted wherever it was written, so that an undo is refused also for what its visitor does not see.
CREATE FUNCTION pt.later_of_persons(persons uuid[]) RETURNS TABLE (person_id uuid, what text, many int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH made AS MATERIALIZED (SELECT p.id FROM person p WHERE p.id = ANY ($1) AND p.entered_unit = ANY (pt.ints('pt.units'))),
  later AS (
    SELECT s.person_id, 'stay' AS what FROM quarantine_stay s JOIN made m ON m.id = s.person_id
    UNION ALL SELECT c.person_id, 'case' FROM case_record c JOIN made m ON m.id = c.person_id
    UNION ALL SELECT l.person_id, 'result' FROM lab_result l JOIN made m ON m.id = l.person_id
    UNION ALL SELECT m.id, 'merge' FROM person_merge g JOIN made m ON m.id IN (g.kept_id, g.joined_id)
    UNION ALL SELECT m.id, 'match' FROM person_match p JOIN made m ON m.id IN (p.person_id, p.other_id) WHERE p.state = 2
    UNION ALL SELECT c.person_id, 'correction' FROM correction_request c JOIN made m ON m.id = c.person_id WHERE c.state IN (1, 2, 3)
    UNION ALL SELECT o.person_id, 'opening' FROM person_opening o JOIN made m ON m.id = o.person_id WHERE NOT o.ended OR o.reviewed_at IS NULL
    UNION ALL SELECT s.person_id, 'seal' FROM person_seal s JOIN made m ON m.id = s.person_id WHERE s.lifted_at IS NULL
    UNION ALL SELECT s.person_id, 'share' FROM person_share s JOIN made m ON m.id = s.person_id WHERE NOT s.ended)
  SELECT l.person_id, l.what, count(*)::int FROM later l GROUP BY 1, 2
$$;

-- The same of the persons of an import, for what goes away with a person without anybody being asked.
CREATE FUNCTION pt.later_of_import(import uuid) RETURNS TABLE (what text, many int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH later AS (
    SELECT c.person_id, 'correction' AS what FROM correction_request c WHERE c.state IN (1, 2, 3)
    UNION ALL SELECT o.person_id, 'opening' FROM person_opening o WHERE NOT o.ended OR o.reviewed_at IS NULL
    UNION ALL SELECT s.person_id, 'seal' FROM person_seal s WHERE s.lifted_at IS NULL
    UNION ALL SELECT s.person_id, 'share' FROM person_share s WHERE NOT s.ended)
  SELECT l.what, count(*)::int FROM later l JOIN person p ON p.id = l.person_id
  WHERE p.import_id = $1 AND EXISTS (SELECT 1 FROM import_run r WHERE r.id = $1 AND pt.in_scope(r.unit_id, r.province_id, r.district_id, r.commune_id)) GROUP BY 1
$$;
REVOKE ALL ON FUNCTION pt.later_of_persons(uuid[]), pt.later_of_import(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.later_of_persons(uuid[]), pt.later_of_import(uuid) TO pt_app;

-- Acts over many, by who did them: what they may still take back is offered to them. Few of all writes are such.
CREATE INDEX intent_own_lists ON pt.intent (account_id, kind, at DESC) WHERE right(kind, 5) = '-list';
