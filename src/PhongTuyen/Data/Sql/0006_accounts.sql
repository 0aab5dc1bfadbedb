-- Accounts, their grants, and the one row of rights that each request reads.

CREATE TABLE pt.account (
  id uuid PRIMARY KEY,
  user_name text COLLATE "C" NOT NULL UNIQUE,   -- lower case
  display_name text NOT NULL,
  unit_id int NOT NULL REFERENCES pt.unit,
  position text,
  email text,
  telephone bytea,                              -- sealed
  state smallint NOT NULL DEFAULT 1,            -- 1 active, 2 suspended
  expires_at timestamptz,
  must_change_password boolean NOT NULL DEFAULT true,
  language smallint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  created_by uuid,
  version int NOT NULL DEFAULT 1
);
CREATE INDEX account_unit ON pt.account (unit_id);

CREATE TABLE pt.account_secret (
  account_id uuid PRIMARY KEY REFERENCES pt.account,
  password_hash text,
  security_stamp text NOT NULL,
  two_factor boolean NOT NULL DEFAULT false,
  authenticator_key bytea,                      -- sealed
  recovery_codes text[] NOT NULL DEFAULT '{}',  -- hashed
  failed int NOT NULL DEFAULT 0,
  locked_until timestamptz,
  last_step bigint NOT NULL DEFAULT 0           -- the last time step whose code was used: a code works once
);

CREATE TABLE pt.account_session (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES pt.account,
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  address text,
  device text,
  second_factor boolean NOT NULL,
  ended_at timestamptz,
  ended_by uuid
);
CREATE INDEX account_session_account ON pt.account_session (account_id) WHERE ended_at IS NULL;

CREATE TABLE pt.account_grant (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES pt.account,
  role smallint NOT NULL,
  unit_id int REFERENCES pt.unit,               -- this unit and all below it …
  area_id int REFERENCES pt.area,               -- … or this area and all below it
  since timestamptz NOT NULL,
  until timestamptz,
  given_by uuid,
  given_at timestamptz NOT NULL,
  revoked_at timestamptz,
  revoked_by uuid,
  reason text,
  CHECK ((unit_id IS NULL) <> (area_id IS NULL))
);
CREATE INDEX account_grant_account ON pt.account_grant (account_id) WHERE revoked_at IS NULL;
CREATE INDEX account_grant_unit ON pt.account_grant (unit_id) WHERE revoked_at IS NULL;

-- The grants written out: what pt.enter() reads. Made anew in the transaction that changes a grant, a unit or an area.
CREATE TABLE pt.account_right (
  account_id uuid NOT NULL REFERENCES pt.account,
  role smallint NOT NULL,
  since timestamptz NOT NULL,
  until timestamptz,
  units int[] NOT NULL,
  provinces int[] NOT NULL,                     -- with 0 (not known) for the whole country
  districts int[] NOT NULL,
  communes int[] NOT NULL
);
CREATE INDEX account_right_account ON pt.account_right (account_id);

ALTER TABLE pt.account ENABLE ROW LEVEL SECURITY;
ALTER TABLE pt.account_secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE pt.account_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE pt.account_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE pt.account_right ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_units ON pt.account TO pt_app
  USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR id = (SELECT pt.actor()))
  WITH CHECK (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR id = (SELECT pt.actor()));
CREATE POLICY of_accounts ON pt.account_session TO pt_app
  USING (EXISTS (SELECT 1 FROM pt.account a WHERE a.id = account_id)) WITH CHECK (EXISTS (SELECT 1 FROM pt.account a WHERE a.id = account_id));
CREATE POLICY of_accounts ON pt.account_grant FOR SELECT TO pt_app USING (EXISTS (SELECT 1 FROM pt.account a WHERE a.id = account_id));
CREATE POLICY of_accounts_end ON pt.account_grant FOR UPDATE TO pt_app USING (account_id <> (SELECT pt.actor()) AND EXISTS (SELECT 1 FROM pt.account a WHERE a.id = account_id));
-- Nobody gives what they do not have, and nobody gives to themselves.
CREATE POLICY given ON pt.account_grant FOR INSERT TO pt_app WITH CHECK (account_id <> (SELECT pt.actor())
  AND EXISTS (SELECT 1 FROM pt.account a WHERE a.id = account_id)
  AND (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])
    OR EXISTS (SELECT 1 FROM pt.area a WHERE a.id = area_id AND (a.level > 0 OR 0 = ANY ((SELECT pt.ints('pt.provinces'))::int[]))
                 AND (a.level = 0 OR pt.in_scope(0, a.province_id, a.district_id, a.commune_id)))));
