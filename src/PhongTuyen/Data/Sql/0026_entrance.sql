-- Every page shows how many notices wait, and most show figures: both come with the entrance, so that a page goes to the database less often.

CREATE FUNCTION pt.at_this_moment(account uuid) RETURNS TABLE (unread int, version bigint, waiting bigint, last bigint) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT (SELECT count(*)::int FROM (SELECT 1 FROM notice WHERE account_id = account AND read_at IS NULL LIMIT 99) n), f.version, d.waiting, d.last
    FROM report_fold f, (SELECT count(*) AS waiting, coalesce(max(id), 0) AS last FROM report_delta) d
$$;
REVOKE ALL ON FUNCTION pt.at_this_moment(uuid) FROM public;

DROP FUNCTION pt.enter(bytea, smallint[], smallint[], timestamptz, interval);
DROP FUNCTION pt.act_as(uuid, smallint[], smallint[], timestamptz);
CREATE FUNCTION pt.enter(token bytea, wanted smallint[], faceless smallint[], now timestamptz, idle interval) RETURNS TABLE (
    account_id uuid, session_id uuid, user_name text, display_name text, unit_id int, language smallint, must_change_password boolean,
    second_factor boolean, roles smallint[], units int[], provinces int[], districts int[], communes int[], names boolean,
    unread int, figures_version bigint, figures_waiting bigint, figures_last bigint)
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
  SELECT m.* INTO unread, figures_version, figures_waiting, figures_last FROM at_this_moment(account_id) m;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.enter(bytea, smallint[], smallint[], timestamptz, interval) FROM public;
GRANT EXECUTE ON FUNCTION pt.enter(bytea, smallint[], smallint[], timestamptz, interval) TO pt_app;

-- The same for work done later in somebody's name (an import in the background) and for the operator's command line.
CREATE FUNCTION pt.act_as(account uuid, wanted smallint[], faceless smallint[], now timestamptz) RETURNS TABLE (
    account_id uuid, session_id uuid, user_name text, display_name text, unit_id int, language smallint, must_change_password boolean,
    second_factor boolean, roles smallint[], units int[], provinces int[], districts int[], communes int[], names boolean,
    unread int, figures_version bigint, figures_waiting bigint, figures_last bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  SELECT a.id, a.user_name, a.display_name, a.unit_id, a.language, a.must_change_password, false
    INTO account_id, user_name, display_name, unit_id, language, must_change_password, second_factor
    FROM account a WHERE a.id = account AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > now);
  IF account_id IS NULL THEN RETURN; END IF;
  SELECT t.* INTO roles, units, provinces, districts, communes, names FROM take_scope(account_id, wanted, faceless, now) t;
  SELECT m.* INTO unread, figures_version, figures_waiting, figures_last FROM at_this_moment(account_id) m;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.act_as(uuid, smallint[], smallint[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.act_as(uuid, smallint[], smallint[], timestamptz) TO pt_app;
