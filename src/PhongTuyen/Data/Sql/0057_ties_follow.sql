-- Who entered a person or recorded a result kept the right to change the record for good, also when another unit had taken the person over. These ties end now when somebody else has the
-- person in the house and the unit itself has neither stay nor transfer nor case of them: it keeps what it knew, as a unit does whose stay is over.
CREATE FUNCTION pt.ties_follow(person uuid, moment timestamptz) RETURNS void LANGUAGE sql SET search_path = pt, pg_temp AS $$
  UPDATE person_scope t SET until = greatest(t.since, coalesce($2, t.since))
   WHERE t.person_id = $1 AND t.because IN (1, 6) AND t.until IS NULL
     AND EXISTS (SELECT 1 FROM quarantine_stay s WHERE s.person_id = $1 AND s.state IN (2, 3, 4) AND NOT s.disputed AND s.unit_id <> t.unit_id)
     AND NOT EXISTS (SELECT 1 FROM quarantine_stay s WHERE s.person_id = $1 AND s.state IN (1, 2, 3, 4) AND s.unit_id = t.unit_id)
     AND NOT EXISTS (SELECT 1 FROM person_scope o WHERE o.person_id = $1 AND o.unit_id = t.unit_id AND o.because IN (4, 5) AND o.until IS NULL)
$$;
REVOKE ALL ON FUNCTION pt.ties_follow(uuid, timestamptz) FROM public;

CREATE OR REPLACE FUNCTION pt.stay_tie() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE person_scope SET until = CASE WHEN NEW.state IN (5, 6) THEN coalesce(NEW.ended_at, clock_timestamp()) END
   WHERE person_id = NEW.person_id AND because = 3 AND source_id = NEW.id;
  PERFORM pt.ties_follow(NEW.person_id, NEW.ended_at);
  RETURN NULL;
END $$;
CREATE FUNCTION pt.stay_begun() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  PERFORM pt.ties_follow(NEW.person_id, NEW.arrived_at);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.stay_begun() FROM public;
CREATE TRIGGER stay_begun AFTER INSERT ON pt.quarantine_stay FOR EACH ROW WHEN (NEW.state IN (2, 3, 4)) EXECUTE FUNCTION pt.stay_begun();
CREATE TRIGGER stay_come AFTER UPDATE OF state ON pt.quarantine_stay FOR EACH ROW WHEN (OLD.state = 1 AND NEW.state IN (2, 3, 4)) EXECUTE FUNCTION pt.stay_begun();
-- A transfer that is closed or a case that is handed over (which leaves an ended tie behind) no longer holds what hung on it.
CREATE FUNCTION pt.tie_ended() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  PERFORM pt.ties_follow(NEW.person_id, NEW.until);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.tie_ended() FROM public;
CREATE TRIGGER tie_ended AFTER UPDATE OF until ON pt.person_scope FOR EACH ROW WHEN (NEW.because IN (4, 5) AND OLD.until IS NULL AND NEW.until IS NOT NULL) EXECUTE FUNCTION pt.tie_ended();
CREATE TRIGGER tie_left AFTER INSERT ON pt.person_scope FOR EACH ROW WHEN (NEW.because = 5 AND NEW.until IS NOT NULL) EXECUTE FUNCTION pt.tie_ended();

-- Those that there are.
UPDATE pt.person_scope t SET until = t.since
 WHERE t.because IN (1, 6) AND t.until IS NULL
   AND EXISTS (SELECT 1 FROM pt.quarantine_stay s WHERE s.person_id = t.person_id AND s.state IN (2, 3, 4) AND NOT s.disputed AND s.unit_id <> t.unit_id)
   AND NOT EXISTS (SELECT 1 FROM pt.quarantine_stay s WHERE s.person_id = t.person_id AND s.state IN (1, 2, 3, 4) AND s.unit_id = t.unit_id)
   AND NOT EXISTS (SELECT 1 FROM pt.person_scope o WHERE o.person_id = t.person_id AND o.unit_id = t.unit_id AND o.because IN (4, 5) AND o.until IS NULL);
