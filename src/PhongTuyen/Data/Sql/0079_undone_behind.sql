-- A long list is taken back behind the page: how far it is, and what was found in its way, for the page that is looked at then.
ALTER TABLE pt.import_run ADD COLUMN taken_back int NOT NULL DEFAULT 0, ADD COLUMN later text NOT NULL DEFAULT '[]';
GRANT UPDATE (taken_back, later) ON pt.import_run TO pt_jobs;

-- What the pages of an import say of all its rows is counted once, when they are judged or taken in, and not at each look.
ALTER TABLE pt.import_run ADD COLUMN faults text NOT NULL DEFAULT '[]', ADD COLUMN unknown_words text NOT NULL DEFAULT '[]', ADD COLUMN finding_rows int NOT NULL DEFAULT 0;
-- Of a long list few rows are not taken in, and those are looked for.
CREATE INDEX import_row_left ON pt.import_row (import_id, verdict, number) WHERE verdict IN (2, 3);

CREATE FUNCTION pt.import_faults(import uuid) RETURNS text STABLE LANGUAGE sql SET search_path = pt, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('Verdict', verdict, 'Sample', sample, 'Rows', n) ORDER BY verdict DESC, n DESC, sample::text), '[]')::text FROM (
    SELECT r.verdict, count(*)::int AS n, (array_agg(p.one ORDER BY r.number))[1] AS sample
    FROM import_row r CROSS JOIN LATERAL jsonb_array_elements(r.problems::jsonb) p(one) WHERE r.import_id = $1 AND r.problems <> '[]'
    GROUP BY r.verdict, p.one->>'Code', p.one->>'Field') f
$$;
CREATE FUNCTION pt.import_unknown_words(import uuid) RETURNS text STABLE LANGUAGE sql SET search_path = pt, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('Field', field, 'Word', word, 'Rows', n) ORDER BY n DESC, field, word), '[]')::text FROM (
    SELECT p.one->>'Field' AS field, p.one->'Details'->>'word' AS word, count(*)::int AS n
    FROM import_row r CROSS JOIN LATERAL jsonb_array_elements(r.problems::jsonb) p(one) WHERE r.import_id = $1 AND r.problems <> '[]' AND p.one->>'Code' = 'import.word-unknown'
    GROUP BY 1, 2 ORDER BY n DESC, 1, 2 LIMIT 40) w
$$;
CREATE FUNCTION pt.import_finding_rows(import uuid) RETURNS int STABLE LANGUAGE sql SET search_path = pt, pg_temp AS $$
  SELECT count(*)::int FROM import_row r WHERE r.import_id = $1 AND r.verdict = 1 AND r.person_id IN (SELECT f.person_id FROM person_finding f WHERE f.import_id = $1)
