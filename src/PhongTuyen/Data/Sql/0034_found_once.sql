-- What has to be mended is found once: two who find the same at once make one open finding. Of those that were made twice the first stays.
-- The findings of a list belong to its rows, of which two may be about one person, and one program takes a list in.
DELETE FROM pt.person_finding f USING pt.person_finding first
 WHERE first.person_id = f.person_id AND first.subject_id = f.subject_id AND first.kind = f.kind AND first.state = 0 AND f.state = 0
   AND f.subject_kind <> 'import' AND first.subject_kind <> 'import' AND (first.found_at, first.id) < (f.found_at, f.id);
CREATE UNIQUE INDEX person_finding_once ON pt.person_finding (person_id, subject_id, kind) WHERE state = 0 AND subject_kind <> 'import';
