-- What a list's positive results have changed of cases of before, so that undoing the list puts them back.

-- Versions that came to nothing, because a list was undone: version - undone says where a case stands, and whether anybody has worked on it.
ALTER TABLE pt.case_record ADD COLUMN undone int NOT NULL DEFAULT 0;

CREATE TABLE pt.case_strengthened (
  import_id uuid NOT NULL,
  person_id uuid NOT NULL,
  case_id uuid NOT NULL,
  unit_id int NOT NULL,                        -- took the list in
  province_id int NOT NULL DEFAULT 0,
  district_id int NOT NULL DEFAULT 0,
  commune_id int NOT NULL DEFAULT 0,
  classification smallint NOT NULL,            -- of the case before
  classified_on date,
  deciding text,
  first_positive_on date,
  standing_before int NOT NULL,                -- version - undone of the case, before and after
  standing int NOT NULL,
  entered_at timestamptz NOT NULL,
  PRIMARY KEY (import_id, case_id),
  FOREIGN KEY (person_id, case_id) REFERENCES pt.case_record
);
CREATE INDEX case_strengthened_case ON pt.case_strengthened (person_id, case_id);
CALL pt.guard('pt.case_strengthened', names => true);
GRANT SELECT, INSERT, UPDATE, DELETE ON pt.case_strengthened TO pt_app;
