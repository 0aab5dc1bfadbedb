-- What does not change from row to row is asked once a statement: a policy that called pt.actor() read and parsed a setting for every row that it looked at.
ALTER POLICY everybody ON pt.quarantine_facility USING ((SELECT pt.actor()) IS NOT NULL);
ALTER POLICY everybody ON pt.quarantine_licence USING ((SELECT pt.actor()) IS NOT NULL);
ALTER POLICY everybody ON pt.quarantine_room USING ((SELECT pt.actor()) IS NOT NULL);
ALTER POLICY everybody ON pt.quarantine_bed USING ((SELECT pt.actor()) IS NOT NULL);
ALTER POLICY everybody ON pt.quarantine_reach USING ((SELECT pt.actor()) IS NOT NULL);
ALTER POLICY everybody ON pt.account_deadline USING ((SELECT pt.actor()) IS NOT NULL);

-- How often a unit had its first stay in an area. While it stands the same, what was read of the reach of units still holds: it comes with the entrance, so that a list
-- asks for the reach of hundreds of units when it has changed and not each time.
CREATE TABLE pt.quarantine_reach_mark (version bigint NOT NULL);
CREATE UNIQUE INDEX quarantine_reach_mark_one ON pt.quarantine_reach_mark ((true));
INSERT INTO pt.quarantine_reach_mark VALUES (1);

CREATE FUNCTION pt.quarantine_reach_grew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE quarantine_reach_mark SET version = version + 1;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.quarantine_reach_grew() FROM public;
-- With the commit, as the last thing that a transaction waits for: who holds it waits for nobody.
CREATE CONSTRAINT TRIGGER reach_grew AFTER INSERT ON pt.quarantine_reach DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pt.quarantine_reach_grew();

DROP FUNCTION pt.at_this_moment(uuid);
CREATE FUNCTION pt.at_this_moment(account uuid) RETURNS TABLE (unread int, version bigint, waiting bigint, last bigint, reach bigint) STABLE LANGUAGE sql SECURITY INVOKER AS $$
  SELECT (SELECT count(*)::int FROM (SELECT 1 FROM pt.notice WHERE account_id = account AND read_at IS NULL LIMIT 99) n), f.version, d.waiting, d.last, r.version
    FROM pt.report_fold f, (SELECT count(*) AS waiting, coalesce(max(id), 0) AS last FROM pt.report_delta) d, pt.quarantine_reach_mark r
$$;
REVOKE ALL ON FUNCTION pt.at_this_moment(uuid) FROM public;

-- The units of a scope as the settings of a request want them, written when the rights are: hundreds of numbers were printed, sent one by one and read again at each request.
ALTER TABLE pt.account_right ADD COLUMN units_text text NOT NULL DEFAULT '{}';
CREATE FUNCTION pt.account_right_text() RETURNS trigger LANGUAGE plpgsql SET search_path = pt, pg_temp AS $$
BEGIN
  NEW.units_text := NEW.units::text;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION pt.account_right_text() FROM public;
CREATE TRIGGER written BEFORE INSERT OR UPDATE ON pt.account_right FOR EACH ROW EXECUTE FUNCTION pt.account_right_text();
-- Also where somebody fills the tables with their triggers set aside: without its text a right opens nothing.
ALTER TABLE pt.account_right ENABLE ALWAYS TRIGGER written;
UPDATE pt.account_right SET units_text = units::text;

DROP FUNCTION pt.take_scope(uuid, smallint[], smallint[], timestamptz);
CREATE FUNCTION pt.take_scope(account uuid, wanted smallint[], faceless smallint[], now timestamptz)
  RETURNS TABLE (roles smallint[], units text, provinces int[], districts int[], communes int[], names boolean) LANGUAGE plpgsql AS $$
DECLARE several boolean;
BEGIN
  -- Figures and names may come from different grants: where any wanted role shows names, only those grants make the scope.
  SELECT coalesce(bool_or(r.role = ANY (wanted) AND NOT r.role = ANY (faceless)), false), array_agg(DISTINCT r.role) INTO names, roles
    FROM pt.account_right r WHERE r.account_id = account AND r.since <= now AND (r.until IS NULL OR r.until > now);
  SELECT count(nullif(r.units_text, '{}')) > 1 OR count(nullif(r.provinces, '{}')) > 1 OR count(nullif(r.districts, '{}')) > 1 OR count(nullif(r.communes, '{}')) > 1,
         max(nullif(r.units_text, '{}')), max(r.provinces), max(r.districts), max(r.communes) INTO several, units, provinces, districts, communes
    FROM pt.account_right r WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless));
  IF several THEN
    WITH these AS (SELECT r.* FROM pt.account_right r WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless)))
    SELECT (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.units) x)::text, (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.provinces) x),
           (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.districts) x), (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.communes) x)
      INTO units, provinces, districts, communes;
  END IF;
  roles := coalesce(roles, '{}'); units := coalesce(units, '{}'); provinces := coalesce(provinces, '{}'); districts := coalesce(districts, '{}'); communes := coalesce(communes, '{}');
  PERFORM set_config('pt.actor', account::text, true), set_config('pt.sight', CASE WHEN names THEN 'names' ELSE 'figures' END, true),
    set_config('pt.units', units, true), set_config('pt.provinces', provinces::text, true),
    set_config('pt.districts', districts::text, true), set_config('pt.communes', communes::text, true);
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.take_scope(uuid, smallint[], smallint[], timestamptz) FROM public;

DROP FUNCTION pt.enter(bytea, smallint[], smallint[], timestamptz, interval);
CREATE FUNCTION pt.enter(token bytea, wanted smallint[], faceless smallint[], now timestamptz, idle interval) RETURNS TABLE (
    account_id uuid, session_id uuid, user_name text, display_name text, unit_id int, language smallint, must_change_password boolean,
    second_factor boolean, roles smallint[], units text, provinces int[], districts int[], communes int[], names boolean,
    unread int, figures_version bigint, figures_waiting bigint, figures_last bigint, reach bigint)
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
  SELECT m.* INTO unread, figures_version, figures_waiting, figures_last, reach FROM at_this_moment(account_id) m;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.enter(bytea, smallint[], smallint[], timestamptz, interval) FROM public;
GRANT EXECUTE ON FUNCTION pt.enter(bytea, smallint[], smallint[], timestamptz, interval) TO pt_app;

DROP FUNCTION pt.act_as(uuid, smallint[], smallint[], timestamptz);
CREATE FUNCTION pt.act_as(account uuid, wanted smallint[], faceless smallint[], now timestamptz) RETURNS TABLE (
    account_id uuid, session_id uuid, user_name text, display_name text, unit_id int, language smallint, must_change_password boolean,
    second_factor boolean, roles smallint[], units text, provinces int[], districts int[], communes int[], names boolean,
    unread int, figures_version bigint, figures_waiting bigint, figures_last bigint, reach bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  SELECT a.id, a.user_name, a.display_name, a.unit_id, a.language, a.must_change_password, false
    INTO account_id, user_name, display_name, unit_id, language, must_change_password, second_factor
    FROM account a WHERE a.id = account AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > now);
  IF account_id IS NULL THEN RETURN; END IF;
  SELECT t.* INTO roles, units, provinces, districts, communes, names FROM take_scope(account_id, wanted, faceless, now) t;
  SELECT m.* INTO unread, figures_version, figures_waiting, figures_last, reach FROM at_this_moment(account_id) m;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION pt.act_as(uuid, smallint[], smallint[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.act_as(uuid, smallint[], smallint[], timestamptz) TO pt_app;
