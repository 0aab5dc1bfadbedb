-- Grants across organisations: a role over one's own places for a colleague of another organisation, and one record or one finding that is shared with another unit. Both for a purpose, both with an end.

-- A role that somebody of another organisation holds. Given by the account's own managers it has neither.
ALTER TABLE pt.account_grant ADD COLUMN given_unit int REFERENCES pt.unit, ADD COLUMN purpose text, ADD COLUMN paper text,
  ADD CHECK ((given_unit IS NULL) = (purpose IS NULL) AND (given_unit IS NULL OR until IS NOT NULL) AND (paper IS NULL OR given_unit IS NOT NULL));
CREATE INDEX account_grant_guest ON pt.account_grant (id) WHERE given_unit IS NOT NULL;

-- Whether the place of a role lies within the visitor's own.
CREATE FUNCTION pt.place_in_scope(unit int, area int) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT coalesce(CASE WHEN $1 IS NOT NULL THEN $1 = ANY (pt.ints('pt.units'))
    ELSE (SELECT CASE a.level WHEN 0 THEN 0 = ANY (pt.ints('pt.provinces')) ELSE pt.in_scope(0, a.province_id, a.district_id, a.commune_id) END FROM area a WHERE a.id = $2) END, false)
$$;

-- Gives a role over a place of the visitor's to a colleague whom they name and do not see. No row: nobody is called so, or it may not be given to them; which of the two is not said.
-- held: they have it there already, as a guest.
CREATE FUNCTION pt.give_guest_role(grant_id uuid, user_name text, role smallint, unit int, area int, until timestamptz, purpose text, paper text, given_unit int, now timestamptz)
  RETURNS TABLE (account uuid, held boolean) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF pt.actor() IS NULL OR NOT pt.place_in_scope(unit, area) THEN RETURN; END IF;
  SELECT a.id INTO account FROM account a WHERE a.user_name = give_guest_role.user_name AND a.id <> pt.actor() AND a.state = 1 AND a.issued AND (a.expires_at IS NULL OR a.expires_at > now)
      AND NOT a.unit_id = ANY (pt.ints('pt.units')) AND NOT EXISTS (SELECT 1 FROM account_right r WHERE r.account_id = a.id AND r.role = 7) FOR NO KEY UPDATE;
  IF account IS NULL THEN RETURN; END IF;
  held := EXISTS (SELECT 1 FROM account_grant g WHERE g.account_id = account AND g.role = give_guest_role.role AND g.unit_id IS NOT DISTINCT FROM unit AND g.area_id IS NOT DISTINCT FROM area
    AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > now));
  IF NOT held THEN
    INSERT INTO account_grant (id, account_id, role, unit_id, area_id, since, until, given_by, given_at, given_unit, purpose, paper)
      VALUES (grant_id, account, give_guest_role.role, unit, area, now, give_guest_role.until, pt.actor(), now, give_guest_role.given_unit, give_guest_role.purpose, give_guest_role.paper);
    PERFORM pt.write_rights(ARRAY[account]);
  END IF;
  RETURN NEXT;
END $$;

