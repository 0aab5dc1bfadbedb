-- The operation page: when the audit was last verified, and with what result.

CREATE TABLE pt.audit_check (
  at timestamptz PRIMARY KEY,
  seals bigint NOT NULL,
  rows bigint NOT NULL,
  unsealed bigint NOT NULL,
  fault text                        -- null: all is well
);
ALTER TABLE pt.audit_check ENABLE ROW LEVEL SECURITY;
CREATE POLICY jobs ON pt.audit_check TO pt_jobs USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (fault) ON pt.audit_check TO pt_jobs;
