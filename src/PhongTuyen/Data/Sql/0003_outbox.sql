-- What leaves the house: created once per intent, in the transaction of its cause; sent later by a worker with a lease.

CREATE TABLE pt.outbox_message (
  id uuid PRIMARY KEY,
  intent text COLLATE "C" NOT NULL UNIQUE,   -- one message per intent, however often it is asked for
  channel smallint NOT NULL,                 -- 1 mail
  alert boolean NOT NULL DEFAULT false,      -- an alert whose acceptance is unknown is repeated, with the same key
  content bytea NOT NULL,                    -- sealed: recipient, subject, text
  created_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  state smallint NOT NULL DEFAULT 0,         -- 0 waiting, 1 sent, 2 acceptance unknown, 3 parked
  attempts smallint NOT NULL DEFAULT 0,
  leased_until timestamptz,
  lease uuid,                                -- fencing: only the holder may write the result
  sent_at timestamptz,
  fault text                                 -- class of the last fault, never the recipient
);
CREATE INDEX outbox_message_due ON pt.outbox_message (due_at, id) WHERE state = 0;
CREATE INDEX outbox_message_parked ON pt.outbox_message (created_at) WHERE state IN (2, 3);
ALTER TABLE pt.outbox_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY written ON pt.outbox_message FOR INSERT TO pt_app WITH CHECK (true);
CREATE POLICY jobs ON pt.outbox_message TO pt_jobs USING (true) WITH CHECK (true);
GRANT INSERT ON pt.outbox_message TO pt_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON pt.outbox_message TO pt_jobs;
