-- What the tests of the register and of the audit found wrong in earlier steps.

-- The end of the sender's stay is never after the receipt (a departure may be entered late), its bed is never free before it was taken,
-- and a stay that has ended otherwise is not taken over.
CREATE OR REPLACE FUNCTION pt.close_sent_stay(transfer uuid, as_received boolean, moment timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE
  t quarantine_transfer;
  over timestamptz;
BEGIN
  SELECT * INTO t FROM quarantine_transfer WHERE id = transfer AND state IN (1, 2) FOR UPDATE;
  IF t.id IS NULL OR NOT pt.in_scope(t.to_unit_id, t.to_province_id, t.to_district_id, t.to_commune_id) THEN RETURN false; END IF;
  IF as_received THEN
    over := least(coalesce(t.left_at, moment), moment);
    UPDATE quarantine_stay SET state = 5, ended_as = 3, bed_id = NULL, ended_at = greatest(over, arrived_at),
        ended_on = (greatest(over, arrived_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, version = version + 1
      WHERE person_id = t.person_id AND id = t.from_stay AND state IN (2, 3, 4);
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE quarantine_bed_use SET until = greatest(moment, since) WHERE stay_id = t.from_stay AND until IS NULL;
  ELSE
    UPDATE quarantine_stay SET state = 2, version = version + 1 WHERE person_id = t.person_id AND id = t.from_stay AND state = 4;
  END IF;
  RETURN true;
END $$;

-- The receiving end keeps a term that was set by hand, with its reason: an extension is not lost on the way.
DROP FUNCTION pt.transfer_stay(uuid);
CREATE FUNCTION pt.transfer_stay(transfer uuid) RETURNS TABLE (reason smallint, protection smallint, origin_on date, class smallint, hand_end date, hand_reason text) STABLE
  LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT s.reason, s.protection, s.origin_on, s.class, CASE WHEN s.planned_end IS DISTINCT FROM s.planned_by_rule THEN s.planned_end END,
    coalesce((SELECT p.reason FROM quarantine_stay_plan p WHERE p.person_id = s.person_id AND p.stay_id = s.id ORDER BY p.entered_at DESC, p.id DESC LIMIT 1), t.reason)
  FROM quarantine_transfer t JOIN quarantine_stay s ON s.person_id = t.person_id AND s.id = t.from_stay
   WHERE t.id = transfer AND pt.sees_names() AND pt.in_scope(t.to_unit_id, t.to_province_id, t.to_district_id, t.to_commune_id)
$$;
REVOKE ALL ON FUNCTION pt.transfer_stay(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.transfer_stay(uuid) TO pt_app;
