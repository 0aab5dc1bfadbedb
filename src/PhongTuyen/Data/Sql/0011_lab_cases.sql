-- The plain result and the plain case, once for every later system.

CREATE TABLE pt.lab_result (
  person_id uuid NOT NULL REFERENCES pt.person,
  id uuid NOT NULL,
  unit_id int NOT NULL,                        -- who recorded it
  province_id int NOT NULL DEFAULT 0,
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  disease text COLLATE "C" NOT NULL,
  kind smallint NOT NULL,                      -- 1 RT-PCR, 2 antigen, 9 other
  result smallint NOT NULL,                    -- 1 negative, 2 positive, 3 inconclusive
  ct numeric(4, 1),                            -- cycle threshold, 0 to 50
  taken_on date,                               -- null: not known
  said_by text,                                -- the laboratory or person that says so
  withdrawn_at timestamptz,
  withdrawn_why text,
  import_id uuid,
  entered_at timestamptz NOT NULL,
  entered_by uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (person_id, id)
);
CREATE INDEX lab_result_unit ON pt.lab_result (unit_id, taken_on DESC, id);
CREATE INDEX lab_result_import ON pt.lab_result (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE pt.case_record (
  person_id uuid NOT NULL REFERENCES pt.person,
  id uuid NOT NULL,
  unit_id int NOT NULL,                        -- responsible for it
  province_id int NOT NULL DEFAULT 0,          -- where it is counted
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  disease text COLLATE "C" NOT NULL,
  code text COLLATE "C",                       -- patient number: BN1100
  classification smallint NOT NULL,            -- 1 suspected, 2 probable, 3 confirmed, 4 discarded
  classified_on date,
  deciding text,                               -- the facts that decided it
  onset_on date,
  reported_on date,
  first_positive_on date,
  outcome smallint NOT NULL DEFAULT 0,         -- 0 not known, 1 in treatment, 2 recovered, 3 died, 4 other
  outcome_on date,
  severity smallint NOT NULL DEFAULT 0,
  import_id uuid,
  entered_at timestamptz NOT NULL,
  entered_by uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (person_id, id),
  CHECK (outcome <> 0 OR outcome_on IS NULL)
);
CREATE INDEX case_record_id ON pt.case_record (id);
CREATE INDEX case_record_code ON pt.case_record (code) WHERE code IS NOT NULL;
CREATE INDEX case_record_unit ON pt.case_record (unit_id, classification, reported_on DESC NULLS LAST, id);
CREATE INDEX case_record_province ON pt.case_record (province_id, classification, reported_on DESC NULLS LAST, id);
CREATE INDEX case_record_district ON pt.case_record (district_id, classification, reported_on DESC NULLS LAST, id) WHERE district_id <> 0;
CREATE INDEX case_record_commune ON pt.case_record (commune_id, classification, reported_on DESC NULLS LAST, id) WHERE commune_id <> 0;
CREATE INDEX case_record_import ON pt.case_record (import_id) WHERE import_id IS NOT NULL;

-- A case and a result are seen where they were recorded and are counted, and by those who have a tie to the person that has not ended.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['lab_result', 'case_record'] LOOP
    EXECUTE format('ALTER TABLE pt.%1$I ENABLE ROW LEVEL SECURITY;
      CREATE POLICY seen ON pt.%1$I TO pt_app USING ((SELECT pt.sees_names()) AND (
          unit_id = ANY ((SELECT pt.ints(''pt.units''))::int[]) OR province_id = ANY ((SELECT pt.ints(''pt.provinces''))::int[])
       OR district_id = ANY ((SELECT pt.ints(''pt.districts''))::int[]) OR commune_id = ANY ((SELECT pt.ints(''pt.communes''))::int[])
       OR EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = %1$I.person_id AND s.until IS NULL)))
      WITH CHECK ((SELECT pt.sees_names()) AND EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = %1$I.person_id));', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON pt.lab_result, pt.case_record TO pt_app;
