-- As before (0045); the scope is read once for the statement, and not again for each unit: a province has hundreds of them, and the list of its own is long, so that it is asked last.
CREATE OR REPLACE FUNCTION pt.duty_officers(duty uuid, roles smallint[], now timestamptz) RETURNS TABLE (unit_id int, account_id uuid, name text, able boolean) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT o.unit_id, a.id, a.display_name, a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > $3)
      AND EXISTS (SELECT 1 FROM account_right r WHERE r.account_id = a.id AND r.role = ANY ($2) AND pt.right_over(r, u) AND r.since <= $3 AND (r.until IS NULL OR r.until > $3))
    FROM oversight_officer o JOIN account a ON a.id = o.account_id JOIN unit u ON u.id = o.unit_id
    WHERE o.duty_id = $1 AND o.ended_at IS NULL AND (u.province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[]) OR u.district_id = ANY ((SELECT pt.ints('pt.districts'))::int[])
      OR u.commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[]) OR u.id = ANY ((SELECT pt.ints('pt.units'))::int[]))
$$;
