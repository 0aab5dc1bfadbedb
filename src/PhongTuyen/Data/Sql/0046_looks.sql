-- Who looked at a person is answered with the lists in which the person stood, too. Only sights of lists stand in this index: an import of a thousand persons
-- is told in their course. Each page of a list writes some thirty entries at once; nothing is put off for somebody else's request to do.
CREATE INDEX audit_event_listed ON pt.audit_event USING gin (persons) WITH (fastupdate = off) WHERE act IN ('person.listed', 'person.searched', 'list.taken');

-- Who saw a person, newest first, for those who see the person. Whose ties have all ended reads of their own units only: what others did since is not theirs to know.
-- kind: 0 all, 1 the record opened or numbers seen, 2 lists and files.
DROP FUNCTION pt.who_looked(uuid, int);
CREATE FUNCTION pt.who_looked(person uuid, kind int, since timestamptz, before timestamptz, before_id uuid, most int) RETURNS TABLE (
    id uuid, at timestamptz, by_name text, by_unit text, act text, subject text, detail text, purpose text)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH may AS MATERIALIZED (SELECT pt.sees_person($1, false) AS seen, pt.sees_person($1, true) AS whole, pt.ints('pt.units') AS units),
  looks AS (
    (SELECT e.* FROM audit_event e, may WHERE $2 <> 2 AND may.seen AND e.subject_kind = 'person' AND e.subject_id = $1::text
        AND e.act IN ('person.seen', 'person.unmasked', 'person.looked-up', 'person.looks-seen')
        AND e.at >= $3 AND e.at <= $4 AND (e.at, e.id) < ($4, $5) AND (may.whole OR e.unit_id = ANY (may.units))
      ORDER BY e.at DESC, e.id DESC LIMIT $6)
    UNION ALL
    (SELECT e.* FROM audit_event e, may WHERE $2 <> 1 AND may.seen AND e.persons @> ARRAY[$1] AND e.act IN ('person.listed', 'person.searched', 'list.taken')
        AND e.at >= $3 AND e.at <= $4 AND (e.at, e.id) < ($4, $5) AND (may.whole OR e.unit_id = ANY (may.units))
      ORDER BY e.at DESC, e.id DESC LIMIT $6))
  SELECT e.id, e.at, coalesce(a.display_name, '?'), coalesce(u.name, ''), e.act, e.subject_id, e.detail, e.purpose
    FROM looks e LEFT JOIN account a ON a.id = e.account_id LEFT JOIN unit u ON u.id = e.unit_id
   ORDER BY e.at DESC, e.id DESC LIMIT $6
$$;
REVOKE ALL ON FUNCTION pt.who_looked(uuid, int, timestamptz, timestamptz, uuid, int) FROM public;
GRANT EXECUTE ON FUNCTION pt.who_looked(uuid, int, timestamptz, timestamptz, uuid, int) TO pt_app;

-- Whom an account has opened within the hour, so that whoever opens records one after the other is stopped. Each person counts once; a slot is five minutes, and
-- thirteen of them hold every hour. What is lost in a crash is counted anew.
CREATE UNLOGGED TABLE pt.audit_look (
  account_id uuid NOT NULL,
  person_id uuid NOT NULL,
  slot int NOT NULL,
  PRIMARY KEY (account_id, person_id)
);
CREATE UNLOGGED TABLE pt.audit_look_slot (
  account_id uuid NOT NULL,
  slot int NOT NULL,
  n int NOT NULL,
  PRIMARY KEY (account_id, slot)
);
ALTER TABLE pt.audit_look ENABLE ROW LEVEL SECURITY;
ALTER TABLE pt.audit_look_slot ENABLE ROW LEVEL SECURITY;

-- An account that opened more than usual sees no person until whoever manages it lets it go on.
CREATE TABLE pt.account_stop (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES pt.account,
  unit_id int NOT NULL REFERENCES pt.unit,      -- of the account, at that time
  persons int NOT NULL,                         -- opened within the hour
  stopped_at timestamptz NOT NULL,
  let_on_at timestamptz,
  let_on_by uuid,
  reason text,
  CHECK ((let_on_at IS NULL) = (let_on_by IS NULL))
);
CREATE UNIQUE INDEX account_stop_open ON pt.account_stop (account_id) WHERE let_on_at IS NULL;
ALTER TABLE pt.account_stop ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_units ON pt.account_stop FOR SELECT TO pt_app USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR account_id = (SELECT pt.actor()));
-- An account stops itself and nobody else; others let it go on.
CREATE POLICY stopped ON pt.account_stop FOR INSERT TO pt_app WITH CHECK (account_id = (SELECT pt.actor()));
CREATE POLICY let_on ON pt.account_stop FOR UPDATE TO pt_app USING (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) AND account_id <> (SELECT pt.actor()));
GRANT SELECT, INSERT, UPDATE (let_on_at, let_on_by, reason) ON pt.account_stop TO pt_app;

