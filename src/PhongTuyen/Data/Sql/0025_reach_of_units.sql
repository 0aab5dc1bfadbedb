-- In which provinces (level 1) and districts (level 2) a unit has ever had a stay. An officer sees the stays of an area and, besides, those of
-- the own units wherever they are: almost always there are none elsewhere, and this says so without asking each of hundreds of units.
CREATE TABLE pt.quarantine_reach (
  level smallint NOT NULL,
  unit_id int NOT NULL,
  area_id int NOT NULL,
  PRIMARY KEY (level, unit_id, area_id)
);
ALTER TABLE pt.quarantine_reach ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_units ON pt.quarantine_reach FOR SELECT TO pt_app USING (unit_id IN (SELECT unnest(pt.ints('pt.units'))));
GRANT SELECT ON pt.quarantine_reach TO pt_app;

CREATE FUNCTION pt.quarantine_reached() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  INSERT INTO quarantine_reach SELECT DISTINCT l.level, m.unit_id, CASE l.level WHEN 1 THEN m.province_id ELSE m.district_id END
    FROM made m CROSS JOIN (VALUES (1::smallint), (2::smallint)) l(level) ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER reach_in AFTER INSERT ON pt.quarantine_stay REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION pt.quarantine_reached();
CREATE TRIGGER reach_change AFTER UPDATE ON pt.quarantine_stay REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION pt.quarantine_reached();
-- A facility's own place is there before its first person, so that two who admit at once never wait for each other here.
CREATE TRIGGER reach_in AFTER INSERT ON pt.quarantine_facility REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION pt.quarantine_reached();

-- For what is there already, and for whoever fills the table of stays past its triggers.
CREATE FUNCTION pt.quarantine_reach_anew() RETURNS void LANGUAGE sql SET search_path = pt, pg_temp AS $$
  INSERT INTO quarantine_reach SELECT DISTINCT l.level, s.unit_id, CASE l.level WHEN 1 THEN s.province_id ELSE s.district_id END
    FROM (SELECT unit_id, province_id, district_id FROM quarantine_stay UNION SELECT unit_id, province_id, district_id FROM quarantine_facility) s CROSS JOIN (VALUES (1::smallint), (2::smallint)) l(level) ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION pt.quarantine_reach_anew() FROM public;
SELECT pt.quarantine_reach_anew();

-- Sums of who did what: looking is not among them, so that the index holds what was done alone.
DROP INDEX pt.audit_event_unit_sums, pt.audit_event_done_unit;
CREATE INDEX audit_event_done_unit ON pt.audit_event (unit_id, at, id) INCLUDE (account_id, act) WHERE act NOT IN ('person.seen', 'person.listed', 'person.searched', 'asked.not-shown', 'account.signed-in');

-- An administrator holds hundreds of units: looked up by hash, not one after the other.
ALTER POLICY own_units ON pt.account USING (id = (SELECT pt.actor()) OR unit_id IN (SELECT unnest(pt.ints('pt.units'))));