$$;
REVOKE ALL ON FUNCTION pt.import_faults(uuid), pt.import_unknown_words(uuid), pt.import_finding_rows(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.import_faults(uuid), pt.import_unknown_words(uuid), pt.import_finding_rows(uuid) TO pt_app;
UPDATE pt.import_run SET faults = pt.import_faults(id), unknown_words = pt.import_unknown_words(id), finding_rows = pt.import_finding_rows(id);

-- What goes away with a person without anybody being asked: how many, and about whom (the first of them).
DROP FUNCTION pt.later_of_import(uuid);
CREATE FUNCTION pt.later_of_import(import uuid) RETURNS TABLE (what text, many int, persons uuid[]) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH later AS (
    SELECT c.person_id, 'correction' AS what FROM correction_request c WHERE c.state IN (1, 2, 3)
    UNION ALL SELECT o.person_id, 'opening' FROM person_opening o WHERE NOT o.ended OR o.reviewed_at IS NULL
    UNION ALL SELECT s.person_id, 'seal' FROM person_seal s WHERE s.lifted_at IS NULL
    UNION ALL SELECT s.person_id, 'share' FROM person_share s WHERE NOT s.ended)
  SELECT l.what, count(*)::int, (array_agg(DISTINCT l.person_id))[1:20] FROM later l JOIN person p ON p.id = l.person_id
  WHERE p.import_id = $1 AND EXISTS (SELECT 1 FROM import_run r WHERE r.id = $1 AND pt.in_scope(r.unit_id, r.province_id, r.district_id, r.commune_id)) GROUP BY 1
$$;
REVOKE ALL ON FUNCTION pt.later_of_import(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.later_of_import(uuid) TO pt_app;

-- Rows of an import that were looked at, and papers that prove a correction are sights like others: who is asked who looked is told of them, and they count for who looks after operators.
CREATE OR REPLACE FUNCTION pt.who_looked(person uuid, kind int, since timestamptz, before timestamptz, before_id uuid, most int) RETURNS TABLE (
    id uuid, at timestamptz, by_name text, by_unit text, act text, subject text, detail text, purpose text)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH may AS MATERIALIZED (SELECT pt.sees_person($1, false) AS seen, pt.sees_person($1, true) AS whole, pt.ints('pt.units') AS units),
  looks AS (
    (SELECT e.* FROM audit_event e, may WHERE $2 <> 2 AND may.seen AND e.subject_kind = 'person' AND e.subject_id = $1::text
        AND e.act IN ('person.seen', 'person.unmasked', 'person.looked-up', 'person.opened', 'person.looks-seen', 'correction.evidence-seen')
        AND e.at >= $3 AND e.at <= $4 AND (e.at, e.id) < ($4, $5) AND (may.whole OR e.unit_id = ANY (may.units))
      ORDER BY e.at DESC, e.id DESC LIMIT $6)
    UNION ALL
    (SELECT e.* FROM audit_event e, may WHERE $2 <> 1 AND may.seen AND e.persons @> ARRAY[$1] AND e.act IN ('person.listed', 'person.searched', 'list.taken', 'import.rows-seen')
        AND e.at >= $3 AND e.at <= $4 AND (e.at, e.id) < ($4, $5) AND (may.whole OR e.unit_id = ANY (may.units))
      ORDER BY e.at DESC, e.id DESC LIMIT $6))
  SELECT e.id, e.at, coalesce(a.display_name, '?'), coalesce(u.name, ''), e.act, e.subject_id, e.detail, e.purpose
    FROM looks e LEFT JOIN account a ON a.id = e.account_id LEFT JOIN unit u ON u.id = e.unit_id
   ORDER BY e.at DESC, e.id DESC LIMIT $6
$$;
CREATE OR REPLACE FUNCTION pt.supervision_counts(from_xact xid8, to_xact xid8) RETURNS TABLE (
    unit_id int, account_id uuid, at timestamptz, day date, hour int, person uuid, searches int, numbers int, lists int, listed int, files int, file_rows int, stops int, emergencies int, not_shown int)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT e.unit_id, e.account_id, e.at, (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, extract(hour FROM e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int,
    CASE WHEN e.act IN ('person.seen', 'correction.evidence-seen') THEN e.subject_id::uuid END, CASE WHEN e.act = 'person.met-elsewhere' THEN (e.detail::jsonb ->> 'Rows')::int ELSE (e.act IN ('person.searched', 'person.looked-up'))::int END, (e.act = 'person.unmasked')::int,
    (e.act IN ('person.listed', 'import.rows-seen'))::int, CASE e.act WHEN 'person.listed' THEN cardinality(e.persons) WHEN 'import.rows-seen' THEN (e.detail::jsonb ->> 'Rows')::int ELSE 0 END,
    (e.act = 'list.taken')::int, CASE WHEN e.act = 'list.taken' THEN coalesce((e.detail::jsonb ->> 'Rows')::int, cardinality(e.persons)) ELSE 0 END,
    (e.act = 'account.looks-stopped')::int, (e.act IN ('person.opened', 'person.opening-asked'))::int, (e.act = 'asked.not-shown')::int
  FROM audit_event e WHERE e.xact >= $1 AND e.xact < $2 AND e.account_id IS NOT NULL AND e.unit_id <> 0
    AND e.act IN ('person.seen', 'person.searched', 'person.looked-up', 'person.unmasked', 'person.listed', 'list.taken', 'account.looks-stopped', 'person.opened', 'person.opening-asked', 'asked.not-shown', 'import.rows-seen', 'correction.evidence-seen', 'person.met-elsewhere')
$$;
