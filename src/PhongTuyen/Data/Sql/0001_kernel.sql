-- What every module stands on: who is asking, what they may see, and requests that may be sent twice.
-- The program's role sees a row only through the policies below; the owner of the tables serves no request.

-- Who is asking. Set by pt.enter() and pt.act_as() for one transaction; absent or empty means nobody.
CREATE FUNCTION pt.actor() RETURNS uuid STABLE PARALLEL SAFE LANGUAGE sql
  AS $$ SELECT nullif(current_setting('pt.actor', true), '')::uuid $$;

-- One list of a scope: 'pt.units', 'pt.provinces', 'pt.districts' or 'pt.communes'. Null where there is none: then no row matches.
CREATE FUNCTION pt.ints(setting text) RETURNS int[] STABLE PARALLEL SAFE LANGUAGE sql
  AS $$ SELECT nullif(current_setting(setting, true), '')::int[] $$;

-- Whether the grants behind this request show persons. Leaders and steering committees see figures only.
CREATE FUNCTION pt.sees_names() RETURNS boolean STABLE PARALLEL SAFE LANGUAGE sql
  AS $$ SELECT current_setting('pt.sight', true) IS NOT DISTINCT FROM 'names' $$;

-- Whether a row with these keys lies in the scope. For definer functions; policies write it out, so that it is read once a query.
CREATE FUNCTION pt.in_scope(unit int, province int, district int, commune int) RETURNS boolean STABLE PARALLEL SAFE LANGUAGE sql
  AS $$ SELECT coalesce(unit = ANY (pt.ints('pt.units')) OR province = ANY (pt.ints('pt.provinces'))
             OR district = ANY (pt.ints('pt.districts')) OR commune = ANY (pt.ints('pt.communes')), false) $$;

-- Row policy of a table that carries unit_id, province_id, district_id and commune_id.
CREATE PROCEDURE pt.guard(guarded regclass, names boolean) LANGUAGE plpgsql AS $$
DECLARE
  seen text := '(unit_id = ANY ((SELECT pt.ints(''pt.units''))::int[])
    OR province_id = ANY ((SELECT pt.ints(''pt.provinces''))::int[])
    OR district_id = ANY ((SELECT pt.ints(''pt.districts''))::int[])
    OR commune_id = ANY ((SELECT pt.ints(''pt.communes''))::int[]))';
BEGIN
  IF names THEN seen := '(SELECT pt.sees_names()) AND ' || seen; END IF;
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
  EXECUTE format('CREATE POLICY scope ON %s TO pt_app USING (%s) WITH CHECK (%s)', guarded, seen, seen);
END $$;

-- A write that the client may send again (house rule 8): the same id and content meets the first answer.
CREATE TABLE pt.intent (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  content bytea NOT NULL,            -- SHA-256 of what was sent
  answer text NOT NULL,
  at timestamptz NOT NULL
);
ALTER TABLE pt.intent ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON pt.intent TO pt_app USING (account_id = (SELECT pt.actor())) WITH CHECK (account_id = (SELECT pt.actor()));
GRANT SELECT, INSERT ON pt.intent TO pt_app;

-- What identifies this installation: compared at every start, so that keys and data cannot be mixed up.
CREATE TABLE pt.installation (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  demonstration boolean NOT NULL DEFAULT false,
  key_prints jsonb NOT NULL DEFAULT '{}'   -- key id → first bytes of SHA-256 of the key: tells a wrong key file from a right one
);
INSERT INTO pt.installation DEFAULT VALUES;
GRANT SELECT ON pt.installation TO pt_app, pt_jobs;
GRANT UPDATE (demonstration, key_prints) ON pt.installation TO pt_jobs;
