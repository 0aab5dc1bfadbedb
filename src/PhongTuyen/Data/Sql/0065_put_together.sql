-- What many roles of one account open is put together when it is written and not at each request: an account with 681 roles over single units entered in 1.2 ms, of which 0.1 is left.
CREATE TABLE pt.account_reach (
  account_id uuid NOT NULL REFERENCES pt.account,
  role smallint NOT NULL,
  since timestamptz NOT NULL,
  until timestamptz,
  units text NOT NULL,                          -- as pt.units takes it
  provinces int[] NOT NULL,
  districts int[] NOT NULL,
  communes int[] NOT NULL
);
CREATE INDEX account_reach_account ON pt.account_reach (account_id);
-- Read by functions alone: the entrance, and what a list says of roles.
ALTER TABLE pt.account_reach ENABLE ROW LEVEL SECURITY;

-- One row for all rights of an account (null: of all) that are of one role, end together and have begun: what begins before the last of them was given has. A right that is still to come stands by itself.
-- One after the other for each account: what two write at once must not leave a row of either that the other has already ended.
CREATE FUNCTION pt.write_reach(accounts uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT 1 FROM account a WHERE accounts IS NULL OR a.id = ANY (accounts) ORDER BY a.id FOR NO KEY UPDATE;
  DELETE FROM account_reach r WHERE accounts IS NULL OR r.account_id = ANY (accounts);
  WITH given AS (SELECT g.account_id, max(g.given_at) AS last FROM account_grant g WHERE accounts IS NULL OR g.account_id = ANY (accounts) GROUP BY g.account_id),
  these AS MATERIALIZED (
    SELECT r.*, CASE WHEN r.since > g.last THEN r.since END AS later FROM account_right r LEFT JOIN given g ON g.account_id = r.account_id WHERE accounts IS NULL OR r.account_id = ANY (accounts)),
  parts AS (
    SELECT t.account_id, t.role, t.later, t.since, t.until, 0 AS kind, x FROM these t, unnest(t.units) x
    UNION ALL SELECT t.account_id, t.role, t.later, t.since, t.until, 1, x FROM these t, unnest(t.provinces) x
    UNION ALL SELECT t.account_id, t.role, t.later, t.since, t.until, 2, x FROM these t, unnest(t.districts) x
    UNION ALL SELECT t.account_id, t.role, t.later, t.since, t.until, 3, x FROM these t, unnest(t.communes) x
    -- A role that opens no place is held all the same.
    UNION ALL SELECT t.account_id, t.role, t.later, t.since, t.until, 4, 0 FROM these t)
  INSERT INTO account_reach (account_id, role, since, until, units, provinces, districts, communes)
    SELECT p.account_id, p.role, min(p.since), p.until, coalesce(array_agg(DISTINCT p.x) FILTER (WHERE p.kind = 0), '{}')::text, coalesce(array_agg(DISTINCT p.x) FILTER (WHERE p.kind = 1), '{}'),
        coalesce(array_agg(DISTINCT p.x) FILTER (WHERE p.kind = 2), '{}'), coalesce(array_agg(DISTINCT p.x) FILTER (WHERE p.kind = 3), '{}')
      FROM parts p GROUP BY p.account_id, p.role, p.later, p.until;
$$;
REVOKE ALL ON FUNCTION pt.write_reach(uuid[]) FROM public;

-- Whoever writes a right: the two are one thing.
CREATE FUNCTION pt.reach_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM touched) THEN PERFORM write_reach(ARRAY(SELECT DISTINCT t.account_id FROM touched t)); END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.reach_follows() FROM public;
CREATE TRIGGER reach_made AFTER INSERT ON pt.account_right REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION pt.reach_follows();
CREATE TRIGGER reach_changed AFTER UPDATE ON pt.account_right REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION pt.reach_follows();
CREATE TRIGGER reach_ended AFTER DELETE ON pt.account_right REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION pt.reach_follows();
ALTER TABLE pt.account_right ENABLE ALWAYS TRIGGER reach_made, ENABLE ALWAYS TRIGGER reach_changed, ENABLE ALWAYS TRIGGER reach_ended;
SELECT pt.write_reach(NULL);

-- As before (0064), of what was put together: there are as many rows as roles that differ, mostly one or two.
CREATE OR REPLACE FUNCTION pt.take_scope(account uuid, wanted smallint[], faceless smallint[], now timestamptz)
  RETURNS TABLE (roles smallint[], units text, provinces int[], districts int[], communes int[], names boolean) LANGUAGE plpgsql AS $$
