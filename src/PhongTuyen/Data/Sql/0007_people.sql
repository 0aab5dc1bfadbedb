-- Persons. A person belongs to no single area: pt.person_scope holds each tie to a unit or an area, written by the event that made it.

CREATE TABLE pt.person (
  id uuid PRIMARY KEY,
  name text,                                   -- as on the paper, NFC; null where only a code is known
  code text COLLATE "C",                       -- patient code, where the list gives no name
  name_tokens text[] COLLATE "C" NOT NULL,     -- folded words of name and code, for pt.person_token
  name_key bytea NOT NULL,                     -- sorts by given name, family, middle
  birth date,
  birth_precision smallint NOT NULL DEFAULT 0, -- 0 unknown, 1 day, 2 month, 3 year, 4 about (from an age)
  sex smallint NOT NULL DEFAULT 0,             -- 0 not known, 1 male, 2 female, 3 other
  nationality text COLLATE "C",                -- ISO 3166-1 alpha-2; null not known
  occupation text,
  pregnant smallint NOT NULL DEFAULT 0,        -- 0 not known, 1 no, 2 yes
  pregnancy_weeks smallint CHECK (pregnancy_weeks BETWEEN 1 AND 45),
  chronic bytea,                               -- sealed free text
  household_id uuid,
  household_head boolean NOT NULL DEFAULT false,
  same_as uuid,                                -- merged into (a later issue)
  import_id uuid,
  entered_unit int NOT NULL,
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  version int NOT NULL DEFAULT 1
);
CREATE INDEX person_household ON pt.person (household_id) WHERE household_id IS NOT NULL;
CREATE INDEX person_import ON pt.person (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE pt.person_scope (
  person_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  because smallint NOT NULL,                   -- 1 entered here, 2 address, 3 stay, 4 transfer, 5 case, 6 result, 7 looked up
  source_id uuid NOT NULL,                     -- the record that made the tie
  unit_id int NOT NULL DEFAULT 0,
  province_id int NOT NULL DEFAULT 0,
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  name_key bytea NOT NULL,                     -- copied by a trigger, so that a list of a commune or unit comes sorted from one index
  since timestamptz NOT NULL,
  until timestamptz,
  PRIMARY KEY (person_id, because, source_id)
);
CREATE INDEX person_scope_unit ON pt.person_scope (unit_id, name_key, person_id) WHERE unit_id <> 0;
CREATE INDEX person_scope_commune ON pt.person_scope (commune_id, name_key, person_id) WHERE commune_id <> 0;

-- One row for each word of a name and each area that sees the person: the search of names, with = and prefix only.
CREATE TABLE pt.person_token (
  token text COLLATE "C" NOT NULL,
  province_id int NOT NULL,
  district_id int NOT NULL,
  commune_id int NOT NULL,
  unit_id int NOT NULL,
  person_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  PRIMARY KEY (token, province_id, district_id, commune_id, unit_id, person_id)
);
CREATE INDEX person_token_person ON pt.person_token (person_id);
CREATE INDEX person_token_unit ON pt.person_token (unit_id, token, person_id) WHERE unit_id <> 0;

CREATE TABLE pt.person_document (
  person_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  id uuid NOT NULL,
  kind smallint NOT NULL,                      -- 1 CCCD, 2 CMND, 3 passport, 4 BHYT, 5 birth number, 9 other
  number bytea NOT NULL,                       -- sealed
  number_index bytea NOT NULL,                 -- keyed blind index of kind class and number
  issued_on date,
  valid_to date,
  import_id uuid,
  entered_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, id)
);
CREATE INDEX person_document_number ON pt.person_document (number_index);

CREATE TABLE pt.person_phone (
  person_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  id uuid NOT NULL,
  number bytea NOT NULL,                       -- sealed, E.164
  number_index bytea NOT NULL,
  whose smallint NOT NULL DEFAULT 1,           -- 1 own, 2 household, 3 relative or other
  import_id uuid,
  entered_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, id)
);
CREATE INDEX person_phone_number ON pt.person_phone (number_index);

CREATE TABLE pt.person_address (
  person_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  id uuid NOT NULL,
  kind smallint NOT NULL,                      -- 1 permanent (thường trú), 2 temporary (tạm trú), 3 present (nơi ở hiện tại)
  province_id int NOT NULL DEFAULT 0,
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  hamlet_id int REFERENCES pt.area_hamlet,
  line text,                                   -- house number and street, or the whole line where no area was recognised
  since date,
  until date,
  import_id uuid,
  entered_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, id)
);