CREATE POLICY jobs ON pt.account TO pt_jobs USING (true) WITH CHECK (true);
CREATE POLICY jobs ON pt.account_secret TO pt_jobs USING (true) WITH CHECK (true);
CREATE POLICY jobs ON pt.account_session TO pt_jobs USING (true) WITH CHECK (true);
CREATE POLICY jobs ON pt.account_grant TO pt_jobs USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON pt.account, pt.account_grant TO pt_app;
GRANT SELECT, UPDATE ON pt.account_session TO pt_app;
GRANT SELECT, INSERT, UPDATE ON pt.account, pt.account_secret, pt.account_session, pt.account_grant TO pt_jobs;
GRANT DELETE ON pt.account_session TO pt_jobs;

-- Writes the grants of these accounts out (null: of all). Units and areas are small trees; persons do not come into it.
CREATE FUNCTION pt.write_rights(accounts uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  DELETE FROM account_right WHERE accounts IS NULL OR account_id = ANY (accounts);
  INSERT INTO account_right (account_id, role, since, until, units, provinces, districts, communes)
  SELECT g.account_id, g.role, g.since, g.until,
    coalesce((WITH RECURSIVE below AS (
        SELECT u.id FROM unit u WHERE u.id = g.unit_id
        UNION ALL SELECT u.id FROM unit u JOIN below b ON u.parent_id = b.id)
      SELECT array_agg(id ORDER BY id) FROM below), '{}'),
    CASE a.level WHEN 0 THEN (SELECT array_agg(id ORDER BY id) FROM (SELECT 0 AS id UNION ALL SELECT p.id FROM area p WHERE p.level = 1) every)
                 WHEN 1 THEN ARRAY[a.id] ELSE '{}' END,
    CASE a.level WHEN 2 THEN ARRAY[a.id] ELSE '{}' END,
    CASE a.level WHEN 3 THEN ARRAY[a.id] ELSE '{}' END
  FROM account_grant g LEFT JOIN area a ON a.id = g.area_id
  WHERE g.revoked_at IS NULL AND (accounts IS NULL OR g.account_id = ANY (accounts));
$$;
REVOKE ALL ON FUNCTION pt.write_rights(uuid[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.write_rights(uuid[]) TO pt_app, pt_jobs;

-- A new unit joins every scope that holds its parent. Cheaper than writing all rights anew when an import makes a hundred facilities.
CREATE FUNCTION pt.unit_added(unit int) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  UPDATE account_right r SET units = array_append(units, unit_added.unit)
    FROM unit u WHERE u.id = unit_added.unit AND u.parent_id = ANY (r.units) AND NOT unit_added.unit = ANY (r.units)
$$;
REVOKE ALL ON FUNCTION pt.unit_added(int) FROM public;
GRANT EXECUTE ON FUNCTION pt.unit_added(int) TO pt_app, pt_jobs;

-- Sets the scope of this transaction from the rights that one of these roles gives the account at this moment.
CREATE FUNCTION pt.take_scope(account uuid, wanted smallint[], faceless smallint[], now timestamptz) RETURNS TABLE (
    roles smallint[], units int[], provinces int[], districts int[], communes int[], names boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  -- Figures and names may come from different grants: where any wanted role shows names, only those grants make the scope.
  SELECT coalesce(bool_or(NOT r.role = ANY (faceless)), false) INTO names
    FROM account_right r WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now);
  SELECT coalesce((SELECT array_agg(DISTINCT x) FROM account_right r, unnest(r.units) x WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless))), '{}'),
         coalesce((SELECT array_agg(DISTINCT x) FROM account_right r, unnest(r.provinces) x WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless))), '{}'),
         coalesce((SELECT array_agg(DISTINCT x) FROM account_right r, unnest(r.districts) x WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless))), '{}'),
         coalesce((SELECT array_agg(DISTINCT x) FROM account_right r, unnest(r.communes) x WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless))), '{}'),
         coalesce((SELECT array_agg(DISTINCT r.role) FROM account_right r WHERE r.account_id = account AND r.since <= now AND (r.until IS NULL OR r.until > now)), '{}')
    INTO units, provinces, districts, communes, roles;
  PERFORM set_config('pt.actor', account::text, true), set_config('pt.sight', CASE WHEN names THEN 'names' ELSE 'figures' END, true),
    set_config('pt.units', units::text, true), set_config('pt.provinces', provinces::text, true),
    set_config('pt.districts', districts::text, true), set_config('pt.communes', communes::text, true);
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.take_scope(uuid, smallint[], smallint[], timestamptz) FROM public;

