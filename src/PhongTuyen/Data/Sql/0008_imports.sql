-- Files of rows, from upload to undo. The cells are sealed: they hold document numbers and telephones.

CREATE TABLE pt.import_run (
  id uuid PRIMARY KEY,
  unit_id int NOT NULL,                        -- in whose name it is done
  province_id int NOT NULL DEFAULT 0,
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  account_id uuid NOT NULL,
  file_name text NOT NULL,
  fingerprint bytea NOT NULL,                  -- SHA-256 of the file
  headers text[] NOT NULL,
  mapping text NOT NULL,                       -- JSON: profile, columns → fields, constants, as-of day
  profile text,
  state smallint NOT NULL DEFAULT 0,           -- 0 mapping, 1 checked, 2 committing, 3 done, 4 undoing, 5 undone, 6 failed, 7 checking
  read int NOT NULL DEFAULT 0,
  accepted int NOT NULL DEFAULT 0,
  duplicate int NOT NULL DEFAULT 0,
  rejected int NOT NULL DEFAULT 0,
  findings int NOT NULL DEFAULT 0,
  progress int NOT NULL DEFAULT 0,
  fault text,
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  undone_by uuid,
  leased_until timestamptz,
  version int NOT NULL DEFAULT 1
);
CREATE INDEX import_run_unit ON pt.import_run (unit_id, created_at DESC, id);
CREATE INDEX import_run_work ON pt.import_run (created_at) WHERE state IN (2, 4, 7);

CREATE TABLE pt.import_row (
  import_id uuid NOT NULL REFERENCES pt.import_run ON DELETE CASCADE,
  number int NOT NULL,                         -- as the spreadsheet shows it
  unit_id int NOT NULL,
  province_id int NOT NULL DEFAULT 0,
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  cells bytea NOT NULL,                        -- sealed JSON of the row as read
  row_key bytea NOT NULL,                      -- keyed hash of what identifies the row: finds it again in another file
  verdict smallint NOT NULL DEFAULT 0,         -- 0 ready, 1 accepted, 2 duplicate, 3 rejected
  problems text NOT NULL DEFAULT '[]',         -- JSON: code, field and harmless details
  person_id uuid,
  PRIMARY KEY (import_id, number)
);
CREATE INDEX import_row_key ON pt.import_row (row_key) WHERE verdict = 1;

-- A column mapping kept for the next file of the same source.
CREATE TABLE pt.import_profile (
  id uuid PRIMARY KEY,
  unit_id int NOT NULL,
  province_id int NOT NULL DEFAULT 0,
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  name text NOT NULL,
  headers text[] NOT NULL,
  mapping text NOT NULL,
  saved_at timestamptz NOT NULL,
  saved_by uuid NOT NULL,
  UNIQUE (unit_id, name)
);
CALL pt.guard('pt.import_run', names => true);
CALL pt.guard('pt.import_row', names => true);
CALL pt.guard('pt.import_profile', names => true);
GRANT SELECT, INSERT, UPDATE, DELETE ON pt.import_run, pt.import_row, pt.import_profile TO pt_app;
-- The background worker finds what there is to do; the work itself is done in the name of the account that asked for it.
CREATE POLICY jobs ON pt.import_run FOR SELECT TO pt_jobs USING (true);
CREATE POLICY jobs_lease ON pt.import_run FOR UPDATE TO pt_jobs USING (true);
GRANT SELECT ON pt.import_run TO pt_jobs;
GRANT UPDATE (leased_until, state, fault) ON pt.import_run TO pt_jobs;
