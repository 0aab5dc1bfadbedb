-- Passkeys: keys of WebAuthn that an account signs in with, beside its password or instead of it. Like the other secrets they are read by the sign-in alone;
-- the pages get the names of one's own, and how many somebody else's account has.
ALTER TABLE pt.account_secret ADD COLUMN passkey_handle text COLLATE "C" UNIQUE;   -- what the authenticator keeps for the account: random, so that it names nobody

CREATE TABLE pt.account_passkey (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES pt.account,
  name text NOT NULL,                           -- given by its holder
  credential_id bytea NOT NULL UNIQUE,
  public_key bytea NOT NULL,                    -- COSE
  sign_count bigint NOT NULL,                   -- 0 where the authenticator does not count
  transports text[] NOT NULL,
  backup_eligible boolean NOT NULL,
  backed_up boolean NOT NULL,
  added_at timestamptz NOT NULL,
  last_used_at timestamptz,
  stopped_at timestamptz                        -- it counted backwards: there may be a copy of it, and it signs in no more
);
CREATE INDEX account_passkey_account ON pt.account_passkey (account_id);

-- A challenge that was answered is spent, for as long as it could be answered.
CREATE TABLE pt.account_passkey_spent (
  hash bytea PRIMARY KEY,
  spent_at timestamptz NOT NULL
);
ALTER TABLE pt.account_passkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE pt.account_passkey_spent ENABLE ROW LEVEL SECURITY;
CREATE POLICY jobs ON pt.account_passkey TO pt_jobs USING (true) WITH CHECK (true);
CREATE POLICY jobs ON pt.account_passkey_spent TO pt_jobs USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (sign_count, backed_up, last_used_at, stopped_at) ON pt.account_passkey TO pt_jobs;
GRANT SELECT, INSERT, DELETE ON pt.account_passkey_spent TO pt_jobs;

