-- Somebody's own password and second factor change in the transaction that writes the audit row: no row, no change. The pages still read no secret.
CREATE FUNCTION pt.change_own_password(old_hash text, new_hash text, stamp text, session uuid, now timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE account_secret SET password_hash = new_hash, security_stamp = stamp WHERE account_id = pt.actor() AND password_hash = old_hash;
  IF NOT FOUND THEN RETURN false; END IF;
  -- Whoever had the old password loses the session that it gave; this browser keeps its own.
  UPDATE account_session SET ended_at = now, ended_by = pt.actor() WHERE account_id = pt.actor() AND ended_at IS NULL AND id IS DISTINCT FROM session;
  RETURN true;
END $$;

-- With a sealed key it is turned on, without one off. False where it already is so.
CREATE FUNCTION pt.set_own_second_factor(sealed_key bytea, recovery text[], step bigint, session uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE account_secret SET two_factor = sealed_key IS NOT NULL, authenticator_key = sealed_key, recovery_codes = recovery, last_step = greatest(last_step, step)
    WHERE account_id = pt.actor() AND two_factor = (sealed_key IS NULL);
  IF NOT FOUND THEN RETURN false; END IF;
  IF sealed_key IS NOT NULL THEN UPDATE account_session SET second_factor = true WHERE id = session AND account_id = pt.actor(); END IF;
  RETURN true;
END $$;

CREATE FUNCTION pt.has_second_factor() RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT coalesce((SELECT two_factor FROM account_secret WHERE account_id = pt.actor()), false)
$$;
REVOKE ALL ON FUNCTION pt.change_own_password(text, text, text, uuid, timestamptz), pt.set_own_second_factor(bytea, text[], bigint, uuid), pt.has_second_factor() FROM public;
GRANT EXECUTE ON FUNCTION pt.change_own_password(text, text, text, uuid, timestamptz), pt.set_own_second_factor(bytea, text[], bigint, uuid), pt.has_second_factor() TO pt_app;

-- Asked once a second for all live streams of an instance together: a session that ended is missing, and the mark is another one when its rights were written anew.
CREATE FUNCTION pt.session_marks(tokens bytea[], now timestamptz) RETURNS TABLE (token bytea, mark text) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT s.token_hash, (SELECT count(*) || ':' || coalesce(string_agg(DISTINCT r.xmin::text, ','), '') FROM account_right r WHERE r.account_id = s.account_id AND r.since <= now AND (r.until IS NULL OR r.until > now))
    FROM account_session s JOIN account a ON a.id = s.account_id
    WHERE s.token_hash = ANY (tokens) AND s.ended_at IS NULL AND s.expires_at > now AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > now)
$$;
REVOKE ALL ON FUNCTION pt.session_marks(bytea[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.session_marks(bytea[], timestamptz) TO pt_jobs;

-- Tells those who hold one of these roles over offices or provinces that a grant opens, wherever they sit; not who gave it and not who got it.
-- The link goes only to those in whose units the account lies.
CREATE FUNCTION pt.tell_of_grant(intent text, account uuid, unit int, area int, roles smallint[], text_key text, details text, link text, now timestamptz) RETURNS int
  LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH RECURSIVE below AS (
    SELECT u.id FROM unit u WHERE u.id = $3
    UNION ALL SELECT u.id FROM unit u JOIN below b ON u.parent_id = b.id),
  made AS (
    INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
    SELECT gen_random_uuid(), $1, a.id, $6, $7,
        CASE WHEN EXISTS (SELECT 1 FROM account_right r JOIN account o ON o.id = $2 WHERE r.account_id = a.id AND r.role = ANY ($5) AND o.unit_id = ANY (r.units)) THEN $8 END, false, $9
      FROM account a JOIN account_secret s ON s.account_id = a.id
      WHERE a.state = 1 AND a.id <> $2 AND a.id <> pt.actor() AND EXISTS (SELECT 1 FROM account_right r WHERE r.account_id = a.id AND r.role = ANY ($5) AND r.since <= $9 AND (r.until IS NULL OR r.until > $9)
        AND (r.units && (SELECT array_agg(id) FROM below)
          OR EXISTS (SELECT 1 FROM area g WHERE g.id = $4 AND (g.level = 0 AND cardinality(r.provinces) > 0 OR g.province_id = ANY (r.provinces)))))
    ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*)::int FROM made
$$;
REVOKE ALL ON FUNCTION pt.tell_of_grant(text, uuid, int, int, smallint[], text, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tell_of_grant(text, uuid, int, int, smallint[], text, text, text, timestamptz) TO pt_app;
