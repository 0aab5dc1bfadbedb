-- What measuring at a million persons asked for (bench/RESULTS.md): ranges for the filters of the lists, so that a page reads what it shows.

-- The end and the gaps of a stay are rare among many: without these a list of them walks through everybody who has ever stayed.
CREATE INDEX quarantine_stay_province_ended ON pt.quarantine_stay (province_id, ended_as, listed_at, id) WHERE state = 5;
CREATE INDEX quarantine_stay_district_ended ON pt.quarantine_stay (district_id, ended_as, listed_at, id) WHERE state = 5 AND district_id <> 0;
CREATE INDEX quarantine_stay_bedless ON pt.quarantine_stay (province_id, listed_at, id) WHERE state = 2 AND bed_id IS NULL;
CREATE INDEX quarantine_stay_disputed ON pt.quarantine_stay (province_id, state, listed_at, id) WHERE disputed;
CREATE INDEX quarantine_stay_start_unknown ON pt.quarantine_stay (province_id, state, listed_at, id) WHERE arrived_on IS NULL;

-- Open transfers are few, whatever the years; closed ones are read from the newest.
CREATE INDEX quarantine_transfer_open ON pt.quarantine_transfer (sent_at, id) WHERE state IN (1, 2);
CREATE INDEX quarantine_transfer_closed ON pt.quarantine_transfer (sent_at, id) WHERE state IN (3, 4, 5);

-- Who entered what: the newest acts of many units, and the sums of many days out of the index alone.
CREATE INDEX audit_event_at ON pt.audit_event (at, id);
CREATE INDEX audit_event_unit_sums ON pt.audit_event (unit_id, at) INCLUDE (account_id, act);

-- Which units have beds or people now.
CREATE INDEX report_counter_present ON pt.report_counter (province_id, district_id, unit_id) WHERE level = 0 AND metric IN (2, 4, 20) AND day = '-infinity';

-- An officer of a province holds hundreds of units: a policy that looks through them first costs more than all the rest of a query. So the
-- areas are asked first, and the units only where no area fits. What is seen stays the same.
CREATE FUNCTION pt.scope_test(prefix text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT format('(%1$sprovince_id = ANY ((SELECT pt.ints(''pt.provinces''))::int[]) OR %1$sdistrict_id = ANY ((SELECT pt.ints(''pt.districts''))::int[])
    OR %1$scommune_id = ANY ((SELECT pt.ints(''pt.communes''))::int[]) OR %1$sunit_id = ANY ((SELECT pt.ints(''pt.units''))::int[]))', prefix) $$;

CREATE OR REPLACE PROCEDURE pt.guard(guarded regclass, names boolean) LANGUAGE plpgsql AS $$
DECLARE seen text := CASE WHEN names THEN '(SELECT pt.sees_names()) AND ' ELSE '' END || pt.scope_test('');
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
  EXECUTE format('CREATE POLICY scope ON %s TO pt_app USING (%s) WITH CHECK (%s)', guarded, seen, seen);
END $$;

DO $$
DECLARE p record; seen text;
BEGIN
  -- Those that pt.guard made, and the one for reading ties.
  FOR p IN SELECT polrelid::regclass AS guarded, polcmd AS cmd, pg_get_expr(polqual, polrelid) LIKE '%sees_names%' AS names FROM pg_policy
           WHERE polname = 'scope' AND polcmd IN ('*', 'r') AND pg_get_expr(polqual, polrelid) LIKE '%pt.units%pt.provinces%' LOOP
    seen := CASE WHEN p.names THEN '(SELECT pt.sees_names()) AND ' ELSE '' END || pt.scope_test('');
    EXECUTE format('ALTER POLICY scope ON %s USING (%s)', p.guarded, seen);
    IF p.cmd = '*' THEN EXECUTE format('ALTER POLICY scope ON %s WITH CHECK (%s)', p.guarded, seen); END IF;
  END LOOP;
  EXECUTE format('ALTER POLICY seen ON pt.lab_result USING ((SELECT pt.sees_names()) AND (%s OR EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = lab_result.person_id AND s.until IS NULL)))', pt.scope_test(''));
  EXECUTE format('ALTER POLICY seen ON pt.case_record USING ((SELECT pt.sees_names()) AND (%s OR EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = case_record.person_id AND s.until IS NULL)))', pt.scope_test(''));
  EXECUTE format('ALTER POLICY ends ON pt.quarantine_transfer USING ((SELECT pt.sees_names()) AND (%s OR %s))', pt.scope_test(''), pt.scope_test('to_'));
END $$;

-- The audit has no areas: its units are looked up by hash, not one after the other.
ALTER POLICY own_units ON pt.audit_event USING (account_id = (SELECT pt.actor()) OR unit_id IN (SELECT unnest(pt.ints('pt.units'))));
