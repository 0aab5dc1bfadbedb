-- The tie and the open findings of a case follow it wherever it goes; a hand-over compares what its form showed, and taking one back knows units
-- that were merged or closed since.

-- Open findings of a case are with the unit responsible for it and where it is counted.
CREATE FUNCTION pt.case_findings(of_person uuid, of_case uuid) RETURNS void LANGUAGE sql SET search_path = pt, pg_temp AS $$
  UPDATE person_finding f SET unit_id = c.unit_id, province_id = c.province_id, district_id = c.district_id, commune_id = c.commune_id
    FROM case_record c WHERE c.person_id = of_person AND c.id = of_case AND f.person_id = c.person_id AND f.subject_kind = 'case' AND f.subject_id = c.id AND f.state = 0
$$;
REVOKE ALL ON FUNCTION pt.case_findings(uuid, uuid) FROM public;

-- The unit that does today what this one did.
CREATE FUNCTION pt.unit_now(of_unit int) RETURNS int STABLE LANGUAGE sql SET search_path = pt, pg_temp AS $$
  SELECT coalesce(merged_into, id) FROM unit WHERE id = of_unit
$$;
REVOKE ALL ON FUNCTION pt.unit_now(int) FROM public;

-- A case is counted elsewhere from now on: its tie names the new place, and the place before keeps one that ended. By whoever may change the case;
-- false: not there for them.
CREATE FUNCTION pt.case_tied_again(of_case uuid, change uuid, now timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE c case_record; was person_scope;
BEGIN
  SELECT * INTO c FROM case_record WHERE id = of_case FOR UPDATE;
  IF c.id IS NULL OR NOT pt.sees_names() OR NOT pt.in_scope(c.unit_id, c.province_id, c.district_id, c.commune_id) THEN RETURN false; END IF;
  DELETE FROM person_scope WHERE person_id = c.person_id AND because = 5 AND source_id = c.id RETURNING * INTO was;
  INSERT INTO person_scope (person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since)
    VALUES (c.person_id, 5, c.id, c.unit_id, c.province_id, c.district_id, c.commune_id, '', now);
  IF was.province_id <> 0 THEN
    INSERT INTO person_scope (person_id, because, source_id, province_id, district_id, commune_id, name_key, since, until)
      VALUES (c.person_id, 5, change, was.province_id, was.district_id, was.commune_id, '', was.since, now);
  END IF;
  PERFORM pt.case_findings(c.person_id, c.id);
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION pt.case_tied_again(uuid, uuid, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.case_tied_again(uuid, uuid, timestamptz) TO pt_app;

-- By whoever may change the case. No row: not there for them; changed: it is not (any more) with the unit that the form showed, which is
-- told also to those who gave it away.
DROP FUNCTION pt.hand_over_case(uuid, uuid, int, text, timestamptz);
CREATE FUNCTION pt.hand_over_case(handover uuid, of_case uuid, from_unit int, to_unit int, why text, now timestamptz) RETURNS TABLE (person uuid, changed boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE c case_record; mine boolean;
BEGIN
  SELECT * INTO c FROM case_record WHERE id = of_case FOR UPDATE;
  IF c.id IS NULL OR NOT pt.sees_names() THEN RETURN; END IF;
  mine := pt.in_scope(c.unit_id, c.province_id, c.district_id, c.commune_id);
  IF NOT mine AND NOT EXISTS (SELECT 1 FROM case_handover h WHERE h.person_id = c.person_id AND h.case_id = c.id AND pt.unit_now(h.unit_id) = ANY (pt.ints('pt.units'))) THEN RETURN; END IF;
  person := c.person_id; changed := NOT mine OR c.unit_id <> from_unit;
  IF NOT changed THEN
    INSERT INTO case_handover (person_id, id, case_id, unit_id, to_unit_id, province_id, district_id, commune_id, reason, case_version, entered_at, entered_by)
      VALUES (c.person_id, handover, c.id, c.unit_id, to_unit, c.province_id, c.district_id, c.commune_id, why, c.version + 1, now, pt.actor());
    UPDATE case_record SET unit_id = to_unit, version = version + 1 WHERE person_id = c.person_id AND id = c.id;
    PERFORM pt.case_tied(c, handover, to_unit, c.unit_id, c.entered_at, now);
    PERFORM pt.case_findings(c.person_id, c.id);
  END IF;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.hand_over_case(uuid, uuid, int, int, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.hand_over_case(uuid, uuid, int, int, text, timestamptz) TO pt_app;

-- By the side that gave it, as long as it stands and nobody has worked on the case since. No row: not there for them; changed: somebody has;
-- closed: the unit that gave it does not stand any more. A unit that was merged is the one that it was merged into.
DROP FUNCTION pt.take_back_case(uuid, timestamptz);
CREATE FUNCTION pt.take_back_case(handover uuid, now timestamptz) RETURNS TABLE (person uuid, of_case uuid, from_unit int, to_unit int, changed boolean, closed boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE h case_handover; c case_record;
BEGIN
  SELECT * INTO h FROM case_handover WHERE id = handover AND undone_at IS NULL FOR UPDATE;
  IF h.id IS NULL OR NOT pt.sees_names() THEN RETURN; END IF;
  from_unit := pt.unit_now(h.unit_id); to_unit := pt.unit_now(h.to_unit_id);
  IF NOT pt.in_scope(from_unit, h.province_id, h.district_id, h.commune_id) THEN RETURN; END IF;
  SELECT * INTO c FROM case_record WHERE person_id = h.person_id AND id = h.case_id FOR UPDATE;
  person := h.person_id; of_case := h.case_id;
  changed := c.unit_id <> to_unit OR c.version <> h.case_version;
  closed := EXISTS (SELECT 1 FROM unit u WHERE u.id = from_unit AND u.valid_to IS NOT NULL);
  IF NOT changed AND NOT closed THEN
    UPDATE case_handover SET undone_at = now, undone_by = pt.actor() WHERE person_id = h.person_id AND id = h.id;
    UPDATE case_record SET unit_id = from_unit, version = version + 1 WHERE person_id = h.person_id AND id = h.case_id;
    PERFORM pt.case_tied(c, handover, from_unit, to_unit, h.entered_at, now);
    PERFORM pt.case_findings(c.person_id, c.id);
  END IF;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.take_back_case(uuid, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.take_back_case(uuid, timestamptz) TO pt_app;
