-- Who looked at a person is answered with the lists in which the person stood, too. Only sights of lists stand in this index: an import of a thousand persons
-- is told in their course. Each page of a list writes some thirty entries at once; nothing is put off for somebody else's request to do.
CREATE INDEX audit_event_listed ON pt.audit_event USING gin (persons) WITH (fastupdate = off) WHERE act IN ('person.listed', 'person.searched', 'list.taken');

-- Who saw a person, newest first, for those who see the person. Whose ties have all ended reads of their own units only: what others did since is not theirs to know.
-- kind: 0 all, 1 the record opened or numbers seen, 2 lists and files.
DROP FUNCTION pt.who_looked(uuid, int);
CREATE FUNCTION pt.who_looked(person uuid, kind int, since timestamptz, before timestamptz, before_id uuid, most int) RETURNS TABLE (
    id uuid, at timestamptz, by_name text, by_unit text, act text, subject text, detail text, purpose text)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH may AS MATERIALIZED (SELECT pt.sees_person($1, false) AS seen, pt.sees_person($1, true) AS whole, pt.ints('pt.units') AS units),
  looks AS (
    (SELECT e.* FROM audit_event e, may WHERE $2 <> 2 AND may.seen AND e.subject_kind = 'person' AND e.subject_id = $1::text
        AND e.act IN ('person.seen', 'person.unmasked', 'person.looked-up', 'person.looks-seen')
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
REVOKE ALL ON FUNCTION pt.who_looked(uuid, int, timestamptz, timestamptz, uuid, int) FROM public;
GRANT EXECUTE ON FUNCTION pt.who_looked(uuid, int, timestamptz, timestamptz, uuid, int) TO pt_app;
