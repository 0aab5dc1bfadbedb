-- The search of names goes through those who bear the rarest word and reads the other words from the same entry of the index: nothing is
-- looked up anywhere else. Who bears "tung" is one range of the key, and each entry says " le van tung ".
ALTER TABLE pt.person_token ADD COLUMN words text COLLATE "C" NOT NULL DEFAULT '';  -- all folded words of the name, each between spaces
ALTER TABLE pt.person_token DROP CONSTRAINT person_token_pkey;
DROP INDEX pt.person_token_unit;
UPDATE pt.person_token t SET words = ' ' || array_to_string(p.name_tokens, ' ') || ' ' FROM pt.person p WHERE p.id = t.person_id;
ALTER TABLE pt.person_token ADD PRIMARY KEY (token, province_id, district_id, commune_id, unit_id, person_id) INCLUDE (words);
-- With all columns of the row policy, so that a unit too is answered from the index alone.
CREATE INDEX person_token_unit ON pt.person_token (unit_id, token, person_id) INCLUDE (province_id, district_id, commune_id, words) WHERE unit_id <> 0;

CREATE OR REPLACE FUNCTION pt.person_scope_tied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  INSERT INTO person_token (token, province_id, district_id, commune_id, unit_id, person_id, words)
  SELECT DISTINCT t.token, n.province_id, n.district_id, n.commune_id, n.unit_id, n.person_id, ' ' || array_to_string(p.name_tokens, ' ') || ' '
    FROM made n JOIN person p ON p.id = n.person_id CROSS JOIN LATERAL unnest(p.name_tokens) t(token)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION pt.person_renamed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  UPDATE person_scope SET name_key = NEW.name_key WHERE person_id = NEW.id;
  DELETE FROM person_token WHERE person_id = NEW.id;
  INSERT INTO person_token (token, province_id, district_id, commune_id, unit_id, person_id, words)
  SELECT DISTINCT t.token, s.province_id, s.district_id, s.commune_id, s.unit_id, s.person_id, ' ' || array_to_string(NEW.name_tokens, ' ') || ' '
    FROM person_scope s CROSS JOIN LATERAL unnest(NEW.name_tokens) t(token) WHERE s.person_id = NEW.id;
  RETURN NULL;
END $$;

-- Who writes a word without the others (the merging of units does) gets them here.
CREATE FUNCTION pt.person_token_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  SELECT ' ' || array_to_string(p.name_tokens, ' ') || ' ' INTO NEW.words FROM person p WHERE p.id = NEW.person_id;
  RETURN NEW;
END $$;
CREATE TRIGGER person_token_words BEFORE INSERT ON pt.person_token FOR EACH ROW WHEN (NEW.words = '') EXECUTE FUNCTION pt.person_token_words();
