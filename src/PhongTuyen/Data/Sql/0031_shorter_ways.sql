-- A name is mostly typed as it is written. So the whole name in its order, with a space before it, stands among its words: who is called
-- "nguyen van tung" is one range of the key too, and only where that leaves the page unfilled are the bearers of one word gone through.
CREATE FUNCTION pt.words_of(name_tokens text[]) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT name_tokens[cardinality(name_tokens)] || ' ' $$;

ALTER TABLE pt.person DISABLE TRIGGER person_renamed;
UPDATE pt.person SET name_tokens = name_tokens || (' ' || array_to_string(name_tokens, ' ')) WHERE cardinality(name_tokens) > 0;
ALTER TABLE pt.person ENABLE TRIGGER person_renamed;
INSERT INTO pt.person_token (token, province_id, district_id, commune_id, unit_id, person_id, words)
  SELECT DISTINCT rtrim(words), province_id, district_id, commune_id, unit_id, person_id, words FROM pt.person_token;

CREATE OR REPLACE FUNCTION pt.person_scope_tied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  INSERT INTO person_token (token, province_id, district_id, commune_id, unit_id, person_id, words)
  SELECT DISTINCT t.token, n.province_id, n.district_id, n.commune_id, n.unit_id, n.person_id, pt.words_of(p.name_tokens)
    FROM made n JOIN person p ON p.id = n.person_id CROSS JOIN LATERAL unnest(p.name_tokens) t(token)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION pt.person_renamed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE person_scope SET name_key = NEW.name_key WHERE person_id = NEW.id;
  DELETE FROM person_token WHERE person_id = NEW.id;
  INSERT INTO person_token (token, province_id, district_id, commune_id, unit_id, person_id, words)
  SELECT DISTINCT t.token, s.province_id, s.district_id, s.commune_id, s.unit_id, s.person_id, pt.words_of(NEW.name_tokens)
    FROM person_scope s CROSS JOIN LATERAL unnest(NEW.name_tokens) t(token) WHERE s.person_id = NEW.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION pt.person_token_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  SELECT pt.words_of(p.name_tokens) INTO NEW.words FROM person p WHERE p.id = NEW.person_id;
  RETURN NEW;
END $$;

-- Which unit has people where is no secret from staff, as the units and their houses are not; a list of a province asks for hundreds of units.
DROP POLICY own_units ON pt.quarantine_reach;
CREATE POLICY everybody ON pt.quarantine_reach FOR SELECT TO pt_app USING (pt.actor() IS NOT NULL);

-- The list of all stays of an area is one range of an index, as that of a unit is, and not one for each state.
CREATE INDEX quarantine_stay_province_listed ON pt.quarantine_stay (province_id, listed_at, id) WHERE state BETWEEN 2 AND 5;
CREATE INDEX quarantine_stay_district_listed ON pt.quarantine_stay (district_id, listed_at, id) WHERE state BETWEEN 2 AND 5 AND district_id <> 0;
CREATE INDEX quarantine_stay_commune_listed ON pt.quarantine_stay (commune_id, listed_at, id) WHERE state BETWEEN 2 AND 5 AND commune_id <> 0;
-- Where a scope has hundreds of units, what they add to the page of its areas is looked for among the newest of all, not unit by unit.
CREATE INDEX person_finding_found ON pt.person_finding (found_at, id) WHERE state = 0;
CREATE INDEX case_record_listed ON pt.case_record (listed_on, id);

-- An officer's area and the units below are two grants, each of one kind of place: only where two grants name the same kind are they merged.
CREATE OR REPLACE FUNCTION pt.take_scope(account uuid, wanted smallint[], faceless smallint[], now timestamptz)
  RETURNS TABLE (roles smallint[], units int[], provinces int[], districts int[], communes int[], names boolean) LANGUAGE plpgsql AS $$
DECLARE several boolean;
BEGIN
  -- Figures and names may come from different grants: where any wanted role shows names, only those grants make the scope.
  SELECT coalesce(bool_or(r.role = ANY (wanted) AND NOT r.role = ANY (faceless)), false), array_agg(DISTINCT r.role) INTO names, roles
    FROM pt.account_right r WHERE r.account_id = account AND r.since <= now AND (r.until IS NULL OR r.until > now);
  SELECT count(nullif(r.units, '{}')) > 1 OR count(nullif(r.provinces, '{}')) > 1 OR count(nullif(r.districts, '{}')) > 1 OR count(nullif(r.communes, '{}')) > 1,
         max(r.units), max(r.provinces), max(r.districts), max(r.communes) INTO several, units, provinces, districts, communes
    FROM pt.account_right r WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless));
  IF several THEN
    WITH these AS (SELECT r.* FROM pt.account_right r WHERE r.account_id = account AND r.role = ANY (wanted) AND r.since <= now AND (r.until IS NULL OR r.until > now) AND (NOT names OR NOT r.role = ANY (faceless)))
    SELECT (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.units) x), (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.provinces) x),
           (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.districts) x), (SELECT array_agg(DISTINCT x) FROM these t, unnest(t.communes) x)
      INTO units, provinces, districts, communes;
  END IF;
  roles := coalesce(roles, '{}'); units := coalesce(units, '{}'); provinces := coalesce(provinces, '{}'); districts := coalesce(districts, '{}'); communes := coalesce(communes, '{}');
  PERFORM set_config('pt.actor', account::text, true), set_config('pt.sight', CASE WHEN names THEN 'names' ELSE 'figures' END, true),
    set_config('pt.units', units::text, true), set_config('pt.provinces', provinces::text, true),
    set_config('pt.districts', districts::text, true), set_config('pt.communes', communes::text, true);
  RETURN NEXT;
END $$;

-- The open transfers of a unit, at either end.
CREATE INDEX quarantine_transfer_out_open ON pt.quarantine_transfer (unit_id, sent_at, id) WHERE state IN (1, 2);
CREATE INDEX quarantine_transfer_in_open ON pt.quarantine_transfer (to_unit_id, sent_at, id) WHERE state IN (1, 2);

-- Whoever writes a name writes it in its order too: a search would not find it otherwise.
ALTER TABLE pt.person ADD CONSTRAINT person_name_in_order CHECK (cardinality(name_tokens) = 0 OR left(name_tokens[cardinality(name_tokens)], 1) = ' ');
