-- The keys of sealed fields are changed while the program is in use: which key counts is said here, and how far a change is.
-- The key file may hold more keys than key_prints names; what is not named is not used. So a copy of the file that was made at the beginning of a change is good after it too.
ALTER TABLE pt.installation ADD COLUMN key_current int,          -- new values are sealed with it; null: as the key file says
  ADD COLUMN key_edition int NOT NULL DEFAULT 1;                 -- grows whenever the keys in use change: running programs follow
GRANT UPDATE (key_current) ON pt.installation TO pt_jobs;

CREATE TABLE pt.key_rotation (
  key int PRIMARY KEY,                         -- the new key
  old int NOT NULL,
  begun_at timestamptz NOT NULL,
  current_at timestamptz,                      -- from then on new values are sealed with it
  ended_at timestamptz                         -- the old key is no longer used
);
-- One row for each table with sealed values: where the work goes on.
CREATE TABLE pt.key_rotation_table (
  key int NOT NULL REFERENCES pt.key_rotation,
  name text COLLATE "C" NOT NULL,
  position text[],                             -- the primary key of the last row that was sealed anew; null: from the beginning
  total bigint NOT NULL,                       -- rows under another key when it began
  done bigint NOT NULL DEFAULT 0,
  sweeps int NOT NULL DEFAULT 0,               -- how often it has been gone through
  ended_at timestamptz,                        -- nothing was left under another key
  PRIMARY KEY (key, name)
);
GRANT SELECT ON pt.key_rotation, pt.key_rotation_table TO pt_jobs;

-- What was typed of a paper is the same under another key: no new sample is taken of it.
DROP TRIGGER sample ON pt.paper_entry;
CREATE TRIGGER sample AFTER INSERT OR UPDATE OF content ON pt.paper_entry FOR EACH ROW WHEN (NEW.state = 1 AND current_setting('pt.resealing', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION pt.paper_sample();

-- While two keys are in use an index tells nothing about an index under the other: the numbers of these persons, sealed, to be compared under one key. Kind 0: a telephone.
CREATE FUNCTION pt.match_seals(persons uuid[]) RETURNS TABLE (person_id uuid, kind smallint, id uuid, number bytea) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT d.person_id, d.kind, d.id, d.number FROM person_document d WHERE d.person_id = ANY (persons) AND pt.sees_names()
  UNION ALL SELECT h.person_id, 0::smallint, h.id, h.number FROM person_phone h WHERE h.person_id = ANY (persons) AND pt.sees_names()
$$;
REVOKE ALL ON FUNCTION pt.match_seals(uuid[]) FROM public;
GRANT EXECUTE ON FUNCTION pt.match_seals(uuid[]) TO pt_app;
