-- Rights are worked out for all accounts together: each place that anybody has a role over is followed once, whatever number of roles there are over it.

-- What the grants of these accounts (null: of all) open by the trees as they stand now.
CREATE OR REPLACE FUNCTION pt.rights_due(accounts uuid[]) RETURNS TABLE (grant_id uuid, account_id uuid, role smallint, since timestamptz, until timestamptz, units int[], provinces int[], districts int[], communes int[])
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH RECURSIVE given AS MATERIALIZED (SELECT * FROM account_grant g WHERE g.revoked_at IS NULL AND (accounts IS NULL OR g.account_id = ANY (accounts))),
  -- A unit that was merged lies below the one that took it over, and a role over it is one over that.
  onward AS (
    SELECT DISTINCT g.unit_id AS root, g.unit_id AS id FROM given g WHERE g.unit_id IS NOT NULL AND g.role <> 9
    UNION SELECT o.root, u.merged_into FROM onward o JOIN unit u ON u.id = o.id WHERE u.merged_into IS NOT NULL),
  below AS (
    SELECT o.root, o.id FROM onward o
    UNION SELECT b.root, u.id FROM below b JOIN unit u ON u.parent_id = b.id),
  inside AS (SELECT b.root, array_agg(b.id ORDER BY b.id) AS units FROM below b GROUP BY b.root),
  -- An area with all that went into it as a whole, and what it went into with all that went into that, as pt.area_family says it of one.
  later AS (
    SELECT DISTINCT g.area_id AS root, g.area_id AS id FROM given g WHERE g.area_id IS NOT NULL
    UNION SELECT l.root, s.new_id FROM later l JOIN area_succession s ON s.old_id = l.id),
  family AS (
    SELECT l.root, l.id FROM later l
    UNION SELECT f.root, s.old_id FROM family f JOIN area_succession s ON s.new_id = f.id),
  spread AS (
    SELECT f.root, array_agg(a.id ORDER BY a.id) FILTER (WHERE a.level = 1) AS provinces, array_agg(a.id ORDER BY a.id) FILTER (WHERE a.level = 2) AS districts,
        array_agg(a.id ORDER BY a.id) FILTER (WHERE a.level = 3) AS communes FROM family f JOIN area a ON a.id = f.id GROUP BY f.root),
  every AS (SELECT array_agg(id ORDER BY id) AS provinces FROM (SELECT 0 AS id UNION ALL SELECT p.id FROM area p WHERE p.level = 1) known)
  SELECT g.id, g.account_id, g.role, g.since, g.until, coalesce(i.units, '{}'),
    CASE WHEN a.level = 0 THEN (SELECT e.provinces FROM every e) ELSE coalesce(s.provinces, '{}') END, coalesce(s.districts, '{}'), coalesce(s.communes, '{}')
  FROM given g LEFT JOIN inside i ON i.root = g.unit_id AND g.role <> 9 LEFT JOIN area a ON a.id = g.area_id LEFT JOIN spread s ON s.root = g.area_id AND a.level > 0
$$;
-- One area's family is asked for nowhere else.
DROP FUNCTION pt.area_family(int);

