-- Double entry: a second volunteer types a sample of the papers again, without seeing what the first one wrote; the unit looks at what differs and decides which holds.
ALTER TABLE pt.paper_batch ADD COLUMN second_account_id uuid REFERENCES pt.account, ADD COLUMN second_name text, ADD COLUMN second_every int CHECK (second_every BETWEEN 1 AND 100),
  ADD CHECK ((second_account_id IS NULL) = (second_name IS NULL) AND (second_account_id IS NULL) = (second_every IS NULL)), ADD CHECK (second_account_id <> account_id);
CREATE INDEX paper_batch_second ON pt.paper_batch (second_account_id) WHERE closed_at IS NULL AND second_account_id IS NOT NULL;
GRANT UPDATE (second_account_id, second_name, second_every) ON pt.paper_batch TO pt_app;
CREATE POLICY queue_again ON pt.paper_batch FOR SELECT TO pt_app USING (second_account_id = (SELECT pt.actor()) AND closed_at IS NULL);
-- How often the unit sent it back.
ALTER TABLE pt.paper_entry ADD COLUMN returns int NOT NULL DEFAULT 0;
GRANT UPDATE (returns) ON pt.paper_entry TO pt_app;

CREATE TABLE pt.paper_double (
  entry_id uuid PRIMARY KEY REFERENCES pt.paper_entry,
  batch_id uuid NOT NULL REFERENCES pt.paper_batch,
  no int NOT NULL,
  first_account_id uuid NOT NULL,
  first_content bytea NOT NULL,                 -- as the first one typed it, sealed as in the entry: what the unit corrects there does not reach here
  account_id uuid,                              -- who typed it again
  content bytea,                                -- sealed
  state smallint NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 3), -- 1 to be typed again, 2 typed, 3 cannot be read
  compared smallint NOT NULL DEFAULT 0,         -- fields in which either wrote something
  typed_at timestamptz,
  CHECK ((state = 1) = (account_id IS NULL) AND (state = 1) = (content IS NULL) AND (state = 1) = (typed_at IS NULL)),
  UNIQUE (batch_id, no)
);
CREATE INDEX paper_double_first ON pt.paper_double (first_account_id) WHERE state = 2;
CREATE INDEX paper_double_account ON pt.paper_double (account_id) WHERE state = 2;
ALTER TABLE pt.paper_double ENABLE ROW LEVEL SECURITY;
-- Staff of the unit. A volunteer reads no row: what there is to do comes through the functions below.
CREATE POLICY of_unit ON pt.paper_double FOR SELECT TO pt_app USING ((SELECT pt.sees_names()) AND EXISTS (SELECT 1 FROM pt.paper_entry e WHERE e.id = entry_id));
GRANT SELECT ON pt.paper_double TO pt_app;

CREATE TABLE pt.paper_difference (
  entry_id uuid NOT NULL REFERENCES pt.paper_double,
  field text NOT NULL,
  decided smallint CHECK (decided BETWEEN 1 AND 3), -- 1 the first one is right, 2 the second, 3 neither
  decided_at timestamptz,
  decided_by uuid,
  PRIMARY KEY (entry_id, field),
  CHECK ((decided IS NULL) = (decided_at IS NULL) AND (decided IS NULL) = (decided_by IS NULL))
);
ALTER TABLE pt.paper_difference ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_unit ON pt.paper_difference FOR SELECT TO pt_app USING ((SELECT pt.sees_names()) AND EXISTS (SELECT 1 FROM pt.paper_double d WHERE d.entry_id = paper_difference.entry_id));
CREATE POLICY of_unit_change ON pt.paper_difference FOR UPDATE TO pt_app USING ((SELECT pt.sees_names()) AND EXISTS (SELECT 1 FROM pt.paper_double d WHERE d.entry_id = paper_difference.entry_id));
GRANT SELECT, UPDATE (decided, decided_at, decided_by) ON pt.paper_difference TO pt_app;

