-- When who is answerable could enter data there is put together when it changes and not at each request: a province has hundreds of units, and asked of the rights of each officer it was half of the page.

-- The roles that enter data, as the program has them: what says so there writes here as well, and all that was put together anew.
CREATE FUNCTION pt.entering_roles() RETURNS smallint[] IMMUTABLE LANGUAGE sql AS $$ SELECT '{1,2,3,4}'::smallint[] $$;

ALTER TABLE pt.oversight_officer ADD COLUMN able tstzmultirange NOT NULL DEFAULT '{}';
DROP INDEX pt.oversight_officer_account;
CREATE INDEX oversight_officer_account ON pt.oversight_officer (account_id);

-- When an account could enter data for a unit, as far as is written.
CREATE FUNCTION pt.able_at(account uuid, unit int) RETURNS tstzmultirange STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT coalesce(range_agg(tstzrange(r.since, least(r.until, a.expires_at))), '{}') FROM account a JOIN account_right r ON r.account_id = a.id JOIN unit u ON u.id = $2
    WHERE a.id = $1 AND a.state = 1 AND r.role = ANY (pt.entering_roles()) AND pt.right_over(r, u) AND r.since < coalesce(least(r.until, a.expires_at), 'infinity')
$$;
REVOKE ALL ON FUNCTION pt.able_at(uuid, int) FROM public;

-- Written anew for these accounts, those who are not answerable any more included: what is taken back has it then. What it is made of does not change in between: whoever changes an account or
-- its rights holds the account, whoever places a unit elsewhere the unit.
CREATE FUNCTION pt.write_able(accounts uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT 1 FROM unit u WHERE u.id IN (SELECT o.unit_id FROM oversight_officer o WHERE o.account_id = ANY (accounts)) ORDER BY u.id FOR SHARE;
  UPDATE oversight_officer o SET able = n.able FROM (SELECT f.id, able_at(f.account_id, f.unit_id) AS able FROM oversight_officer f WHERE f.account_id = ANY (accounts)) n WHERE n.id = o.id AND o.able <> n.able;
$$;
REVOKE ALL ON FUNCTION pt.write_able(uuid[]) FROM public;

CREATE FUNCTION pt.able_named() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  PERFORM 1 FROM unit u WHERE u.id = NEW.unit_id FOR SHARE;
  PERFORM 1 FROM account a WHERE a.id = NEW.account_id FOR SHARE;
  NEW.able := able_at(NEW.account_id, NEW.unit_id);
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION pt.able_named() FROM public;
CREATE TRIGGER able_named BEFORE INSERT ON pt.oversight_officer FOR EACH ROW EXECUTE FUNCTION pt.able_named();

CREATE FUNCTION pt.able_follows_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  PERFORM write_able(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.able_follows_account() FROM public;
CREATE TRIGGER able_follows AFTER UPDATE OF state, expires_at ON pt.account FOR EACH ROW WHEN ((OLD.state, OLD.expires_at) IS DISTINCT FROM (NEW.state, NEW.expires_at)) EXECUTE FUNCTION pt.able_follows_account();

-- A unit that stands elsewhere takes its officers along.
CREATE FUNCTION pt.able_follows_unit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  PERFORM 1 FROM account a WHERE a.id IN (SELECT o.account_id FROM oversight_officer o WHERE o.unit_id = NEW.id) ORDER BY a.id FOR SHARE;
  UPDATE oversight_officer o SET province_id = NEW.province_id, district_id = NEW.district_id, commune_id = NEW.commune_id, able = able_at(o.account_id, o.unit_id) WHERE o.unit_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.able_follows_unit() FROM public;
CREATE TRIGGER able_follows AFTER UPDATE OF province_id, district_id, commune_id ON pt.unit FOR EACH ROW
  WHEN ((OLD.province_id, OLD.district_id, OLD.commune_id) IS DISTINCT FROM (NEW.province_id, NEW.district_id, NEW.commune_id)) EXECUTE FUNCTION pt.able_follows_unit();

-- As before (0065), and of the officers, too.
CREATE OR REPLACE FUNCTION pt.reach_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE accounts uuid[] := ARRAY(SELECT DISTINCT t.account_id FROM touched t);
BEGIN
  IF accounts <> '{}' THEN
    PERFORM write_reach(accounts);
    PERFORM write_able(accounts);
  END IF;
  RETURN NULL;
END $$;
ALTER TABLE pt.oversight_officer ENABLE ALWAYS TRIGGER able_named;
ALTER TABLE pt.account ENABLE ALWAYS TRIGGER able_follows;
ALTER TABLE pt.unit ENABLE ALWAYS TRIGGER able_follows;
UPDATE pt.oversight_officer o SET province_id = u.province_id, district_id = u.district_id, commune_id = u.commune_id, able = pt.able_at(o.account_id, o.unit_id) FROM pt.unit u WHERE u.id = o.unit_id;

-- As before (0065), for these units (null: for all of the asker's): the name, which those of another unit do not read by themselves.
DROP FUNCTION pt.duty_officers(uuid[], smallint[], timestamptz);
CREATE FUNCTION pt.duty_officers(duty uuid, units int[], now timestamptz) RETURNS TABLE (unit_id int, account_id uuid, name text, able boolean) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT o.unit_id, a.id, a.display_name, o.able @> $3 FROM oversight_officer o JOIN account a ON a.id = o.account_id
    WHERE o.duty_id = $1 AND o.ended_at IS NULL AND ($2 IS NULL OR o.unit_id = ANY ($2)) AND (o.province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[]) OR o.district_id = ANY ((SELECT pt.ints('pt.districts'))::int[])
      OR o.commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[]) OR o.unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]))
$$;
REVOKE ALL ON FUNCTION pt.duty_officers(uuid, int[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.duty_officers(uuid, int[], timestamptz) TO pt_app;
