-- Who has room: told to everybody who sends somebody on, counted only where somebody may still come.

-- Houses in which nobody is taken in any more on a day: closed by their own day, or with their unit. Their beds stay as they are, so that
-- a house that opens again has them; whoever sums free places leaves these out.
CREATE INDEX quarantine_facility_closed ON pt.quarantine_facility (closed_on, unit_id) WHERE closed_on IS NOT NULL;
CREATE INDEX unit_closed ON pt.unit (id) WHERE valid_to IS NOT NULL;
CREATE FUNCTION pt.closed_houses(day date) RETURNS int[] STABLE LANGUAGE sql AS $$
  SELECT ARRAY(SELECT f.unit_id FROM pt.quarantine_facility f WHERE f.closed_on <= day
    UNION ALL SELECT u.id FROM pt.unit u JOIN pt.quarantine_facility f ON f.unit_id = u.id WHERE u.valid_to IS NOT NULL)
$$;

-- No counter moves when a house closes or opens again, and yet figures that were kept or sent are others now: a difference of nothing says so.
CREATE FUNCTION pt.report_closing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  INSERT INTO report_delta (unit_id, province_id, district_id, commune_id, metric, detail, day, n)
    VALUES (CASE TG_TABLE_NAME WHEN 'unit' THEN (to_jsonb(NEW) ->> 'id')::int ELSE (to_jsonb(NEW) ->> 'unit_id')::int END, NEW.province_id, NEW.district_id, NEW.commune_id, 20, 0, '-infinity', 0);
  RETURN NULL;
END $$;
CREATE TRIGGER report_closing AFTER UPDATE OF closed_on ON pt.quarantine_facility FOR EACH ROW WHEN (OLD.closed_on IS DISTINCT FROM NEW.closed_on) EXECUTE FUNCTION pt.report_closing();
CREATE TRIGGER report_closing AFTER UPDATE OF valid_to ON pt.unit FOR EACH ROW WHEN (OLD.valid_to IS DISTINCT FROM NEW.valid_to) EXECUTE FUNCTION pt.report_closing();

-- The places of any house, for all staff, and no other figure of it: persons without a bed (8), beds (20 to 28), places by decision (29);
-- those of closed houses once more as 40 to 48, as FigureReader reads them.
CREATE FUNCTION pt.places_of(units int[], today date) RETURNS TABLE (unit_id int, metric smallint, detail smallint, n bigint) STABLE
  LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT f.unit_id, (f.metric + x.plus)::smallint, f.detail, sum(f.n)::bigint FROM (
    SELECT c.unit_id, c.metric, c.detail, c.n FROM report_counter c
     WHERE c.level = 5 AND c.province_id = 0 AND c.district_id = 0 AND c.commune_id = 0 AND c.unit_id = ANY (units) AND c.day = '-infinity' AND c.metric IN (8, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29)
    UNION ALL SELECT d.unit_id, d.metric, d.detail, d.n FROM report_delta d
     WHERE d.unit_id = ANY (units) AND d.day = '-infinity' AND d.metric IN (8, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29)) f
  CROSS JOIN (VALUES (0), (20)) x(plus)
  WHERE pt.actor() IS NOT NULL AND (x.plus = 0 OR (f.metric BETWEEN 20 AND 28 AND f.unit_id = ANY ((SELECT pt.closed_houses(today))::int[])))
  GROUP BY 1, 2, 3 HAVING sum(f.n) <> 0
$$;
REVOKE ALL ON FUNCTION pt.places_of(int[], date) FROM public;
GRANT EXECUTE ON FUNCTION pt.places_of(int[], date) TO pt_app;

-- Transfers of an area: each end and each level of the scope is a range of an index of its own. What was there before was in the order of the
-- whole installation, and grew with it.
DO $$
DECLARE place text;
BEGIN
  FOREACH place IN ARRAY ARRAY['province', 'district', 'commune', 'to_province', 'to_district', 'to_commune'] LOOP
    EXECUTE format('CREATE INDEX quarantine_transfer_%1$s_open ON pt.quarantine_transfer (%1$s_id, sent_at, id) WHERE state IN (1, 2)', place);
    EXECUTE format('CREATE INDEX quarantine_transfer_%1$s_closed ON pt.quarantine_transfer (%1$s_id, sent_at, id) WHERE state IN (3, 4, 5)', place);
  END LOOP;
END $$;
DROP INDEX pt.quarantine_transfer_open, pt.quarantine_transfer_closed;

-- A bed is open or not; nothing ever closed a room.
ALTER TABLE pt.quarantine_room DROP COLUMN open;
