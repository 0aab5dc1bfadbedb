-- The audit. Rows are written in the transaction of the act, unchained; one sealer chains them about once a second.

CREATE TABLE pt.audit_event (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  xact xid8 NOT NULL DEFAULT pg_current_xact_id(),   -- a seal covers a range of transactions, so no row can slip in behind it
  account_id uuid,                                    -- null: nobody was signed in
  session_id uuid,
  unit_id int NOT NULL DEFAULT 0,                     -- the unit in whose name it was done
  act text COLLATE "C" NOT NULL,                      -- stay.admitted, person.listed, person.unmasked …
  subject_kind text COLLATE "C" NOT NULL,
  subject_id text COLLATE "C" NOT NULL,
  persons uuid[] NOT NULL DEFAULT '{}',               -- everyone who was shown or touched
  purpose text,
  detail text NOT NULL DEFAULT '{}'                   -- JSON: ids, field names, salted hashes; never a value of a person
);
CREATE INDEX audit_event_xact ON pt.audit_event (xact, id);
CREATE INDEX audit_event_unit ON pt.audit_event (unit_id, at DESC, id);
CREATE INDEX audit_event_subject ON pt.audit_event (subject_kind, subject_id, at);

-- The values behind the hashes, apart, so that erasing a person does not break the chain.
CREATE TABLE pt.audit_value (
  audit_id uuid NOT NULL,
  entity text COLLATE "C" NOT NULL,
  entity_id text COLLATE "C" NOT NULL,
  field text COLLATE "C" NOT NULL,
  person_id uuid,
  salt bytea NOT NULL,
  before text,
  after text,
  PRIMARY KEY (audit_id, entity, entity_id, field)
);
CREATE INDEX audit_value_entity ON pt.audit_value (entity, entity_id);
CREATE INDEX audit_value_person ON pt.audit_value (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE pt.audit_seal (
  no bigint PRIMARY KEY,
  sealed_at timestamptz NOT NULL,
  from_xact xid8 NOT NULL,          -- included
  to_xact xid8 NOT NULL,            -- excluded: every transaction below it had ended
  rows int NOT NULL,
  row_hashes bytea NOT NULL,        -- the first 8 bytes of each row's SHA-256, in order: names the bad row
  root bytea NOT NULL,              -- SHA-256 of the whole row hashes, in order
  previous bytea NOT NULL,
  seal bytea NOT NULL               -- SHA-256 of no, range, rows, root and previous
);

ALTER TABLE pt.audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE pt.audit_value ENABLE ROW LEVEL SECURITY;
ALTER TABLE pt.audit_seal ENABLE ROW LEVEL SECURITY;
-- Written for anybody, as oneself; read for one's own units (who entered what) and never changed.
CREATE POLICY written ON pt.audit_event FOR INSERT TO pt_app WITH CHECK (account_id IS NOT DISTINCT FROM (SELECT pt.actor()));
CREATE POLICY own_units ON pt.audit_event FOR SELECT TO pt_app
  USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR account_id = (SELECT pt.actor()));
CREATE POLICY written ON pt.audit_value FOR INSERT TO pt_app WITH CHECK (true);
CREATE POLICY own_units ON pt.audit_value FOR SELECT TO pt_app
  USING ((SELECT pt.sees_names()) AND EXISTS (SELECT 1 FROM pt.audit_event e WHERE e.id = audit_id));
CREATE POLICY jobs ON pt.audit_event FOR SELECT TO pt_jobs USING (true);
CREATE POLICY jobs_write ON pt.audit_event FOR INSERT TO pt_jobs WITH CHECK (true);
CREATE POLICY jobs ON pt.audit_value FOR SELECT TO pt_jobs USING (true);
CREATE POLICY jobs ON pt.audit_seal TO pt_jobs USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON pt.audit_event, pt.audit_value TO pt_app;
GRANT SELECT, INSERT ON pt.audit_event, pt.audit_seal TO pt_jobs;
GRANT SELECT ON pt.audit_value TO pt_jobs;