DECLARE several boolean;
BEGIN
  PERFORM pt.end_what_is_over(now);
  -- Figures and names may come from different grants: where any wanted role shows names, only those grants make the scope.
  SELECT coalesce(bool_or(r.role = ANY (wanted) AND NOT r.role = ANY (faceless)), false), array_agg(DISTINCT r.role) INTO names, roles
    FROM pt.account_reach r WHERE r.account_id = account AND r.since <= now AND (r.until IS NULL OR r.until > now);
  SELECT count(nullif(r.units, '{}')) > 1 OR count(nullif(r.provinces, '{}')) > 1 OR count(nullif(r.districts, '{}')) > 1 OR count(nullif(r.communes, '{}')) > 1,
         max(nullif(r.units, '{}')), max(r.provinces), max(r.districts), max(r.communes) INTO several, units, provinces, districts, communes
    FROM pt.account_reach r WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless));
  IF several THEN
    WITH these AS MATERIALIZED (SELECT r.units::int[] AS units, r.provinces, r.districts, r.communes FROM pt.account_reach r
      WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless)))
    SELECT (SELECT array_agg(DISTINCT x) FROM (SELECT unnest(t.units) FROM these t) y (x))::text, (SELECT array_agg(DISTINCT x) FROM (SELECT unnest(t.provinces) FROM these t) y (x)),
           (SELECT array_agg(DISTINCT x) FROM (SELECT unnest(t.districts) FROM these t) y (x)), (SELECT array_agg(DISTINCT x) FROM (SELECT unnest(t.communes) FROM these t) y (x))
      INTO units, provinces, districts, communes;
  END IF;
  roles := coalesce(roles, '{}'); units := coalesce(units, '{}'); provinces := coalesce(provinces, '{}'); districts := coalesce(districts, '{}'); communes := coalesce(communes, '{}');
  PERFORM set_config('pt.actor', account::text, true), set_config('pt.sight', CASE WHEN names THEN 'names' ELSE 'figures' END, true),
    set_config('pt.units', units, true), set_config('pt.provinces', provinces::text, true),
    set_config('pt.districts', districts::text, true), set_config('pt.communes', communes::text, true);
  RETURN NEXT;
END $$;

-- As before (0063): what pt.units_with_accounts says of all, of the asker's units. They are joined and not looked for in a list for each account, and only their accounts are asked for roles.
CREATE OR REPLACE FUNCTION pt.own_units_with_accounts(now timestamptz) RETURNS TABLE (unit_id int, best int, usable int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT a.unit_id, max(CASE WHEN a.must_change_password THEN 1 ELSE 2 END), count(*)::int FROM unnest(pt.ints('pt.units')) o (id) JOIN account a ON a.unit_id = o.id
    WHERE a.state = 1 AND a.issued AND (a.expires_at IS NULL OR a.expires_at > $1)
      AND EXISTS (SELECT 1 FROM account_grant g WHERE g.account_id = a.id AND g.role <> 9 AND g.revoked_at IS NULL AND g.since <= $1 AND (g.until IS NULL OR g.until > $1))
    GROUP BY a.unit_id
$$;

-- As before (0061), of several duties in one go, and without pt.right_over, which wants both rows whole.
DROP FUNCTION pt.duty_officers(uuid, smallint[], timestamptz);
CREATE FUNCTION pt.duty_officers(duties uuid[], roles smallint[], now timestamptz) RETURNS TABLE (duty_id uuid, unit_id int, account_id uuid, name text, able boolean) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT o.duty_id, o.unit_id, a.id, a.display_name, a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > $3)
      AND EXISTS (SELECT 1 FROM account_right r WHERE r.account_id = a.id AND r.role = ANY ($2) AND r.since <= $3 AND (r.until IS NULL OR r.until > $3)
        AND (u.id = ANY (r.units) OR u.province_id = ANY (r.provinces) OR u.district_id = ANY (r.districts) OR u.commune_id = ANY (r.communes)))
    FROM oversight_officer o JOIN account a ON a.id = o.account_id JOIN unit u ON u.id = o.unit_id
    WHERE o.duty_id = ANY ($1) AND o.ended_at IS NULL AND (u.province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[]) OR u.district_id = ANY ((SELECT pt.ints('pt.districts'))::int[])
      OR u.commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[]) OR u.id = ANY ((SELECT pt.ints('pt.units'))::int[]))
$$;
REVOKE ALL ON FUNCTION pt.duty_officers(uuid[], smallint[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.duty_officers(uuid[], smallint[], timestamptz) TO pt_app;

-- The roles of accounts of the asker's units, as they are put together: of somebody with hundreds the row policy of grants would look the account up for each.
CREATE FUNCTION pt.roles_of(accounts uuid[], now timestamptz) RETURNS TABLE (account_id uuid, roles smallint[]) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT a.id, array_agg(DISTINCT r.role ORDER BY r.role) FROM account a JOIN account_reach r ON r.account_id = a.id AND (r.until IS NULL OR r.until > $2)
    WHERE a.id = ANY ($1) AND (a.id = pt.actor() OR a.unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])) GROUP BY a.id
$$;
REVOKE ALL ON FUNCTION pt.roles_of(uuid[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.roles_of(uuid[], timestamptz) TO pt_app;
