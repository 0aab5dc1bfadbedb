-- Rights are worked out of grants and of the trees of units and areas, in a statement that may last: whoever changes a grant meanwhile must not have it written back, and whoever changes a tree
-- must not miss a role that is being given. Those who write out single accounts go side by side, one account at a time; whoever writes out all, or puts a unit into the tree, is alone.
CREATE FUNCTION pt.rights_in_turn(alone boolean) RETURNS void LANGUAGE sql SET search_path = pt, pg_temp AS $$
  SELECT CASE WHEN alone THEN pg_advisory_xact_lock(7105) ELSE pg_advisory_xact_lock_shared(7105) END
$$;

-- As before (0052); what each statement reads is of the moment behind its turn.
CREATE OR REPLACE FUNCTION pt.write_rights(accounts uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT rights_in_turn(accounts IS NULL);
  SELECT 1 FROM account a WHERE a.id = ANY (accounts) ORDER BY a.id FOR NO KEY UPDATE;
  DELETE FROM account_right r WHERE (accounts IS NULL OR r.account_id = ANY (accounts)) AND NOT EXISTS (SELECT 1 FROM account_grant g WHERE g.id = r.grant_id AND g.revoked_at IS NULL);
  INSERT INTO account_right AS r (grant_id, account_id, role, since, until, units, provinces, districts, communes)
    SELECT d.grant_id, d.account_id, d.role, d.since, d.until, d.units, d.provinces, d.districts, d.communes FROM rights_due(accounts) d ORDER BY d.grant_id
    ON CONFLICT (grant_id) DO UPDATE SET account_id = excluded.account_id, role = excluded.role, since = excluded.since, until = excluded.until, units = excluded.units, provinces = excluded.provinces,
      districts = excluded.districts, communes = excluded.communes
    WHERE (r.account_id, r.role, r.since, r.until, r.units, r.provinces, r.districts, r.communes)
      IS DISTINCT FROM (excluded.account_id, excluded.role, excluded.since, excluded.until, excluded.units, excluded.provinces, excluded.districts, excluded.communes);
$$;

-- As before (0006).
CREATE OR REPLACE FUNCTION pt.unit_added(unit int) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT rights_in_turn(true);
  UPDATE account_right r SET units = array_append(units, unit_added.unit)
    FROM unit u WHERE u.id = unit_added.unit AND u.parent_id = ANY (r.units) AND NOT unit_added.unit = ANY (r.units)
$$;

-- As before (0066), worked out once for each unit however often somebody was named there.
CREATE OR REPLACE FUNCTION pt.write_able(accounts uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT 1 FROM unit u WHERE u.id IN (SELECT o.unit_id FROM oversight_officer o WHERE o.account_id = ANY (accounts)) ORDER BY u.id FOR SHARE;
  WITH named AS (SELECT DISTINCT o.account_id, o.unit_id FROM oversight_officer o WHERE o.account_id = ANY (accounts)),
  now AS MATERIALIZED (SELECT n.account_id, n.unit_id, able_at(n.account_id, n.unit_id) AS able FROM named n)
  UPDATE oversight_officer o SET able = n.able FROM now n WHERE o.account_id = n.account_id AND o.unit_id = n.unit_id AND o.able <> n.able;
$$;

-- Whatever was missed so far.
SELECT pt.write_rights(NULL);
SELECT pt.write_able(ARRAY(SELECT DISTINCT o.account_id FROM pt.oversight_officer o));

-- Entries of a unit go through what was done: no look of any kind is passed over on the way, be there thousands. The same without a unit is asked by nobody any more.
DROP INDEX pt.audit_event_done, pt.audit_event_done_unit;
CREATE INDEX audit_event_done_unit ON pt.audit_event (unit_id, at, id) INCLUDE (account_id, act)
  WHERE act NOT IN ('person.seen', 'person.listed', 'person.searched', 'person.looks-seen', 'papers.seen', 'import.rows-seen', 'asked.not-shown', 'account.signed-in');
