-- Every request comes in here: the scope of an account with one grant is copied from it, and what only these two functions call
-- changes no search path of its own.
CREATE OR REPLACE FUNCTION pt.take_scope(account uuid, wanted smallint[], faceless smallint[], now timestamptz) RETURNS TABLE (
    roles smallint[], units int[], provinces int[], districts int[], communes int[], names boolean)
  LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE grants int;
BEGIN
  -- Figures and names may come from different grants: where any wanted role shows names, only those grants make the scope.
  SELECT coalesce(bool_or(r.role = ANY (wanted) AND NOT r.role = ANY (faceless)), false), array_agg(DISTINCT r.role),
         CASE WHEN bool_or(r.role = ANY (wanted) AND NOT r.role = ANY (faceless)) THEN count(*) FILTER (WHERE r.role = ANY (wanted) AND NOT r.role = ANY (faceless))
              ELSE count(*) FILTER (WHERE r.role = ANY (wanted)) END
    INTO names, roles, grants FROM pt.account_right r WHERE r.account_id = account AND r.since <= now AND (r.until IS NULL OR r.until > now);
  IF grants = 1 THEN
    SELECT r.units, r.provinces, r.districts, r.communes INTO units, provinces, districts, communes FROM pt.account_right r
      WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless));
  ELSIF grants > 1 THEN
    WITH these AS (SELECT r.* FROM pt.account_right r WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless)))
    SELECT (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.units) x), (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.provinces) x),
           (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.districts) x), (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.communes) x)
      INTO units, provinces, districts, communes;
  END IF;
  roles := coalesce(roles, '{}'); units := coalesce(units, '{}'); provinces := coalesce(provinces, '{}'); districts := coalesce(districts, '{}'); communes := coalesce(communes, '{}');
  PERFORM set_config('pt.actor', account::text, true), set_config('pt.sight', CASE WHEN names THEN 'names' ELSE 'figures' END, true),
    set_config('pt.units', units::text, true), set_config('pt.provinces', provinces::text, true),
    set_config('pt.districts', districts::text, true), set_config('pt.communes', communes::text, true);
  RETURN NEXT;
END $$;

CREATE OR REPLACE FUNCTION pt.at_this_moment(account uuid) RETURNS TABLE (unread int, version bigint, waiting bigint, last bigint) STABLE LANGUAGE sql SECURITY INVOKER AS $$
  SELECT (SELECT count(*)::int FROM (SELECT 1 FROM pt.notice WHERE account_id = account AND read_at IS NULL LIMIT 99) n), f.version, d.waiting, d.last
    FROM pt.report_fold f, (SELECT count(*) AS waiting, coalesce(max(id), 0) AS last FROM pt.report_delta) d
$$;