-- Something in the record that a person has to mend: a date that is missing, a place that was not found.
CREATE TABLE pt.person_finding (
  person_id uuid NOT NULL REFERENCES pt.person ON DELETE CASCADE,
  id uuid NOT NULL,
  unit_id int NOT NULL DEFAULT 0,
  province_id int NOT NULL DEFAULT 0,
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  kind text COLLATE "C" NOT NULL,              -- case.death-undated …
  subject_kind text COLLATE "C" NOT NULL,
  subject_id uuid NOT NULL,
  state smallint NOT NULL DEFAULT 0,           -- 0 open, 1 mended, 2 accepted as it is
  found_at timestamptz NOT NULL,
  closed_at timestamptz,
  closed_by uuid,
  reason text,
  import_id uuid,
  PRIMARY KEY (person_id, id)
);
CREATE INDEX person_finding_open ON pt.person_finding (unit_id, found_at DESC, id) WHERE state = 0;
CREATE INDEX person_finding_subject ON pt.person_finding (subject_id);
CREATE INDEX person_finding_import ON pt.person_finding (import_id) WHERE import_id IS NOT NULL;

ALTER TABLE pt.person ENABLE ROW LEVEL SECURITY;
CALL pt.guard('pt.person_token', names => true);
CALL pt.guard('pt.person_finding', names => true);
ALTER TABLE pt.person_scope ENABLE ROW LEVEL SECURITY;

-- A tie may be made for a person who has none yet, or by someone who already sees the person: nobody can draw a stranger to himself.
CREATE FUNCTION pt.may_tie(person uuid) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = person)
      OR EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = person AND pt.in_scope(s.unit_id, s.province_id, s.district_id, s.commune_id))
$$;
CREATE POLICY scope ON pt.person_scope FOR SELECT TO pt_app USING ((SELECT pt.sees_names()) AND
  (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR province_id = ANY ((SELECT pt.ints('pt.provinces'))::int[])
   OR district_id = ANY ((SELECT pt.ints('pt.districts'))::int[]) OR commune_id = ANY ((SELECT pt.ints('pt.communes'))::int[])));
CREATE POLICY tied ON pt.person_scope FOR INSERT TO pt_app WITH CHECK ((SELECT pt.sees_names()) AND pt.may_tie(person_id));
CREATE POLICY ended ON pt.person_scope FOR UPDATE TO pt_app USING ((SELECT pt.sees_names()) AND pt.in_scope(unit_id, province_id, district_id, commune_id));
CREATE POLICY undone ON pt.person_scope FOR DELETE TO pt_app USING ((SELECT pt.sees_names()) AND pt.in_scope(unit_id, province_id, district_id, commune_id));

CREATE POLICY made ON pt.person FOR INSERT TO pt_app WITH CHECK ((SELECT pt.sees_names()) AND entered_by = (SELECT pt.actor()));
CREATE POLICY tied ON pt.person FOR SELECT TO pt_app USING (EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = id));
CREATE POLICY tied_change ON pt.person FOR UPDATE TO pt_app USING (EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = id));
CREATE POLICY undone ON pt.person FOR DELETE TO pt_app USING (EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = id));

CREATE PROCEDURE pt.guard_by_person(guarded regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
  EXECUTE format('CREATE POLICY tied ON %1$s TO pt_app USING (EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = %1$s.person_id))
    WITH CHECK (EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = %1$s.person_id))', guarded);
END $$;
CALL pt.guard_by_person('pt.person_document');
CALL pt.guard_by_person('pt.person_phone');
CALL pt.guard_by_person('pt.person_address');

GRANT SELECT, INSERT, UPDATE, DELETE ON pt.person, pt.person_scope, pt.person_document, pt.person_phone, pt.person_address, pt.person_finding TO pt_app;
GRANT SELECT ON pt.person_token TO pt_app;

-- The copied sort key and the tokens follow ties and names by themselves: no writer can forget them.
CREATE FUNCTION pt.person_scope_key() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  SELECT p.name_key INTO NEW.name_key FROM person p WHERE p.id = NEW.person_id;
  RETURN NEW;
END $$;
CREATE TRIGGER person_scope_key BEFORE INSERT ON pt.person_scope FOR EACH ROW EXECUTE FUNCTION pt.person_scope_key();

CREATE FUNCTION pt.person_scope_tied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  INSERT INTO person_token (token, province_id, district_id, commune_id, unit_id, person_id)
  SELECT DISTINCT t.token, n.province_id, n.district_id, n.commune_id, n.unit_id, n.person_id
    FROM made n JOIN person p ON p.id = n.person_id CROSS JOIN LATERAL unnest(p.name_tokens) t(token)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER person_scope_tied AFTER INSERT ON pt.person_scope REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION pt.person_scope_tied();

CREATE FUNCTION pt.person_scope_untied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  DELETE FROM person_token t USING gone g
   WHERE t.person_id = g.person_id AND t.unit_id = g.unit_id AND t.province_id = g.province_id AND t.district_id = g.district_id AND t.commune_id = g.commune_id
     AND NOT EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = g.person_id AND s.unit_id = g.unit_id
                       AND s.province_id = g.province_id AND s.district_id = g.district_id AND s.commune_id = g.commune_id);
  RETURN NULL;