-- Who gains or loses what, between the rights as they are written and the trees as this transaction has changed them. At any other time the two are the same.
-- The name of an account is said only to those in whose units it lies.
CREATE OR REPLACE FUNCTION pt.rights_difference(now timestamptz) RETURNS TABLE (account_id uuid, name text, unit_id int, roles smallint[], gained_units int[], lost_units int[], gained_areas int[], lost_areas int[])
  STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH due AS MATERIALIZED (SELECT * FROM rights_due(NULL)),
  touched AS MATERIALIZED (
    SELECT DISTINCT coalesce(d.account_id, r.account_id) AS account FROM due d FULL JOIN account_right r ON r.grant_id = d.grant_id
    WHERE (d.units, d.provinces, d.districts, d.communes) IS DISTINCT FROM (r.units, r.provinces, r.districts, r.communes)),
  -- What is in force of either side, place by place: of a unit, or of an area.
  stands AS MATERIALIZED (
    SELECT d.account_id AS account, true AS after, d.role, d.units, d.provinces || d.districts || d.communes AS areas FROM due d JOIN touched t ON t.account = d.account_id WHERE d.until IS NULL OR d.until > now
    UNION ALL
    SELECT r.account_id, false, r.role, r.units, r.provinces || r.districts || r.communes FROM account_right r JOIN touched t ON t.account = r.account_id WHERE r.until IS NULL OR r.until > now),
  places AS (
    SELECT x.account, x.of_unit, x.place, bool_or(x.after) AS after, bool_or(NOT x.after) AS before
      FROM (SELECT account, after, true AS of_unit, unnest(units) AS place FROM stands UNION ALL SELECT account, after, false, unnest(areas) FROM stands) x GROUP BY x.account, x.of_unit, x.place),
  changed AS (
    SELECT p.account, array_agg(p.place) FILTER (WHERE p.of_unit AND p.after) AS gained_units, array_agg(p.place) FILTER (WHERE p.of_unit AND p.before) AS lost_units,
        array_agg(p.place) FILTER (WHERE NOT p.of_unit AND p.after) AS gained_areas, array_agg(p.place) FILTER (WHERE NOT p.of_unit AND p.before) AS lost_areas
      FROM places p WHERE p.after <> p.before GROUP BY p.account),
  held AS (SELECT s.account, array_agg(DISTINCT s.role) AS roles FROM stands s GROUP BY s.account)
  SELECT t.account, CASE WHEN a.unit_id = ANY (pt.ints('pt.units')) THEN a.display_name END, a.unit_id, h.roles,
    coalesce(c.gained_units, '{}'), coalesce(c.lost_units, '{}'), coalesce(c.gained_areas, '{}'), coalesce(c.lost_areas, '{}')
  FROM touched t JOIN account a ON a.id = t.account LEFT JOIN held h ON h.account = t.account LEFT JOIN changed c ON c.account = t.account WHERE a.state = 1 AND pt.actor() IS NOT NULL
$$;

-- A role over another organisation's place is a person's: a program that acts by a key in that person's name would come there without having been asked in. So an account has either.
DROP POLICY made ON pt.account_key;
CREATE POLICY made ON pt.account_key FOR INSERT TO pt_app WITH CHECK (account_id <> (SELECT pt.actor()) AND made_by = (SELECT pt.actor()) AND EXISTS (SELECT 1 FROM pt.account a WHERE a.id = account_id)
  AND NOT EXISTS (SELECT 1 FROM pt.account_grant g WHERE g.account_id = account_key.account_id AND g.given_unit IS NOT NULL AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > account_key.made_at)));

-- As before (0055), and to nobody whose account a program acts with.
CREATE OR REPLACE FUNCTION pt.give_guest_role(grant_id uuid, user_name text, role smallint, unit int, area int, until timestamptz, purpose text, paper text, given_unit int, now timestamptz)
  RETURNS TABLE (account uuid, held boolean) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  IF pt.actor() IS NULL OR NOT pt.place_in_scope(unit, area) THEN RETURN; END IF;
  SELECT a.id INTO account FROM account a WHERE a.user_name = give_guest_role.user_name AND a.id <> pt.actor() AND a.state = 1 AND a.issued AND (a.expires_at IS NULL OR a.expires_at > now)
      AND NOT a.unit_id = ANY (pt.ints('pt.units')) AND NOT EXISTS (SELECT 1 FROM account_right r WHERE r.account_id = a.id AND r.role = 7) FOR NO KEY UPDATE;
  IF account IS NULL OR EXISTS (SELECT 1 FROM account_key k WHERE k.account_id = account AND k.ended_at IS NULL AND k.expires_at > now) THEN account := NULL; RETURN; END IF;
  held := EXISTS (SELECT 1 FROM account_grant g WHERE g.account_id = account AND g.role = give_guest_role.role AND g.unit_id IS NOT DISTINCT FROM unit AND g.area_id IS NOT DISTINCT FROM area
    AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > now));
  IF NOT held THEN
    INSERT INTO account_grant (id, account_id, role, unit_id, area_id, since, until, given_by, given_at, given_unit, purpose, paper)
      VALUES (grant_id, account, give_guest_role.role, unit, area, now, give_guest_role.until, pt.actor(), now, give_guest_role.given_unit, give_guest_role.purpose, give_guest_role.paper);
    PERFORM pt.write_rights(ARRAY[account]);
  END IF;
  RETURN NEXT;
END $$;