-- Of each so many papers in a row one, which one is the same whenever it is asked.
CREATE FUNCTION pt.paper_sampled(batch uuid, no int, every int) RETURNS boolean IMMUTABLE LANGUAGE sql SET search_path = pt, pg_temp AS $$
  SELECT coalesce(($2 - 1) % $3 = (hashtextextended($1::text || '/' || (($2 - 1) / $3)::text, 0) & 9223372036854775807) % $3, false)
$$;
REVOKE ALL ON FUNCTION pt.paper_sampled(uuid, int, int) FROM public;
-- A paper of the sample is kept as it was typed, and as its typist corrects it until somebody has typed it again.
CREATE FUNCTION pt.paper_sample() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  INSERT INTO paper_double (entry_id, batch_id, no, first_account_id, first_content)
    SELECT NEW.id, b.id, NEW.no, NEW.account_id, NEW.content FROM paper_batch b WHERE b.id = NEW.batch_id AND b.second_account_id <> NEW.account_id AND pt.paper_sampled(b.id, NEW.no, b.second_every)
    ON CONFLICT (entry_id) DO UPDATE SET first_content = EXCLUDED.first_content WHERE paper_double.state = 1;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.paper_sample() FROM public;
CREATE TRIGGER sample AFTER INSERT OR UPDATE OF content ON pt.paper_entry FOR EACH ROW WHEN (NEW.state = 1) EXECUTE FUNCTION pt.paper_sample();
-- The same for what was typed before a second one was named.
CREATE FUNCTION pt.paper_sample_all() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
BEGIN
  INSERT INTO paper_double (entry_id, batch_id, no, first_account_id, first_content)
    SELECT e.id, NEW.id, e.no, e.account_id, e.content FROM paper_entry e WHERE e.batch_id = NEW.id AND e.state = 1 AND e.account_id <> NEW.second_account_id AND pt.paper_sampled(NEW.id, e.no, NEW.second_every)
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pt.paper_sample_all() FROM public;
CREATE TRIGGER sample AFTER UPDATE OF second_account_id, second_every ON pt.paper_batch FOR EACH ROW WHEN (NEW.second_account_id IS NOT NULL) EXECUTE FUNCTION pt.paper_sample_all();

