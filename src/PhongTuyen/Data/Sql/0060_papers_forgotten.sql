-- What was typed of a paper that was taken stands twice: in the register, where it is kept by rule, and with the paper. The second is forgotten after some days; that there was a paper, who typed it and whom it became stays.
CREATE INDEX paper_entry_forget ON pt.paper_entry (settled_at) WHERE state = 4 AND content <> '';
CREATE FUNCTION pt.forget_papers(before timestamptz) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH gone AS (UPDATE paper_entry SET content = '', number_index = NULL WHERE id IN (SELECT e.id FROM paper_entry e WHERE e.state = 4 AND e.content <> '' AND e.settled_at < $1 ORDER BY e.settled_at LIMIT 5000) RETURNING 1)
  SELECT count(*)::int FROM gone
$$;
REVOKE ALL ON FUNCTION pt.forget_papers(timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.forget_papers(timestamptz) TO pt_jobs;
