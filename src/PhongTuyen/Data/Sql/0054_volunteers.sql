-- Volunteers (document 470-CV/BTGTU of 5 August 2021: students, members of unions and teachers help to enter data): they type the papers that a unit gives them, and see nothing else.

-- Role 9 is given over a unit, and always with an end; how far off it may be says policies/volunteers.json.
ALTER TABLE pt.account_grant ADD CONSTRAINT account_grant_volunteer CHECK (role <> 9 OR (unit_id IS NOT NULL AND until IS NOT NULL));

-- What a volunteer is given is no scope: through whatever door one comes, the lists of units and areas are empty, and with them every guarded table.
CREATE OR REPLACE FUNCTION pt.rights_due(accounts uuid[]) RETURNS TABLE (grant_id uuid, account_id uuid, role smallint, since timestamptz, until timestamptz, units int[], provinces int[], districts int[], communes int[])
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT g.id, g.account_id, g.role, g.since, g.until,
    -- A unit that was merged lies below the one that took it over, and a role over it is one over that.
    CASE WHEN g.role = 9 THEN '{}' ELSE coalesce((WITH RECURSIVE onward AS (
        SELECT u.id, u.merged_into FROM unit u WHERE u.id = g.unit_id
        UNION SELECT u.id, u.merged_into FROM unit u JOIN onward o ON u.id = o.merged_into),
      below AS (
        SELECT o.id FROM onward o
        UNION SELECT u.id FROM unit u JOIN below b ON u.parent_id = b.id)
      SELECT array_agg(id ORDER BY id) FROM below), '{}') END,
    CASE a.level WHEN 0 THEN (SELECT array_agg(id ORDER BY id) FROM (SELECT 0 AS id UNION ALL SELECT p.id FROM area p WHERE p.level = 1) every) ELSE coalesce(f.provinces, '{}') END,
    coalesce(f.districts, '{}'), coalesce(f.communes, '{}')
  FROM account_grant g LEFT JOIN area a ON a.id = g.area_id
  LEFT JOIN LATERAL (SELECT array_agg(m.id ORDER BY m.id) FILTER (WHERE m.level = 1) AS provinces, array_agg(m.id ORDER BY m.id) FILTER (WHERE m.level = 2) AS districts,
      array_agg(m.id ORDER BY m.id) FILTER (WHERE m.level = 3) AS communes FROM area m WHERE a.level > 0 AND m.id = ANY (pt.area_family(a.id))) f ON true
  WHERE g.revoked_at IS NULL AND (accounts IS NULL OR g.account_id = ANY (accounts));
$$;
-- The same once more where the rows are written, whatever writes them.
CREATE FUNCTION pt.account_right_of_queue() RETURNS trigger LANGUAGE plpgsql SET search_path = pt, pg_temp AS $$
BEGIN
  NEW.units := '{}'; NEW.provinces := '{}'; NEW.districts := '{}'; NEW.communes := '{}';
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION pt.account_right_of_queue() FROM public;
-- Triggers run in the order of their names: before the one that writes the units out as text.
CREATE TRIGGER only_queue BEFORE INSERT OR UPDATE ON pt.account_right FOR EACH ROW WHEN (NEW.role = 9) EXECUTE FUNCTION pt.account_right_of_queue();
ALTER TABLE pt.account_right ENABLE ALWAYS TRIGGER only_queue;

-- A unit whose only account is a volunteer's has none: nobody there enters or answers for anything.
CREATE OR REPLACE FUNCTION pt.units_with_accounts(now timestamptz) RETURNS TABLE (unit_id int, best int, usable int) STABLE LANGUAGE sql SET search_path = pt, pg_temp AS $$
  SELECT a.unit_id, max(CASE WHEN a.must_change_password THEN 1 ELSE 2 END), count(*)::int FROM pt.account a
    WHERE a.state = 1 AND a.issued AND (a.expires_at IS NULL OR a.expires_at > now)
      AND a.id IN (SELECT g.account_id FROM pt.account_grant g WHERE g.role <> 9 AND g.revoked_at IS NULL AND g.since <= now AND (g.until IS NULL OR g.until > now))
    GROUP BY a.unit_id
$$;