-- True once for each challenge. What could not be answered any more is forgotten.
CREATE FUNCTION pt.spend_challenge(challenge bytea, now timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  DELETE FROM account_passkey_spent s WHERE s.spent_at < $2 - interval '1 hour';
  INSERT INTO account_passkey_spent VALUES ($1, $2) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION pt.spend_challenge(bytea, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.spend_challenge(bytea, timestamptz) TO pt_jobs;

-- The handle of whoever asks: the one that the account has, else this one from now on.
CREATE FUNCTION pt.own_passkey_handle(fresh text) RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  UPDATE account_secret s SET passkey_handle = coalesce(s.passkey_handle, $1) WHERE s.account_id = pt.actor() RETURNING s.passkey_handle
$$;

CREATE FUNCTION pt.own_passkeys() RETURNS TABLE (id uuid, name text, added_at timestamptz, last_used_at timestamptz, stopped_at timestamptz)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT p.id, p.name, p.added_at, p.last_used_at, p.stopped_at FROM account_passkey p WHERE p.account_id = pt.actor() ORDER BY p.added_at, p.id
$$;

-- 0 added, 1 there are as many as there may be, 2 this key is known already, 3 the challenge was answered before.
CREATE FUNCTION pt.add_own_passkey(passkey uuid, name text, credential bytea, key bytea, count bigint, transports text[], eligible boolean, backed_up boolean, most int,
    challenge bytea, session uuid, now timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  PERFORM 1 FROM account_secret s WHERE s.account_id = pt.actor() FOR UPDATE;
  IF NOT pt.spend_challenge($10, $12) THEN RETURN 3; END IF;
  IF (SELECT count(*) FROM account_passkey p WHERE p.account_id = pt.actor()) >= $9 THEN RETURN 1; END IF;
  INSERT INTO account_passkey (id, account_id, name, credential_id, public_key, sign_count, transports, backup_eligible, backed_up, added_at)
    VALUES ($1, pt.actor(), $2, $3, $4, $5, $6, $7, $8, $12) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN 2; END IF;
  -- Whoever makes one has just shown it.
  UPDATE account_session e SET second_factor = true WHERE e.id = $11 AND e.account_id = pt.actor();
  RETURN 0;
END $$;

-- Takes one away. 0 done, 1 not there, 2 it is the last second factor (a stopped passkey is none) and the password is too short to stand alone, 3 the password was changed meanwhile.
CREATE FUNCTION pt.remove_own_passkey(passkey uuid, hash text, alone boolean) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE secret account_secret;
BEGIN
  SELECT * INTO secret FROM account_secret s WHERE s.account_id = pt.actor() FOR UPDATE;
  IF secret.password_hash IS DISTINCT FROM $2 THEN RETURN 3; END IF;
  IF NOT EXISTS (SELECT 1 FROM account_passkey p WHERE p.id = $1 AND p.account_id = pt.actor()) THEN RETURN 1; END IF;
  IF NOT $3 AND NOT secret.two_factor AND NOT EXISTS (SELECT 1 FROM account_passkey p WHERE p.id <> $1 AND p.account_id = pt.actor() AND p.stopped_at IS NULL) THEN RETURN 2; END IF;
  DELETE FROM account_passkey p WHERE p.id = $1 AND p.account_id = pt.actor();
  RETURN 0;
END $$;

-- The codes of the app, on and off. Off by the same rule: 0 done, 1 they are off already, 2 and 3 as above.
DROP FUNCTION pt.set_own_second_factor(bytea, text[], bigint, uuid);
CREATE FUNCTION pt.turn_on_own_code(sealed_key bytea, recovery text[], step bigint, session uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE account_secret s SET two_factor = true, authenticator_key = $1, recovery_codes = $2, last_step = greatest(s.last_step, $3) WHERE s.account_id = pt.actor() AND NOT s.two_factor;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE account_session e SET second_factor = true WHERE e.id = $4 AND e.account_id = pt.actor();
  RETURN true;
END $$;
CREATE FUNCTION pt.turn_off_own_code(hash text, alone boolean) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE secret account_secret;
BEGIN
  SELECT * INTO secret FROM account_secret s WHERE s.account_id = pt.actor() FOR UPDATE;
  IF secret.password_hash IS DISTINCT FROM $1 THEN RETURN 3; END IF;
  IF NOT secret.two_factor THEN RETURN 1; END IF;
  IF NOT $2 AND NOT EXISTS (SELECT 1 FROM account_passkey p WHERE p.account_id = pt.actor() AND p.stopped_at IS NULL) THEN RETURN 2; END IF;
  UPDATE account_secret s SET two_factor = false, authenticator_key = NULL, recovery_codes = '{}' WHERE s.account_id = pt.actor();
  RETURN 0;
END $$;

-- What an account has beside its password: one's own, and that of accounts of one's units. No row: neither.
DROP FUNCTION pt.has_second_factor();
CREATE FUNCTION pt.second_factors(account uuid) RETURNS TABLE (code boolean, passkeys int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT coalesce(s.two_factor, false), (SELECT count(*)::int FROM account_passkey p WHERE p.account_id = a.id)
    FROM account a LEFT JOIN account_secret s ON s.account_id = a.id
    WHERE a.id = $1 AND (a.id = pt.actor() OR a.unit_id = ANY (pt.ints('pt.units')))
$$;
REVOKE ALL ON FUNCTION pt.own_passkey_handle(text), pt.own_passkeys(), pt.add_own_passkey(uuid, text, bytea, bytea, bigint, text[], boolean, boolean, int, bytea, uuid, timestamptz),
  pt.remove_own_passkey(uuid, text, boolean), pt.turn_on_own_code(bytea, text[], bigint, uuid), pt.turn_off_own_code(text, boolean), pt.second_factors(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.own_passkey_handle(text), pt.own_passkeys(), pt.add_own_passkey(uuid, text, bytea, bytea, bigint, text[], boolean, boolean, int, bytea, uuid, timestamptz),
  pt.remove_own_passkey(uuid, text, boolean), pt.turn_on_own_code(bytea, text[], bigint, uuid), pt.turn_off_own_code(text, boolean), pt.second_factors(uuid) TO pt_app;

-- Whoever gets a new first password begins anew with the passkeys too, under another handle.
CREATE OR REPLACE FUNCTION pt.issue_secret(account uuid, hash text, stamp text, now timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF issue_secret.account = pt.actor() OR NOT EXISTS (SELECT 1 FROM account a WHERE a.id = issue_secret.account AND a.unit_id = ANY (pt.ints('pt.units'))) THEN RETURN false; END IF;
  INSERT INTO account_secret AS s (account_id, password_hash, security_stamp) VALUES (issue_secret.account, hash, stamp)
    ON CONFLICT (account_id) DO UPDATE SET password_hash = hash, security_stamp = stamp, two_factor = false, authenticator_key = NULL,
      recovery_codes = '{}', failed = 0, locked_until = NULL, passkey_handle = NULL;
  DELETE FROM account_passkey p WHERE p.account_id = issue_secret.account;
  UPDATE account a SET must_change_password = true, version = a.version + 1 WHERE a.id = issue_secret.account;
  UPDATE account_session e SET ended_at = issue_secret.now, ended_by = pt.actor() WHERE e.account_id = issue_secret.account AND e.ended_at IS NULL;
  RETURN true;
END $$;

-- The holder is told inside the program when a passkey was stopped.
CREATE FUNCTION pt.tell_of_passkey(account uuid, passkey uuid, text_key text, details text, link text, now timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at) VALUES (gen_random_uuid(), 'passkey-stopped/' || $2, $1, $3, $4, $5, true, $6) ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION pt.tell_of_passkey(uuid, uuid, text, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tell_of_passkey(uuid, uuid, text, text, text, timestamptz) TO pt_jobs;