-- What one of them is over, for those over whose place it is.
CREATE FUNCTION pt.guest_place(grant_id uuid) RETURNS TABLE (role smallint, unit int, area int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT g.role, g.unit_id, g.area_id FROM account_grant g WHERE g.id = $1 AND g.given_unit IS NOT NULL AND g.account_id <> pt.actor() AND g.revoked_at IS NULL AND pt.place_in_scope(g.unit_id, g.area_id)
$$;

-- Prolongs one, by those over whose place it is.
CREATE FUNCTION pt.prolong_guest_role(grant_id uuid, roles smallint[], until timestamptz, now timestamptz) RETURNS TABLE (account uuid, role smallint) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE account_grant g SET until = prolong_guest_role.until WHERE g.id = grant_id AND g.given_unit IS NOT NULL AND g.account_id <> pt.actor() AND g.revoked_at IS NULL AND g.until > now
    AND g.role = ANY (roles) AND pt.place_in_scope(g.unit_id, g.area_id) RETURNING g.account_id, g.role INTO account, role;
  IF account IS NULL THEN RETURN; END IF;
  PERFORM pt.write_rights(ARRAY[account]);
  RETURN NEXT;
END $$;

-- Ends one at once: those over whose place it is, and those in whose units the account lies.
CREATE FUNCTION pt.end_guest_role(grant_id uuid, roles smallint[], reason text, now timestamptz) RETURNS TABLE (account uuid, role smallint) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE account_grant g SET revoked_at = now, revoked_by = pt.actor(), reason = end_guest_role.reason
    WHERE g.id = grant_id AND g.given_unit IS NOT NULL AND g.account_id <> pt.actor() AND g.revoked_at IS NULL AND g.until > now
      AND (g.role = ANY (roles) AND pt.place_in_scope(g.unit_id, g.area_id) OR EXISTS (SELECT 1 FROM account a WHERE a.id = g.account_id AND a.unit_id = ANY (pt.ints('pt.units'))))
    RETURNING g.account_id, g.role INTO account, role;
  IF account IS NULL THEN RETURN; END IF;
  PERFORM pt.write_rights(ARRAY[account]);
  RETURN NEXT;
END $$;

-- Those over the visitor's places; or those that people of the visitor's units hold elsewhere.
CREATE FUNCTION pt.guest_roles(ours boolean, ended boolean, behind uuid, most int, now timestamptz) RETURNS TABLE (id uuid, account_id uuid, name text, user_name text, home text, role smallint, unit text, area int,
    since timestamptz, until timestamptz, purpose text, paper text, given_by text, given_unit text, revoked_at timestamptz, revoked_by text, reason text)
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT g.id, a.id, a.display_name, a.user_name, h.name, g.role, u.name, g.area_id, g.since, g.until, g.purpose, g.paper, coalesce(b.display_name, '?'), gu.name, g.revoked_at, o.display_name, g.reason
    FROM account_grant g JOIN account a ON a.id = g.account_id JOIN unit h ON h.id = a.unit_id JOIN unit gu ON gu.id = g.given_unit
      LEFT JOIN unit u ON u.id = g.unit_id LEFT JOIN account b ON b.id = g.given_by LEFT JOIN account o ON o.id = g.revoked_by
    WHERE pt.actor() IS NOT NULL AND g.given_unit IS NOT NULL AND (g.revoked_at IS NOT NULL OR g.until <= $5) = $2 AND ($3 IS NULL OR g.id < $3)
      AND CASE WHEN $1 THEN a.unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) ELSE pt.place_in_scope(g.unit_id, g.area_id) END
    ORDER BY g.id DESC LIMIT $4
$$;

