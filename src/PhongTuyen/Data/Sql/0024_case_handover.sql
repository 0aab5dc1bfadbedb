-- A case passes from one responsible unit to another: the tie of the case moves with it, and the unit that gave it keeps an ended one.

CREATE TABLE pt.case_handover (
  person_id uuid NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  unit_id int NOT NULL,                        -- gave it
  to_unit_id int NOT NULL,
  province_id int NOT NULL DEFAULT 0,          -- where the case is counted
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  reason text NOT NULL,
  case_version int NOT NULL,                   -- of the case right after it
  entered_at timestamptz NOT NULL,
  entered_by uuid NOT NULL,
  undone_at timestamptz,
  undone_by uuid,
  PRIMARY KEY (person_id, id),
  FOREIGN KEY (person_id, case_id) REFERENCES pt.case_record
);
CREATE INDEX case_handover_case ON pt.case_handover (person_id, case_id, entered_at DESC);
CREATE INDEX case_handover_id ON pt.case_handover (id);

ALTER TABLE pt.case_handover ENABLE ROW LEVEL SECURITY;
DO $$ BEGIN
  EXECUTE format('CREATE POLICY ends ON pt.case_handover FOR SELECT TO pt_app USING ((SELECT pt.sees_names()) AND (%s OR to_unit_id = ANY ((SELECT pt.ints(''pt.units''))::int[])))', pt.scope_test(''));
END $$;
GRANT SELECT ON pt.case_handover TO pt_app;

-- The tie of a case is with one unit; a unit before it has a tie that ended. Made anew, so that the words of names follow.
CREATE FUNCTION pt.case_tied(c pt.case_record, handover uuid, now_with int, before_with int, since timestamptz, now timestamptz) RETURNS void
  LANGUAGE plpgsql SET search_path = pt, pg_temp AS $$
BEGIN
  DELETE FROM person_scope WHERE person_id = c.person_id AND because = 5 AND source_id IN (c.id, handover);
  INSERT INTO person_scope (person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since)
    VALUES (c.person_id, 5, c.id, now_with, c.province_id, c.district_id, c.commune_id, '', now);
  INSERT INTO person_scope (person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since, until)
    VALUES (c.person_id, 5, handover, before_with, 0, 0, 0, '', since, now);
END $$;
REVOKE ALL ON FUNCTION pt.case_tied(pt.case_record, uuid, int, int, timestamptz, timestamptz) FROM public;

-- By whoever may change the case. Null: not there for them.
CREATE FUNCTION pt.hand_over_case(handover uuid, of_case uuid, to_unit int, why text, now timestamptz) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE c case_record;
BEGIN
  SELECT * INTO c FROM case_record WHERE id = of_case FOR UPDATE;
  IF c.id IS NULL OR NOT pt.sees_names() OR NOT pt.in_scope(c.unit_id, c.province_id, c.district_id, c.commune_id) THEN RETURN NULL; END IF;
  INSERT INTO case_handover (person_id, id, case_id, unit_id, to_unit_id, province_id, district_id, commune_id, reason, case_version, entered_at, entered_by)
    VALUES (c.person_id, handover, c.id, c.unit_id, to_unit, c.province_id, c.district_id, c.commune_id, why, c.version + 1, now, pt.actor());
  UPDATE case_record SET unit_id = to_unit, version = version + 1 WHERE person_id = c.person_id AND id = c.id;
  PERFORM pt.case_tied(c, handover, to_unit, c.unit_id, c.entered_at, now);
  RETURN c.person_id;
END $$;
REVOKE ALL ON FUNCTION pt.hand_over_case(uuid, uuid, int, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.hand_over_case(uuid, uuid, int, text, timestamptz) TO pt_app;

-- By the side that gave it, as long as nobody has worked on the case since. No row: not there for them; changed: somebody has.
CREATE FUNCTION pt.take_back_case(handover uuid, now timestamptz) RETURNS TABLE (person uuid, of_case uuid, from_unit int, to_unit int, changed boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE h case_handover; c case_record;
BEGIN
  SELECT * INTO h FROM case_handover WHERE id = handover AND undone_at IS NULL FOR UPDATE;
  IF h.id IS NULL OR NOT pt.sees_names() OR NOT pt.in_scope(h.unit_id, h.province_id, h.district_id, h.commune_id) THEN RETURN; END IF;
  SELECT * INTO c FROM case_record WHERE person_id = h.person_id AND id = h.case_id FOR UPDATE;
  person := h.person_id; of_case := h.case_id; from_unit := h.unit_id; to_unit := h.to_unit_id;
  changed := c.unit_id <> h.to_unit_id OR c.version <> h.case_version;
  IF NOT changed THEN
    UPDATE case_handover SET undone_at = now, undone_by = pt.actor() WHERE person_id = h.person_id AND id = h.id;
    UPDATE case_record SET unit_id = h.unit_id, version = version + 1 WHERE person_id = h.person_id AND id = h.case_id;
    PERFORM pt.case_tied(c, handover, h.unit_id, h.to_unit_id, h.entered_at, now);
  END IF;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.take_back_case(uuid, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.take_back_case(uuid, timestamptz) TO pt_app;