END $$;
CREATE TRIGGER person_scope_untied AFTER DELETE ON pt.person_scope REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION pt.person_scope_untied();

CREATE FUNCTION pt.person_renamed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE person_scope SET name_key = NEW.name_key WHERE person_id = NEW.id;
  DELETE FROM person_token WHERE person_id = NEW.id;
  INSERT INTO person_token (token, province_id, district_id, commune_id, unit_id, person_id)
  SELECT DISTINCT t.token, s.province_id, s.district_id, s.commune_id, s.unit_id, s.person_id
    FROM person_scope s CROSS JOIN LATERAL unnest(NEW.name_tokens) t(token) WHERE s.person_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER person_renamed AFTER UPDATE OF name_tokens, name_key ON pt.person FOR EACH ROW
  WHEN (OLD.name_tokens IS DISTINCT FROM NEW.name_tokens OR OLD.name_key IS DISTINCT FROM NEW.name_key) EXECUTE FUNCTION pt.person_renamed();

-- Is this number known anywhere? The least that helps a clerk: whether it is, and whether the clerk already sees the person.
CREATE FUNCTION pt.persons_of_number(index_value bytea) RETURNS TABLE (person_id uuid, visible boolean) STABLE
  LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT DISTINCT d.person_id, EXISTS (SELECT 1 FROM person_scope s WHERE s.person_id = d.person_id
           AND pt.in_scope(s.unit_id, s.province_id, s.district_id, s.commune_id))
    FROM person_document d WHERE d.number_index = index_value AND pt.sees_names() LIMIT 5
$$;
REVOKE ALL ON FUNCTION pt.persons_of_number(bytea) FROM public;
GRANT EXECUTE ON FUNCTION pt.persons_of_number(bytea) TO pt_app;

-- Beyond one's scope a number alone is not enough: number, birth and purpose together tie the person to the asking unit. The caller
-- writes the purpose into the audit in the same transaction.
CREATE FUNCTION pt.look_up_person(index_value bytea, birth_day date, birth_year int, unit int, source uuid, now timestamptz) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE found uuid;
BEGIN
  IF NOT pt.sees_names() OR NOT unit = ANY (pt.ints('pt.units')) THEN RETURN NULL; END IF;
  SELECT d.person_id INTO found FROM person_document d JOIN person p ON p.id = d.person_id
   WHERE d.number_index = index_value AND (p.birth = birth_day OR (p.birth_precision <> 1 AND extract(year FROM p.birth) = birth_year)) LIMIT 1;
  IF found IS NOT NULL THEN
    INSERT INTO person_scope (person_id, because, source_id, unit_id, name_key, since) VALUES (found, 7, source, unit, '', now) ON CONFLICT DO NOTHING;
  END IF;
  RETURN found;
END $$;
REVOKE ALL ON FUNCTION pt.look_up_person(bytea, date, int, int, uuid, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.look_up_person(bytea, date, int, int, uuid, timestamptz) TO pt_app;

-- How often the commonest words of names occur, from the planner's statistics: so that a search begins with the rarest word.
CREATE FUNCTION pt.common_tokens() RETURNS TABLE (token text, often real) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT t.token, t.often FROM pg_stats s, unnest(s.most_common_vals::text::text[], s.most_common_freqs) t(token, often)
   WHERE s.schemaname = 'pt' AND s.tablename = 'person_token' AND s.attname = 'token'
$$;
REVOKE ALL ON FUNCTION pt.common_tokens() FROM public;
GRANT EXECUTE ON FUNCTION pt.common_tokens() TO pt_app;
