-- What the pages of accounts and units found wrong in earlier steps.

-- A first password could never be handed out: "account" was the parameter and the table at once.
CREATE OR REPLACE FUNCTION pt.issue_secret(account uuid, hash text, stamp text, now timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF issue_secret.account = pt.actor() OR NOT EXISTS (SELECT 1 FROM account a WHERE a.id = issue_secret.account AND a.unit_id = ANY (pt.ints('pt.units'))) THEN RETURN false; END IF;
  INSERT INTO account_secret AS s (account_id, password_hash, security_stamp) VALUES (issue_secret.account, hash, stamp)
    ON CONFLICT (account_id) DO UPDATE SET password_hash = hash, security_stamp = stamp, two_factor = false, authenticator_key = NULL,
      recovery_codes = '{}', failed = 0, locked_until = NULL;
  UPDATE account a SET must_change_password = true, version = a.version + 1 WHERE a.id = issue_secret.account;
  UPDATE account_session e SET ended_at = issue_secret.now, ended_by = pt.actor() WHERE e.account_id = issue_secret.account AND e.ended_at IS NULL;
  RETURN true;
END $$;

-- A new unit's number is taken before its row is written, so that the audit can name it.
GRANT USAGE ON SEQUENCE pt.unit_id_seq TO pt_app;
