-- Who leaves on a day are those who came first: a list of them, newest arrivals first, went through everybody in house before it found one.
DROP INDEX pt.quarantine_stay_unit_end, pt.quarantine_stay_district_end, pt.quarantine_stay_province_end;
CREATE INDEX quarantine_stay_unit_end ON pt.quarantine_stay (unit_id, planned_end, listed_at, id) WHERE state = 2;
CREATE INDEX quarantine_stay_district_end ON pt.quarantine_stay (district_id, planned_end, listed_at, id) WHERE state = 2 AND district_id <> 0;
CREATE INDEX quarantine_stay_province_end ON pt.quarantine_stay (province_id, planned_end, listed_at, id) WHERE state = 2;
