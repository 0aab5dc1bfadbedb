-- What the pages of persons, cases and imports need besides.

-- A new unit's number is taken before its row is written, so that the audit can name it.
GRANT USAGE ON SEQUENCE pt.unit_id_seq TO pt_app;

-- Units that an import made and nobody has looked at leave every scope when they go, so that no account keeps a number of nothing.
CREATE FUNCTION pt.units_taken_back(import uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
DECLARE gone int[];
BEGIN
  WITH away AS (DELETE FROM unit u WHERE u.import_id = import AND NOT u.verified AND u.id = ANY (pt.ints('pt.units')) RETURNING u.id) SELECT array_agg(id) INTO gone FROM away;
  IF gone IS NULL THEN RETURN; END IF;
  UPDATE account_right r SET units = (SELECT coalesce(array_agg(x ORDER BY x), '{}') FROM unnest(r.units) x WHERE NOT x = ANY (gone)) WHERE r.units && gone;
END $$;
REVOKE ALL ON FUNCTION pt.units_taken_back(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.units_taken_back(uuid) TO pt_app;

ALTER TABLE pt.import_run ADD COLUMN finding_kinds text NOT NULL DEFAULT '{}';   -- JSON: kind of finding → how many

-- Words of names are written and taken away by the triggers of the ties alone, and those go with the person: a foreign key would ask for
-- the person once more for each word (an import of a list took a third longer by it).
ALTER TABLE pt.person_token DROP CONSTRAINT person_token_person_id_fkey;