-- Counts who is opened now, with the audit row of it. 0: they may be shown; 1: the account is stopped; 2: it is to be stopped now.
CREATE FUNCTION pt.look(opened uuid[], most int, now timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE me uuid := pt.actor(); this int := floor(extract(epoch FROM now) / 300); fresh int; here int; so_far int;
BEGIN
  IF EXISTS (SELECT 1 FROM account_stop s WHERE s.account_id = me AND s.let_on_at IS NULL) THEN RETURN 1; END IF;
  IF cardinality(opened) = 0 THEN RETURN 0; END IF;
  INSERT INTO audit_look AS l SELECT me, o, this FROM unnest(opened) o ON CONFLICT (account_id, person_id) DO UPDATE SET slot = excluded.slot WHERE l.slot <= this - 13;
  GET DIAGNOSTICS fresh = ROW_COUNT;
  IF fresh = 0 THEN RETURN 0; END IF;
  INSERT INTO audit_look_slot AS c VALUES (me, this, fresh) ON CONFLICT (account_id, slot) DO UPDATE SET n = c.n + excluded.n RETURNING c.n INTO here;
  IF here = fresh THEN
    DELETE FROM audit_look_slot c WHERE c.account_id = me AND c.slot <= this - 13;
    DELETE FROM audit_look l WHERE l.account_id = me AND l.slot <= this - 13;
  END IF;
  SELECT sum(c.n) INTO so_far FROM audit_look_slot c WHERE c.account_id = me;
  IF so_far <= most THEN RETURN 0; END IF;
  -- Another request of the account, which this one waited for, may have stopped it meanwhile.
  RETURN CASE WHEN EXISTS (SELECT 1 FROM account_stop s WHERE s.account_id = me AND s.let_on_at IS NULL) THEN 1 ELSE 2 END;
END $$;
REVOKE ALL ON FUNCTION pt.look(uuid[], int, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.look(uuid[], int, timestamptz) TO pt_app;

-- Who is let go on begins to count anew.
CREATE FUNCTION pt.looks_begin_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  DELETE FROM audit_look WHERE account_id = NEW.account_id;
  DELETE FROM audit_look_slot WHERE account_id = NEW.account_id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.looks_begin_anew() FROM public;
CREATE TRIGGER let_on AFTER UPDATE OF let_on_at ON pt.account_stop FOR EACH ROW EXECUTE FUNCTION pt.looks_begin_anew();

-- Who manages an account: of those who could act on it, the ones who sit nearest above it.
CREATE FUNCTION pt.managers_of(account uuid, roles smallint[], now timestamptz) RETURNS TABLE (id uuid, name text, unit text) STABLE LANGUAGE sql AS $$
  WITH RECURSIVE up AS (
    SELECT u.id, u.parent_id, u.name, 0 AS far, u.id AS of_unit FROM pt.account a JOIN pt.unit u ON u.id = a.unit_id WHERE a.id = $1
    UNION ALL SELECT u.id, u.parent_id, u.name, up.far + 1, up.of_unit FROM pt.unit u JOIN up ON u.id = up.parent_id),
  managers AS (
    SELECT DISTINCT a.id, a.display_name, up.name AS unit, up.far FROM up JOIN pt.account a ON a.unit_id = up.id JOIN pt.account_secret s ON s.account_id = a.id JOIN pt.account_right r ON r.account_id = a.id
      WHERE a.id <> $1 AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > $3) AND r.role = ANY ($2) AND up.of_unit = ANY (r.units) AND r.since <= $3 AND (r.until IS NULL OR r.until > $3))
  SELECT m.id, m.display_name, m.unit FROM managers m WHERE m.far = (SELECT min(far) FROM managers) ORDER BY m.display_name LIMIT 20
$$;
REVOKE ALL ON FUNCTION pt.managers_of(uuid, smallint[], timestamptz) FROM public;

-- The same of whoever asks.
CREATE FUNCTION pt.my_managers(roles smallint[], now timestamptz) RETURNS TABLE (name text, unit text) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT m.name, m.unit FROM pt.managers_of(pt.actor(), $1, $2) m
$$;
REVOKE ALL ON FUNCTION pt.my_managers(smallint[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.my_managers(smallint[], timestamptz) TO pt_app;

-- Tells them, once per intent. Answers how many were told.
CREATE FUNCTION pt.tell_my_managers(intent text, roles smallint[], text_key text, details text, link text, now timestamptz) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH made AS (
    INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
    SELECT gen_random_uuid(), $1, m.id, $3, $4, $5, true, $6 FROM pt.managers_of(pt.actor(), $2, $6) m ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*)::int FROM made
$$;
REVOKE ALL ON FUNCTION pt.tell_my_managers(text, smallint[], text, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tell_my_managers(text, smallint[], text, text, text, timestamptz) TO pt_app;
