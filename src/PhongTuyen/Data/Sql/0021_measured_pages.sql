-- What measuring the pages with connections that last asked for (bench/RESULTS.md).

-- Planned ends that have passed, unit by unit: a list of facilities had read those of every level.
CREATE INDEX report_counter_planned_unit ON pt.report_counter (unit_id, day) WHERE level = 0 AND metric = 10 AND n <> 0;

-- Most of the audit is who looked at what. What was done is found without walking through it.
CREATE INDEX audit_event_done ON pt.audit_event (at, id) WHERE act NOT IN ('person.seen', 'person.listed', 'person.searched', 'asked.not-shown', 'account.signed-in');
CREATE INDEX audit_event_done_unit ON pt.audit_event (unit_id, at, id) WHERE act NOT IN ('person.seen', 'person.listed', 'person.searched', 'asked.not-shown', 'account.signed-in');
DROP INDEX pt.audit_event_at;

-- The days of arrival are a range of the lists' own order now; with this index the planner sorted a whole day to show a page of it.
DROP INDEX pt.quarantine_stay_arrived;