-- The first command of every signed-in request: who is it, and what may they see through this door? No row: not signed in.
CREATE FUNCTION pt.enter(token bytea, wanted smallint[], faceless smallint[], now timestamptz, idle interval) RETURNS TABLE (
    account_id uuid, session_id uuid, user_name text, display_name text, unit_id int, language smallint, must_change_password boolean,
    second_factor boolean, roles smallint[], units int[], provinces int[], districts int[], communes int[], names boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE seen timestamptz;
BEGIN
  SELECT a.id, s.id, a.user_name, a.display_name, a.unit_id, a.language, a.must_change_password, s.second_factor, s.last_seen_at
    INTO account_id, session_id, user_name, display_name, unit_id, language, must_change_password, second_factor, seen
    FROM account_session s JOIN account a ON a.id = s.account_id
    WHERE s.token_hash = token AND s.ended_at IS NULL AND s.expires_at > now AND s.last_seen_at > now - idle
      AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > now);
  IF account_id IS NULL THEN RETURN; END IF;
  -- Once a minute is enough to know who is idle; a write on every request would not be.
  IF seen < now - interval '1 minute' THEN UPDATE account_session s SET last_seen_at = now WHERE s.id = session_id; END IF;
  SELECT t.* INTO roles, units, provinces, districts, communes, names FROM take_scope(account_id, wanted, faceless, now) t;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.enter(bytea, smallint[], smallint[], timestamptz, interval) FROM public;
GRANT EXECUTE ON FUNCTION pt.enter(bytea, smallint[], smallint[], timestamptz, interval) TO pt_app;

-- The same for work done later in somebody's name (an import in the background) and for the operator's command line.
CREATE FUNCTION pt.act_as(account uuid, wanted smallint[], faceless smallint[], now timestamptz) RETURNS TABLE (
    account_id uuid, session_id uuid, user_name text, display_name text, unit_id int, language smallint, must_change_password boolean,
    second_factor boolean, roles smallint[], units int[], provinces int[], districts int[], communes int[], names boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  SELECT a.id, a.user_name, a.display_name, a.unit_id, a.language, a.must_change_password, false
    INTO account_id, user_name, display_name, unit_id, language, must_change_password, second_factor
    FROM account a WHERE a.id = account AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > now);
  IF account_id IS NULL THEN RETURN; END IF;
  SELECT t.* INTO roles, units, provinces, districts, communes, names FROM take_scope(account_id, wanted, faceless, now) t;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.act_as(uuid, smallint[], smallint[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.act_as(uuid, smallint[], smallint[], timestamptz) TO pt_app;

-- A first password from above, or a new one after a loss: resets the second factor and ends every session. The door of the page is for
-- managers; this function looks that the account lies in their units.
CREATE FUNCTION pt.issue_secret(account uuid, hash text, stamp text, now timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF account = pt.actor() OR NOT EXISTS (SELECT 1 FROM account a WHERE a.id = account AND a.unit_id = ANY (pt.ints('pt.units'))) THEN RETURN false; END IF;
  INSERT INTO account_secret AS s (account_id, password_hash, security_stamp) VALUES (account, hash, stamp)
    ON CONFLICT (account_id) DO UPDATE SET password_hash = hash, security_stamp = stamp, two_factor = false, authenticator_key = NULL,
      recovery_codes = '{}', failed = 0, locked_until = NULL;
  UPDATE account SET must_change_password = true, version = version + 1 WHERE id = account;
  UPDATE account_session SET ended_at = now, ended_by = pt.actor() WHERE account_id = account AND ended_at IS NULL;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION pt.issue_secret(uuid, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.issue_secret(uuid, text, text, timestamptz) TO pt_app;
