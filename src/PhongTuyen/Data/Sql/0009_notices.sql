-- Notices inside the program, to one account.

CREATE TABLE pt.notice (
  id uuid PRIMARY KEY,
  intent text COLLATE "C" NOT NULL,            -- once per intent and account
  account_id uuid NOT NULL REFERENCES pt.account,
  text_key text COLLATE "C" NOT NULL,
  details text NOT NULL DEFAULT '{}',          -- JSON that fills the sentence; no number and no name of a person
  link text,
  urgent boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  read_at timestamptz,
  UNIQUE (account_id, intent)
);
CREATE INDEX notice_account ON pt.notice (account_id, created_at DESC, id);
CREATE INDEX notice_unread ON pt.notice (account_id) WHERE read_at IS NULL;
ALTER TABLE pt.notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON pt.notice FOR SELECT TO pt_app USING (account_id = (SELECT pt.actor()));
CREATE POLICY own_read ON pt.notice FOR UPDATE TO pt_app USING (account_id = (SELECT pt.actor()));
GRANT SELECT, UPDATE (read_at) ON pt.notice TO pt_app;

-- A notice goes to those who hold one of these roles over a unit, wherever they sit; the sender does not see who that is.
CREATE FUNCTION pt.tell_unit(intent text, unit int, roles smallint[], text_key text, details text, link text, urgent boolean, now timestamptz)
  RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE told int;
BEGIN
  INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
  SELECT gen_random_uuid(), tell_unit.intent, a.id, tell_unit.text_key, tell_unit.details, tell_unit.link, tell_unit.urgent, now
    FROM account a WHERE a.state = 1 AND EXISTS (SELECT 1 FROM account_right r WHERE r.account_id = a.id AND r.role = ANY (tell_unit.roles)
      AND tell_unit.unit = ANY (r.units) AND r.since <= now AND (r.until IS NULL OR r.until > now))
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS told = ROW_COUNT;
  RETURN told;
END $$;
REVOKE ALL ON FUNCTION pt.tell_unit(text, int, smallint[], text, text, text, boolean, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tell_unit(text, int, smallint[], text, text, text, boolean, timestamptz) TO pt_app, pt_jobs;