CREATE TABLE pt.paper_batch (
  id uuid PRIMARY KEY,
  unit_id int NOT NULL REFERENCES pt.unit,      -- whose papers they are
  province_id int NOT NULL DEFAULT 0,           -- where the unit stands
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  unit_name text NOT NULL,                      -- as it was called then: who types sees no unit
  title text NOT NULL,
  place text,                                   -- where the papers lie
  papers int NOT NULL CHECK (papers BETWEEN 1 AND 2000),
  note text,
  due date,
  account_id uuid NOT NULL REFERENCES pt.account, -- who types them
  account_name text NOT NULL,                   -- and what they are called: an account may belong to a unit above
  given_at timestamptz NOT NULL,
  given_by uuid NOT NULL,
  closed_at timestamptz,
  closed_by uuid,
  version int NOT NULL DEFAULT 1,
  CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
CREATE INDEX paper_batch_unit ON pt.paper_batch (unit_id, given_at, id);
CREATE INDEX paper_batch_account ON pt.paper_batch (account_id) WHERE closed_at IS NULL;
CALL pt.guard('pt.paper_batch', true);
-- A volunteer: what was given to them, until it is closed.
CREATE POLICY queue ON pt.paper_batch FOR SELECT TO pt_app USING (account_id = (SELECT pt.actor()) AND closed_at IS NULL);
GRANT SELECT, INSERT, UPDATE (title, place, papers, note, due, account_id, account_name, closed_at, closed_by, version) ON pt.paper_batch TO pt_app;

CREATE TABLE pt.paper_entry (
  id uuid PRIMARY KEY,
  batch_id uuid NOT NULL REFERENCES pt.paper_batch,
  account_id uuid NOT NULL REFERENCES pt.account, -- who typed it
  no int NOT NULL CHECK (no >= 1),              -- written on the corner of the paper
  state smallint NOT NULL CHECK (state BETWEEN 1 AND 4), -- 1 typed, 2 unclear, 3 duplicate, 4 taken
  content bytea NOT NULL,                       -- sealed
  number_index bytea,                           -- finds the same number within this batch, and in no other place
  typed_at timestamptz NOT NULL,
  person_id uuid,                               -- whom it became
  settled_at timestamptz,
  settled_by uuid,
  version int NOT NULL DEFAULT 1,
  UNIQUE (batch_id, no),
  CHECK ((person_id IS NOT NULL) = (state = 4))
);
CREATE INDEX paper_entry_number ON pt.paper_entry (batch_id, number_index) WHERE number_index IS NOT NULL;
CREATE INDEX paper_entry_person ON pt.paper_entry (person_id) WHERE person_id IS NOT NULL;
ALTER TABLE pt.paper_entry ENABLE ROW LEVEL SECURITY;
-- Staff of the unit: what was typed for it.
CREATE POLICY of_unit ON pt.paper_entry FOR SELECT TO pt_app USING ((SELECT pt.sees_names()) AND EXISTS (SELECT 1 FROM pt.paper_batch b WHERE b.id = batch_id));
CREATE POLICY of_unit_change ON pt.paper_entry FOR UPDATE TO pt_app USING ((SELECT pt.sees_names()) AND EXISTS (SELECT 1 FROM pt.paper_batch b WHERE b.id = batch_id));
-- Who typed it: as long as it waits. What was taken and what was there already are both gone for them, so that neither tells of a person.
CREATE POLICY own ON pt.paper_entry FOR SELECT TO pt_app USING (account_id = (SELECT pt.actor()) AND state <= 2 AND EXISTS (SELECT 1 FROM pt.paper_batch b WHERE b.id = batch_id AND b.account_id = (SELECT pt.actor()) AND b.closed_at IS NULL));
CREATE POLICY own_change ON pt.paper_entry FOR UPDATE TO pt_app USING (account_id = (SELECT pt.actor()) AND state <= 2 AND EXISTS (SELECT 1 FROM pt.paper_batch b WHERE b.id = batch_id AND b.account_id = (SELECT pt.actor()) AND b.closed_at IS NULL));
CREATE POLICY typed ON pt.paper_entry FOR INSERT TO pt_app WITH CHECK (account_id = (SELECT pt.actor()) AND state <= 2 AND EXISTS (SELECT 1 FROM pt.paper_batch b WHERE b.id = batch_id AND b.account_id = (SELECT pt.actor()) AND b.closed_at IS NULL));
CREATE POLICY sealed ON pt.paper_entry AS RESTRICTIVE TO pt_app USING (person_id IS NULL OR person_id <> ALL ((SELECT pt.sealed_from_me())::uuid[]));
GRANT SELECT, INSERT, UPDATE (state, content, number_index, typed_at, person_id, settled_at, settled_by, version) ON pt.paper_entry TO pt_app;

-- How far a batch is, for who types it and for the unit: how many papers were typed by anybody, and the number of the next.
CREATE FUNCTION pt.paper_progress(batch uuid) RETURNS TABLE (typed int, next int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT count(e.id)::int, coalesce(max(e.no), 0) + 1 FROM paper_batch b LEFT JOIN paper_entry e ON e.batch_id = b.id
    WHERE b.id = $1 AND (b.account_id = pt.actor() AND b.closed_at IS NULL OR pt.sees_names() AND pt.in_scope(b.unit_id, b.province_id, b.district_id, b.commune_id))
$$;
REVOKE ALL ON FUNCTION pt.paper_progress(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.paper_progress(uuid) TO pt_app;

-- Whether another entry of this batch has one of these numbers. Yes or no, and of the papers in hand only.
CREATE FUNCTION pt.paper_number_typed(batch uuid, numbers bytea[], but uuid) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM paper_batch b JOIN paper_entry e ON e.batch_id = b.id WHERE b.id = $1 AND b.account_id = pt.actor() AND b.closed_at IS NULL AND e.number_index = ANY ($2) AND e.id IS DISTINCT FROM $3)
$$;
REVOKE ALL ON FUNCTION pt.paper_number_typed(uuid, bytea[], uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.paper_number_typed(uuid, bytea[], uuid) TO pt_app;

-- Who could type for a unit of the asker's now, and until when. A volunteer may belong to a unit above, whose accounts the asker does not see.
CREATE FUNCTION pt.volunteers_for(unit int, now timestamptz) RETURNS TABLE (id uuid, name text, user_name text, until timestamptz) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH RECURSIVE up AS (
    SELECT u.id, u.parent_id FROM unit u WHERE u.id = $1 AND pt.sees_names() AND pt.in_scope(u.id, u.province_id, u.district_id, u.commune_id)
    UNION SELECT u.id, u.parent_id FROM unit u JOIN up ON u.id = up.parent_id OR u.merged_into = up.id)
  SELECT a.id, a.display_name, a.user_name, max(g.until) FROM account_grant g JOIN account a ON a.id = g.account_id
    WHERE g.role = 9 AND g.unit_id IN (SELECT up.id FROM up) AND g.revoked_at IS NULL AND g.since <= $2 AND g.until > $2 AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > $2)
    GROUP BY a.id, a.display_name, a.user_name
$$;
REVOKE ALL ON FUNCTION pt.volunteers_for(int, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.volunteers_for(int, timestamptz) TO pt_app;
