-- Keys of programs: what another system shows instead of a password. Only a hash is kept; a key opens the doors of the interface that are written on it, and sees what its account sees.
CREATE TABLE pt.account_key (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES pt.account,
  name text NOT NULL,                           -- of the program that holds it
  hash bytea NOT NULL UNIQUE,                   -- SHA-256: 256 random bits need no salt and no slow hash
  tail text NOT NULL,                           -- its last characters, by which people tell keys apart
  doors text[] NOT NULL CHECK (cardinality(doors) > 0),
  made_at timestamptz NOT NULL,
  made_by uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  last_used_at timestamptz,                     -- to the hour
  replaced_by uuid REFERENCES pt.account_key,
  ended_at timestamptz,
  ended_by uuid,
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX account_key_account ON pt.account_key (account_id, made_at DESC, id);
CREATE INDEX account_key_due ON pt.account_key (expires_at) WHERE ended_at IS NULL AND replaced_by IS NULL;
ALTER TABLE pt.account_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_accounts ON pt.account_key FOR SELECT TO pt_app USING (EXISTS (SELECT 1 FROM pt.account a WHERE a.id = account_id));
-- Nobody makes or prolongs one for themselves, as nobody gives themselves a role.
CREATE POLICY made ON pt.account_key FOR INSERT TO pt_app WITH CHECK (account_id <> (SELECT pt.actor()) AND made_by = (SELECT pt.actor()) AND EXISTS (SELECT 1 FROM pt.account a WHERE a.id = account_id));
CREATE POLICY ended ON pt.account_key FOR UPDATE TO pt_app USING (EXISTS (SELECT 1 FROM pt.account a WHERE a.id = account_id));
GRANT SELECT, INSERT, UPDATE (expires_at, replaced_by, ended_at, ended_by) ON pt.account_key TO pt_app;

-- The entrance of a program: as pt.enter, with what the key opens besides. The key stands where a person's session stands, also in the audit.
CREATE FUNCTION pt.enter_by_key(key bytea, wanted smallint[], faceless smallint[], now timestamptz) RETURNS TABLE (
    account_id uuid, session_id uuid, user_name text, display_name text, unit_id int, language smallint, must_change_password boolean,
    second_factor boolean, roles smallint[], units text, provinces int[], districts int[], communes int[], names boolean,
    unread int, figures_version bigint, figures_waiting bigint, figures_last bigint, reach bigint, doors text[])
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE used timestamptz;
BEGIN
  SELECT k.account_id, k.id, k.doors, k.last_used_at INTO account_id, session_id, doors, used FROM account_key k WHERE k.hash = key AND k.ended_at IS NULL AND k.expires_at > now;
  IF account_id IS NULL THEN RETURN; END IF;
  SELECT e.user_name, e.display_name, e.unit_id, e.language, false, false, e.roles, e.units, e.provinces, e.districts, e.communes, e.names, e.unread, e.figures_version, e.figures_waiting, e.figures_last, e.reach
    INTO user_name, display_name, unit_id, language, must_change_password, second_factor, roles, units, provinces, districts, communes, names, unread, figures_version, figures_waiting, figures_last, reach
    FROM act_as(account_id, wanted, faceless, now) e;
  IF user_name IS NULL THEN RETURN; END IF;
  IF used IS NULL OR used < now - interval '1 hour' THEN UPDATE account_key k SET last_used_at = now WHERE k.id = session_id; END IF;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.enter_by_key(bytea, smallint[], smallint[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.enter_by_key(bytea, smallint[], smallint[], timestamptz) TO pt_app;

-- A stream that a program opened ends with its key, as a person's does with the session.
CREATE OR REPLACE FUNCTION pt.session_marks(tokens bytea[], now timestamptz) RETURNS TABLE (token bytea, mark text) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT s.token, (SELECT count(*) || ':' || coalesce(string_agg(DISTINCT r.xmin::text, ','), '') FROM account_right r WHERE r.account_id = s.account_id AND r.since <= now AND (r.until IS NULL OR r.until > now))
    FROM (SELECT e.token_hash AS token, e.account_id FROM account_session e WHERE e.token_hash = ANY (tokens) AND e.ended_at IS NULL AND e.expires_at > now
          UNION ALL SELECT k.hash, k.account_id FROM account_key k WHERE k.hash = ANY (tokens) AND k.ended_at IS NULL AND k.expires_at > now) s JOIN account a ON a.id = s.account_id
    WHERE a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > now)
$$;

-- Whoever made a key is told once, some days before it ends and nobody has put another in its place.
CREATE FUNCTION pt.remind_of_keys(days int, text_key text, link text, now timestamptz) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH told AS (
    INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
    SELECT gen_random_uuid(), 'key-ends/' || k.id, m.id, $2, json_build_object('name', k.name, 'account', a.user_name, 'end', to_char((k.expires_at - interval '1 microsecond') AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY'))::text, $3 || a.id, false, $4
      FROM account_key k JOIN account a ON a.id = k.account_id JOIN account m ON m.id = k.made_by AND m.state = 1
      WHERE k.ended_at IS NULL AND k.replaced_by IS NULL AND k.expires_at > $4 AND k.expires_at <= $4 + make_interval(days => $1)
    ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*)::int FROM told
$$;
REVOKE ALL ON FUNCTION pt.remind_of_keys(int, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.remind_of_keys(int, text, text, timestamptz) TO pt_jobs;

-- The account's holder is told that a key was made for it: whoever has it acts in their name.
CREATE FUNCTION pt.tell_of_key(key uuid, text_key text, link text, now timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
  SELECT gen_random_uuid(), 'key-made/' || k.id, k.account_id, $2, json_build_object('name', k.name)::text, $3, false, $4 FROM account_key k WHERE k.id = $1 AND k.made_by = pt.actor() ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION pt.tell_of_key(uuid, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tell_of_key(uuid, text, text, timestamptz) TO pt_app;
