-- A stay says of which disease it is, when somebody was away, why it ended, and what its end took away, so that taking the end back gives it again.

ALTER TABLE pt.quarantine_stay
  ADD COLUMN disease text NOT NULL DEFAULT 'covid-19',    -- until now no other was asked for
  ADD COLUMN absent_since timestamptz,                    -- the last time that somebody was away
  ADD COLUMN returned_at timestamptz,
  ADD COLUMN absence_note text,
  ADD COLUMN end_note text,                               -- why it ended, or why it was withdrawn
  ADD COLUMN ended_from smallint,                         -- the state that the end ended
  ADD COLUMN bed_before int REFERENCES pt.quarantine_bed; -- the bed that the end took away
ALTER TABLE pt.quarantine_stay ALTER COLUMN disease DROP DEFAULT;

-- The receiving end plans by the same disease, and nobody arrives there before having arrived here.
DROP FUNCTION pt.transfer_stay(uuid);
CREATE FUNCTION pt.transfer_stay(transfer uuid) RETURNS TABLE (reason smallint, protection smallint, origin_on date, class smallint, hand_end date, hand_reason text, disease text, arrived_at timestamptz) STABLE
  LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT s.reason, s.protection, s.origin_on, s.class, CASE WHEN s.planned_end IS DISTINCT FROM s.planned_by_rule THEN s.planned_end END,
    coalesce((SELECT p.reason FROM quarantine_stay_plan p WHERE p.person_id = s.person_id AND p.stay_id = s.id ORDER BY p.entered_at DESC, p.id DESC LIMIT 1), t.reason), s.disease, s.arrived_at
  FROM quarantine_transfer t JOIN quarantine_stay s ON s.person_id = t.person_id AND s.id = t.from_stay
   WHERE t.id = transfer AND pt.sees_names() AND pt.in_scope(t.to_unit_id, t.to_province_id, t.to_district_id, t.to_commune_id)
$$;
REVOKE ALL ON FUNCTION pt.transfer_stay(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.transfer_stay(uuid) TO pt_app;

-- What was corrected of a stay is told too, with the act that did it.
DROP FUNCTION pt.changes_of_person(uuid, text);
CREATE FUNCTION pt.changes_of_person(person uuid, of_entity text) RETURNS TABLE (
    audit_id uuid, at timestamptz, act text, by_name text, by_unit text, entity_id text, field text, before text, after text)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT e.id, e.at, e.act, coalesce(a.display_name, '?'), coalesce(u.name, ''), v.entity_id, v.field, v.before, v.after
    FROM audit_value v JOIN audit_event e ON e.id = v.audit_id LEFT JOIN account a ON a.id = e.account_id LEFT JOIN unit u ON u.id = e.unit_id
   WHERE v.person_id = person AND v.entity = of_entity AND v.field NOT IN ('name_key', 'name_tokens', 'version')
     AND CASE of_entity WHEN 'person' THEN pt.sees_person(person, false) WHEN 'case_record' THEN pt.sees_person(person, true)
       WHEN 'quarantine_stay' THEN e.act IN ('stay.corrected', 'stay.absence', 'stay.reopened') AND pt.sees_names() AND EXISTS (SELECT 1 FROM quarantine_stay s
         WHERE s.person_id = person AND v.entity_id = s.person_id || ',' || s.id AND pt.in_scope(s.unit_id, s.province_id, s.district_id, s.commune_id))
       ELSE false END
   ORDER BY e.at DESC, e.id, v.field LIMIT 500
$$;
REVOKE ALL ON FUNCTION pt.changes_of_person(uuid, text) FROM public;
GRANT EXECUTE ON FUNCTION pt.changes_of_person(uuid, text) TO pt_app;