-- The holder, their managers and who gave it hear of it; not whoever acts.
CREATE FUNCTION pt.tell_of_guest(intent text, grant_id uuid, managers smallint[], own_key text, other_key text, details text, own_link text, other_link text, now timestamptz) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH one AS (SELECT g.* FROM account_grant g WHERE g.id = $2 AND g.given_unit IS NOT NULL AND (g.given_by = pt.actor() OR pt.place_in_scope(g.unit_id, g.area_id) OR g.revoked_by = pt.actor())),
  told AS (
    SELECT one.account_id AS id, true AS own FROM one
    UNION SELECT m.id, false FROM one, pt.managers_of(one.account_id, $3, $9) m
    UNION SELECT one.given_by, false FROM one)
  INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
  SELECT gen_random_uuid(), $1, t.id, CASE WHEN t.own THEN $4 ELSE $5 END,
      ($6::jsonb || jsonb_build_object('name', a.display_name, 'unit', u.name, 'until', to_char((one.until - interval '1 microsecond') AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY')))::text, CASE WHEN t.own THEN $7 ELSE $8 END, false, $9
    FROM told t, one JOIN account a ON a.id = one.account_id JOIN unit u ON u.id = one.given_unit WHERE t.id IS NOT NULL AND t.id <> pt.actor() ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION pt.place_in_scope(int, int), pt.guest_place(uuid), pt.give_guest_role(uuid, text, smallint, int, int, timestamptz, text, text, int, timestamptz), pt.prolong_guest_role(uuid, smallint[], timestamptz, timestamptz),
  pt.end_guest_role(uuid, smallint[], text, timestamptz), pt.guest_roles(boolean, boolean, uuid, int, timestamptz), pt.tell_of_guest(text, uuid, smallint[], text, text, text, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.guest_place(uuid), pt.give_guest_role(uuid, text, smallint, int, int, timestamptz, text, text, int, timestamptz), pt.prolong_guest_role(uuid, smallint[], timestamptz, timestamptz),
  pt.end_guest_role(uuid, smallint[], text, timestamptz), pt.guest_roles(boolean, boolean, uuid, int, timestamptz), pt.tell_of_guest(text, uuid, smallint[], text, text, text, text, text, timestamptz) TO pt_app;

-- A record (hồ sơ) or one finding (sai lệch) that a unit shares with another until a moment. A shared record is a tie of its own kind (9), which gives sight and no right to change; a shared finding ties nobody.
CREATE TABLE pt.person_share (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  finding_id uuid,                              -- null: the record
  unit_id int NOT NULL REFERENCES pt.unit,      -- in whose name it is shared
  to_unit_id int NOT NULL REFERENCES pt.unit,
  purpose text NOT NULL,
  shared_at timestamptz NOT NULL,
  shared_by uuid NOT NULL REFERENCES pt.account,
  ends_at timestamptz NOT NULL,
  ended boolean NOT NULL DEFAULT false,         -- nothing is seen by it any more
  ended_at timestamptz,                         -- before its time
  ended_by uuid,
  returned boolean NOT NULL DEFAULT false,      -- by the unit that it was shared with
  answer text,                                  -- of that unit, to a finding
  answered_at timestamptz,
  answered_by uuid,
  FOREIGN KEY (person_id, finding_id) REFERENCES pt.person_finding ON DELETE CASCADE,
  CHECK (unit_id <> to_unit_id AND (ended_at IS NULL) = (ended_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL))
);
-- Shared again with the same unit, it is the same share.
CREATE UNIQUE INDEX person_share_once ON pt.person_share (person_id, unit_id, to_unit_id, coalesce(finding_id, '00000000-0000-0000-0000-000000000000')) WHERE NOT ended;
CREATE INDEX person_share_due ON pt.person_share (ends_at) WHERE NOT ended;
CREATE INDEX person_share_given ON pt.person_share (unit_id, id);
CREATE INDEX person_share_received ON pt.person_share (to_unit_id, id);
CREATE INDEX person_share_person ON pt.person_share (person_id);
ALTER TABLE pt.person_share ENABLE ROW LEVEL SECURITY;
-- Seen by the two units; that a record was shared, also by whoever has to do with the person.
CREATE POLICY seen ON pt.person_share FOR SELECT TO pt_app USING ((SELECT pt.sees_names()) AND (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR to_unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])
  OR (finding_id IS NULL AND EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = person_share.person_id AND s.until IS NULL AND s.because <> ALL ('{8,9}')))));
CREATE POLICY sealed ON pt.person_share AS RESTRICTIVE TO pt_app USING (person_id <> ALL ((SELECT pt.sealed_from_me())::uuid[]));
GRANT SELECT ON pt.person_share TO pt_app;

-- Ties that give sight alone: openings and shares. They are made and ended by functions only, and change nothing.
ALTER POLICY tied_change ON pt.person USING (EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = id AND s.until IS NULL AND s.because <> ALL ('{8,9}')));
CREATE POLICY by_function_made ON pt.person_scope AS RESTRICTIVE FOR INSERT TO pt_app WITH CHECK (because <> ALL ('{8,9}'));
CREATE POLICY by_function_changed ON pt.person_scope AS RESTRICTIVE FOR UPDATE TO pt_app USING (because <> ALL ('{8,9}'));
CREATE POLICY by_function_ended ON pt.person_scope AS RESTRICTIVE FOR DELETE TO pt_app USING (because <> ALL ('{8,9}'));

