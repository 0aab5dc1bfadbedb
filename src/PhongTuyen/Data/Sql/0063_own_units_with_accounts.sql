-- The same of the asker's units alone. The scope is asked once and not again for each account and each role that is looked at.
CREATE FUNCTION pt.own_units_with_accounts(now timestamptz) RETURNS TABLE (unit_id int, best int, usable int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT w.unit_id, w.best, w.usable FROM pt.units_with_accounts($1) w WHERE w.unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])
$$;
REVOKE ALL ON FUNCTION pt.own_units_with_accounts(timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.own_units_with_accounts(timestamptz) TO pt_app;
