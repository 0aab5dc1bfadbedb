-- Scans and photographs of papers that volunteers type: each belongs to a batch, and what was typed says from which it was typed.
ALTER TABLE pt.paper_batch ADD COLUMN files int NOT NULL DEFAULT 0;  -- the number of the last file: none is given twice
GRANT UPDATE (files) ON pt.paper_batch TO pt_app;

CREATE TABLE pt.paper_file (
  id uuid PRIMARY KEY,
  batch_id uuid NOT NULL REFERENCES pt.paper_batch,
  no int NOT NULL CHECK (no >= 1),              -- in the order in which they were sent
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 4), -- by its content: 1 PDF, 2 JPEG, 3 PNG, 4 WebP
  bytes int NOT NULL,
  print bytea,                                  -- keyed hash of the content: finds the same file within this batch, and in no other place; null: forgotten
  content bytea NOT NULL,                       -- sealed; no byte: forgotten
  papers int NOT NULL DEFAULT 0,                -- typed from it
  entered_at timestamptz NOT NULL,
  entered_by uuid NOT NULL,
  UNIQUE (batch_id, no),
  UNIQUE (id, batch_id),
  CHECK ((print IS NULL) = (content = ''))
);
-- What is sealed cannot be squeezed.
ALTER TABLE pt.paper_file ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX paper_file_print ON pt.paper_file (batch_id, print) WHERE print IS NOT NULL;
CREATE INDEX paper_file_forget ON pt.paper_file (entered_at) WHERE print IS NOT NULL;

ALTER TABLE pt.paper_entry ADD COLUMN file_id uuid, ADD FOREIGN KEY (file_id, batch_id) REFERENCES pt.paper_file (id, batch_id);
CREATE INDEX paper_entry_file ON pt.paper_entry (file_id) WHERE file_id IS NOT NULL;
-- Who typed how well over a time, whatever the batch.
CREATE INDEX paper_entry_typed ON pt.paper_entry (typed_at);
CREATE INDEX paper_double_typed ON pt.paper_double (typed_at) WHERE state > 1;
CREATE FUNCTION pt.paper_file_typed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE paper_file SET papers = papers + 1 WHERE id = NEW.file_id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.paper_file_typed() FROM public;
CREATE TRIGGER of_file AFTER INSERT ON pt.paper_entry FOR EACH ROW WHEN (NEW.file_id IS NOT NULL) EXECUTE FUNCTION pt.paper_file_typed();

-- Files from which somebody was typed who is sealed from the asker. Few are sealed; a statement asks once.
CREATE FUNCTION pt.sealed_paper_files() RETURNS uuid[] STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT coalesce(array_agg(e.file_id), '{}') FROM paper_entry e WHERE e.person_id = ANY (pt.sealed_from_me()) AND e.file_id IS NOT NULL
$$;
REVOKE ALL ON FUNCTION pt.sealed_paper_files() FROM public;
GRANT EXECUTE ON FUNCTION pt.sealed_paper_files() TO pt_app;

ALTER TABLE pt.paper_file ENABLE ROW LEVEL SECURITY;
-- Staff of the unit.
CREATE POLICY of_unit ON pt.paper_file TO pt_app USING ((SELECT pt.sees_names()) AND EXISTS (SELECT 1 FROM pt.paper_batch b WHERE b.id = batch_id))
  WITH CHECK (entered_by = (SELECT pt.actor()) AND (SELECT pt.sees_names()) AND EXISTS (SELECT 1 FROM pt.paper_batch b WHERE b.id = batch_id));
-- Who has the papers now. Who types a sample again reads no row: their files come through the function below.
CREATE POLICY queue ON pt.paper_file FOR SELECT TO pt_app USING (EXISTS (SELECT 1 FROM pt.paper_batch b WHERE b.id = batch_id AND b.account_id = (SELECT pt.actor()) AND b.closed_at IS NULL));
CREATE POLICY sealed ON pt.paper_file AS RESTRICTIVE TO pt_app USING (id <> ALL ((SELECT pt.sealed_paper_files())::uuid[]));
GRANT SELECT, INSERT, DELETE ON pt.paper_file TO pt_app;

-- A paper that is typed again is typed from the same file.
DROP FUNCTION pt.papers_again(uuid);
CREATE FUNCTION pt.papers_again(batch uuid) RETURNS TABLE (entry_id uuid, no int, file_kind smallint) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT d.entry_id, d.no, f.kind FROM paper_batch b JOIN paper_double d ON d.batch_id = b.id JOIN paper_entry e ON e.id = d.entry_id LEFT JOIN paper_file f ON f.id = e.file_id AND f.print IS NOT NULL
    WHERE b.id = $1 AND b.second_account_id = pt.actor() AND b.closed_at IS NULL AND d.state = 1 AND d.first_account_id <> pt.actor() ORDER BY d.no
$$;
REVOKE ALL ON FUNCTION pt.papers_again(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.papers_again(uuid) TO pt_app;
-- As long as that paper waits for them, and no other.
CREATE FUNCTION pt.paper_again_file(entry uuid) RETURNS TABLE (batch_id uuid, id uuid, kind smallint, content bytea) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT b.id, f.id, f.kind, f.content FROM paper_double d JOIN paper_batch b ON b.id = d.batch_id JOIN paper_entry e ON e.id = d.entry_id JOIN paper_file f ON f.id = e.file_id
    WHERE d.entry_id = $1 AND b.second_account_id = pt.actor() AND b.closed_at IS NULL AND d.state = 1 AND d.first_account_id <> pt.actor() AND f.id <> ALL (pt.sealed_paper_files())
$$;
REVOKE ALL ON FUNCTION pt.paper_again_file(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.paper_again_file(uuid) TO pt_app;

-- A file is forgotten when all that was typed from it is settled, or its batch closed with nothing waiting, since a moment; and whatever waits, when it is older than the second one.
CREATE FUNCTION pt.forget_paper_files(before timestamptz, oldest timestamptz) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH gone AS (UPDATE paper_file SET content = '', print = NULL WHERE id IN (
    SELECT f.id FROM paper_file f JOIN paper_batch b ON b.id = f.batch_id WHERE f.print IS NOT NULL AND f.entered_at < greatest($1, $2) AND (f.entered_at < $2
      OR b.closed_at < $1 AND NOT EXISTS (SELECT 1 FROM paper_entry e WHERE e.batch_id = b.id AND e.state = 1)
      OR f.papers > 0 AND NOT EXISTS (SELECT 1 FROM paper_entry e WHERE e.file_id = f.id AND (e.state < 3 OR e.settled_at >= $1))) LIMIT 5000) RETURNING 1)
  SELECT count(*)::int FROM gone
$$;
REVOKE ALL ON FUNCTION pt.forget_paper_files(timestamptz, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.forget_paper_files(timestamptz, timestamptz) TO pt_jobs;