-- Shares a record, or one finding of it. outcome: 0 shared, 1 prolonged, 2 it is not the visitor's to share, 3 nobody works there, 4 it is shared for longer already.
CREATE FUNCTION pt.share_person(share uuid, person uuid, finding uuid, from_unit int, to_unit int, purpose text, ends timestamptz, roles smallint[], now timestamptz) RETURNS TABLE (id uuid, outcome int, until timestamptz)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF NOT pt.sees_names() OR NOT from_unit = ANY (pt.ints('pt.units')) OR pt.sealed_to_me(person)
    OR NOT EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = person AND s.until IS NULL AND s.because <> ALL ('{8,9}') AND pt.in_scope(s.unit_id, s.province_id, s.district_id, s.commune_id))
    OR finding IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person_finding f WHERE f.person_id = person AND f.id = finding AND f.state = 0 AND pt.in_scope(f.unit_id, f.province_id, f.district_id, f.commune_id))
  THEN outcome := 2; RETURN NEXT; RETURN; END IF;
  IF NOT EXISTS (SELECT 1 FROM account a JOIN account_right r ON r.account_id = a.id JOIN unit u ON u.id = a.unit_id WHERE a.unit_id = to_unit AND a.state = 1 AND a.issued AND (a.expires_at IS NULL OR a.expires_at > now)
      AND u.valid_to IS NULL AND u.merged_into IS NULL AND r.role = ANY (roles) AND to_unit = ANY (r.units) AND r.since <= now AND (r.until IS NULL OR r.until > now))
  THEN outcome := 3; RETURN NEXT; RETURN; END IF;
  INSERT INTO person_share AS s (id, person_id, finding_id, unit_id, to_unit_id, purpose, shared_at, shared_by, ends_at) VALUES (share, person, finding, from_unit, to_unit, share_person.purpose, now, pt.actor(), ends)
    ON CONFLICT (person_id, unit_id, to_unit_id, coalesce(finding_id, '00000000-0000-0000-0000-000000000000')) WHERE NOT ended DO UPDATE SET ends_at = excluded.ends_at, purpose = excluded.purpose WHERE s.ends_at <= excluded.ends_at
    RETURNING s.id, s.ends_at, CASE WHEN s.id = share THEN 0 ELSE 1 END INTO id, until, outcome;
  IF id IS NULL THEN outcome := 4; RETURN NEXT; RETURN; END IF;
  IF outcome = 0 AND finding IS NULL THEN INSERT INTO person_scope (person_id, because, source_id, unit_id, name_key, since) VALUES (person, 9, share, to_unit, '', now); END IF;
  RETURN NEXT;
END $$;

-- Ended by the unit that shared it, or given back by the other. Null: not there, over, or neither of the two.
CREATE FUNCTION pt.end_share(share uuid, now timestamptz) RETURNS TABLE (person uuid, finding uuid, returned boolean) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE person_share s SET ended = true, ended_at = now, ended_by = pt.actor(), returned = NOT s.unit_id = ANY (pt.ints('pt.units'))
    WHERE s.id = share AND NOT s.ended AND s.ends_at > now AND pt.sees_names() AND NOT pt.sealed_to_me(s.person_id) AND (s.unit_id = ANY (pt.ints('pt.units')) OR s.to_unit_id = ANY (pt.ints('pt.units')))
    RETURNING s.person_id, s.finding_id, s.returned INTO person, finding, returned;
  IF person IS NULL THEN RETURN; END IF;
  DELETE FROM person_scope t WHERE t.person_id = person AND t.because = 9 AND t.source_id = share;
  RETURN NEXT;
END $$;

-- The one finding that is shared, with the name that it is about. Whoever gave it sees the name where they see the person; whoever got it, as long as it is shared.
CREATE FUNCTION pt.shared_finding(share uuid) RETURNS TABLE (kind text, state smallint, person uuid, name text, birth date, birth_precision smallint, sex smallint) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT f.kind, f.state, p.id, coalesce(p.name, p.code, '?'), p.birth, p.birth_precision, p.sex
    FROM person_share s JOIN person_finding f ON f.person_id = s.person_id AND f.id = s.finding_id JOIN person p ON p.id = s.person_id
    WHERE s.id = $1 AND pt.sees_names() AND NOT pt.sealed_to_me(p.id)
      AND (NOT s.ended AND s.to_unit_id = ANY (pt.ints('pt.units')) OR s.unit_id = ANY (pt.ints('pt.units')) AND pt.sees_person(p.id, false))
$$;

-- The answer of the unit that a finding is shared with; written again, the newer one stands.
CREATE FUNCTION pt.answer_share(share uuid, answer text, now timestamptz) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  UPDATE person_share s SET answer = $2, answered_at = $3, answered_by = pt.actor()
    WHERE s.id = $1 AND s.finding_id IS NOT NULL AND NOT s.ended AND s.ends_at > $3 AND pt.sees_names() AND NOT pt.sealed_to_me(s.person_id) AND s.to_unit_id = ANY (pt.ints('pt.units')) RETURNING s.person_id
$$;