-- What the asker is to type again: the numbers that stand on the papers, and nothing of what was typed.
CREATE FUNCTION pt.papers_again(batch uuid) RETURNS TABLE (entry_id uuid, no int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT d.entry_id, d.no FROM paper_batch b JOIN paper_double d ON d.batch_id = b.id
    WHERE b.id = $1 AND b.second_account_id = pt.actor() AND b.closed_at IS NULL AND d.state = 1 AND d.first_account_id <> pt.actor() ORDER BY d.no
$$;
REVOKE ALL ON FUNCTION pt.papers_again(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.papers_again(uuid) TO pt_app;
-- What the first one wrote, sealed, for the program to compare with; locked until that is done.
CREATE FUNCTION pt.paper_to_compare(entry uuid) RETURNS bytea LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  SELECT d.first_content FROM paper_double d JOIN paper_batch b ON b.id = d.batch_id
    WHERE d.entry_id = $1 AND b.second_account_id = pt.actor() AND b.closed_at IS NULL AND d.state = 1 AND d.first_account_id <> pt.actor() FOR UPDATE OF d
$$;
REVOKE ALL ON FUNCTION pt.paper_to_compare(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.paper_to_compare(uuid) TO pt_app;
CREATE FUNCTION pt.paper_typed_again(entry uuid, content bytea, state smallint, compared smallint, fields text[], now timestamptz) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH typed AS (
    UPDATE paper_double d SET account_id = pt.actor(), content = $2, state = $3, compared = $4, typed_at = $6 FROM paper_batch b
      WHERE d.entry_id = $1 AND b.id = d.batch_id AND b.second_account_id = pt.actor() AND b.closed_at IS NULL AND d.state = 1 AND d.first_account_id <> pt.actor() AND $3 IN (2, 3) RETURNING d.entry_id),
  differ AS (INSERT INTO paper_difference (entry_id, field) SELECT t.entry_id, f FROM typed t, unnest($5) f)
  SELECT EXISTS (SELECT 1 FROM typed)
$$;
REVOKE ALL ON FUNCTION pt.paper_typed_again(uuid, bytea, smallint, smallint, text[], timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.paper_typed_again(uuid, bytea, smallint, smallint, text[], timestamptz) TO pt_app;

-- How the asker's own typing goes: papers since a moment, how many between pauses and in how many seconds, what was unclear or came back; and of all that was typed twice, the fields compared, decided against them, and not decided.
CREATE FUNCTION pt.own_typing(since timestamptz, pause interval) RETURNS TABLE (typed int, steps int, seconds double precision, unclear int, returned int, compared int, against int, undecided int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH mine AS (
    SELECT e.typed_at, e.state = 2 AND e.settled_at IS NULL AS unclear, e.returns > 0 AS returned FROM paper_entry e WHERE e.account_id = pt.actor() AND e.typed_at >= $1
    UNION ALL SELECT d.typed_at, d.state = 3, false FROM paper_double d WHERE d.account_id = pt.actor() AND d.typed_at >= $1),
  paced AS (SELECT *, typed_at - lag(typed_at) OVER (ORDER BY typed_at) AS gap FROM mine),
  twice AS (SELECT d.entry_id, d.compared, d.first_account_id = pt.actor() AS first FROM paper_double d WHERE d.state = 2 AND pt.actor() IN (d.first_account_id, d.account_id)),
  differ AS (SELECT count(*) FILTER (WHERE f.decided = 3 OR f.decided = CASE WHEN t.first THEN 2 ELSE 1 END)::int AS against, count(*) FILTER (WHERE f.decided IS NULL)::int AS undecided FROM twice t JOIN paper_difference f ON f.entry_id = t.entry_id)
  SELECT count(*)::int, count(*) FILTER (WHERE gap <= $2)::int, coalesce(extract(epoch FROM sum(gap) FILTER (WHERE gap <= $2)), 0)::double precision, count(*) FILTER (WHERE unclear)::int, count(*) FILTER (WHERE returned)::int,
    (SELECT coalesce(sum(t.compared), 0)::int FROM twice t), (SELECT against FROM differ), (SELECT undecided FROM differ) FROM paced
$$;
REVOKE ALL ON FUNCTION pt.own_typing(timestamptz, interval) FROM public;
GRANT EXECUTE ON FUNCTION pt.own_typing(timestamptz, interval) TO pt_app;

-- The second one is told as the first one is.
CREATE FUNCTION pt.tell_of_papers_again(batch uuid, text_key text, link text, now timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
  SELECT gen_random_uuid(), 'papers-again/' || b.id, b.second_account_id, $2, jsonb_build_object('title', b.title, 'unit', b.unit_name)::text, $3, false, $4
    FROM paper_batch b WHERE b.id = $1 AND b.second_account_id IS NOT NULL AND b.closed_at IS NULL AND pt.in_scope(b.unit_id, b.province_id, b.district_id, b.commune_id) ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION pt.tell_of_papers_again(uuid, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tell_of_papers_again(uuid, text, text, timestamptz) TO pt_app;

-- What was typed a second time is forgotten with the first.
CREATE OR REPLACE FUNCTION pt.forget_papers(before timestamptz) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH gone AS (UPDATE paper_entry SET content = '', number_index = NULL WHERE id IN (SELECT e.id FROM paper_entry e WHERE e.state = 4 AND e.content <> '' AND e.settled_at < $1 ORDER BY e.settled_at LIMIT 5000) RETURNING id),
  twice AS (UPDATE paper_double SET first_content = '', content = CASE WHEN state = 1 THEN NULL ELSE ''::bytea END WHERE entry_id IN (SELECT id FROM gone))
  SELECT count(*)::int FROM gone
$$;
