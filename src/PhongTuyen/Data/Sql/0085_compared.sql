-- Whether the second typing of one's own paper was compared with it. From then on the unit decides, and who typed it first does not write over what was decided; a paper that was sent back is theirs again.
CREATE FUNCTION pt.paper_compared(entry uuid) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM paper_double d JOIN paper_entry e ON e.id = d.entry_id WHERE d.entry_id = $1 AND d.state = 2 AND d.first_account_id = pt.actor() AND e.state = 1)
$$;
REVOKE ALL ON FUNCTION pt.paper_compared(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.paper_compared(uuid) TO pt_app;
