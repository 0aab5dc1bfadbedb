-- Whose ties to a person have all ended keeps sight of the person, and changes nothing any more.

ALTER POLICY tied_change ON pt.person USING (EXISTS (SELECT 1 FROM pt.person_scope s WHERE s.person_id = id AND s.until IS NULL));