-- Those who work at one of the two units hear of it; not whoever acts.
CREATE FUNCTION pt.tell_of_share(share uuid, to_receiver boolean, intent text, roles smallint[], text_key text, link text, now timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
  SELECT gen_random_uuid(), $3, a.id, $5, jsonb_build_object('unit', o.name, 'until', to_char((s.ends_at - interval '1 microsecond') AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY'))::text, $6, false, $7
    FROM person_share s JOIN unit o ON o.id = CASE WHEN $2 THEN s.unit_id ELSE s.to_unit_id END JOIN account a ON a.unit_id = CASE WHEN $2 THEN s.to_unit_id ELSE s.unit_id END
    WHERE s.id = $1 AND (s.unit_id = ANY (pt.ints('pt.units')) OR s.to_unit_id = ANY (pt.ints('pt.units'))) AND a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > $7) AND a.id <> pt.actor()
      AND EXISTS (SELECT 1 FROM account_right r WHERE r.account_id = a.id AND r.role = ANY ($4) AND a.unit_id = ANY (r.units) AND r.since <= $7 AND (r.until IS NULL OR r.until > $7))
    ON CONFLICT DO NOTHING
$$;

-- Those whose time is over: the tie goes, that it was shared stays.
CREATE FUNCTION pt.end_shares(now timestamptz) RETURNS void LANGUAGE sql AS $$
  WITH over AS (UPDATE pt.person_share s SET ended = true WHERE NOT s.ended AND s.ends_at <= $1 RETURNING s.id, s.person_id)
  DELETE FROM pt.person_scope t USING over WHERE t.person_id = over.person_id AND t.because = 9 AND t.source_id = over.id
$$;
REVOKE ALL ON FUNCTION pt.share_person(uuid, uuid, uuid, int, int, text, timestamptz, smallint[], timestamptz), pt.end_share(uuid, timestamptz), pt.shared_finding(uuid), pt.answer_share(uuid, text, timestamptz), pt.tell_of_share(uuid, boolean, text, smallint[], text, text, timestamptz), pt.end_shares(timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.share_person(uuid, uuid, uuid, int, int, text, timestamptz, smallint[], timestamptz), pt.end_share(uuid, timestamptz), pt.shared_finding(uuid), pt.answer_share(uuid, text, timestamptz), pt.tell_of_share(uuid, boolean, text, smallint[], text, text, timestamptz) TO pt_app;

-- Whoever enters ends what is over before anything is shown: two looks into indexes of the few that are open.
CREATE FUNCTION pt.end_what_is_over(now timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pt.person_opening o WHERE NOT o.ended AND o.ends_at <= now) THEN PERFORM pt.end_openings(now); END IF;
  IF EXISTS (SELECT 1 FROM pt.person_share s WHERE NOT s.ended AND s.ends_at <= now) THEN PERFORM pt.end_shares(now); END IF;
END $$;
REVOKE ALL ON FUNCTION pt.end_what_is_over(timestamptz) FROM public;
CREATE OR REPLACE FUNCTION pt.take_scope(account uuid, wanted smallint[], faceless smallint[], now timestamptz)
  RETURNS TABLE (roles smallint[], units text, provinces int[], districts int[], communes int[], names boolean) LANGUAGE plpgsql AS $$
DECLARE several boolean;
BEGIN
  PERFORM pt.end_what_is_over(now);
  -- Figures and names may come from different grants: where any wanted role shows names, only those grants make the scope.
  SELECT coalesce(bool_or(r.role = ANY (wanted) AND NOT r.role = ANY (faceless)), false), array_agg(DISTINCT r.role) INTO names, roles
    FROM pt.account_right r WHERE r.account_id = account AND r.since <= now AND (r.until IS NULL OR r.until > now);
  SELECT count(nullif(r.units_text, '{}')) > 1 OR count(nullif(r.provinces, '{}')) > 1 OR count(nullif(r.districts, '{}')) > 1 OR count(nullif(r.communes, '{}')) > 1,
         max(nullif(r.units_text, '{}')), max(r.provinces), max(r.districts), max(r.communes) INTO several, units, provinces, districts, communes
    FROM pt.account_right r WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless));
  IF several THEN
    WITH these AS (SELECT r.* FROM pt.account_right r WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless)))
    SELECT (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.units) x)::text, (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.provinces) x),
           (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.districts) x), (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.communes) x)
      INTO units, provinces, districts, communes;
  END IF;
  roles := coalesce(roles, '{}'); units := coalesce(units, '{}'); provinces := coalesce(provinces, '{}'); districts := coalesce(districts, '{}'); communes := coalesce(communes, '{}');
  PERFORM set_config('pt.actor', account::text, true), set_config('pt.sight', CASE WHEN names THEN 'names' ELSE 'figures' END, true),
    set_config('pt.units', units, true), set_config('pt.provinces', provinces::text, true),
    set_config('pt.districts', districts::text, true), set_config('pt.communes', communes::text, true);
  RETURN NEXT;
END $$;
