-- A file with more persons than one officer may take out alone: asked for by one, allowed by another, taken once.
CREATE TABLE pt.list_request (
  id uuid PRIMARY KEY,
  asked_by uuid NOT NULL REFERENCES pt.account,
  unit_id int NOT NULL REFERENCES pt.unit,      -- of who asks, at that time
  list text NOT NULL,                           -- stays, cases
  address text NOT NULL,                        -- the list as it is narrowed
  persons int NOT NULL,                         -- rows of it, when it was asked for
  purpose text NOT NULL,
  asked_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by uuid,
  allowed boolean,
  note text,
  ends_at timestamptz,                          -- until when it may be taken
  taken_at timestamptz,
  CHECK ((decided_at IS NULL) = (allowed IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL) AND (ends_at IS NOT NULL) = (allowed IS TRUE)),
  CHECK (decided_by <> asked_by AND (taken_at IS NULL OR allowed))
);
-- Asked for again while it waits, it is the same request.
CREATE UNIQUE INDEX list_request_waits ON pt.list_request (asked_by, list, address) WHERE decided_at IS NULL;
CREATE INDEX list_request_mine ON pt.list_request (asked_by, list, address, asked_at);
CREATE INDEX list_request_unit ON pt.list_request (unit_id, asked_at, id);
ALTER TABLE pt.list_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_units ON pt.list_request FOR SELECT TO pt_app USING ((SELECT pt.sees_names()) AND (unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) OR asked_by = (SELECT pt.actor())));
CREATE POLICY asked ON pt.list_request FOR INSERT TO pt_app WITH CHECK ((SELECT pt.sees_names()) AND asked_by = (SELECT pt.actor()) AND decided_at IS NULL);
-- Nobody allows their own, and nobody decides twice.
CREATE POLICY decided ON pt.list_request FOR UPDATE TO pt_app USING ((SELECT pt.sees_names()) AND unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) AND asked_by <> (SELECT pt.actor()) AND decided_at IS NULL)
  WITH CHECK (decided_by = (SELECT pt.actor()));
CREATE POLICY taken ON pt.list_request FOR UPDATE TO pt_app USING (asked_by = (SELECT pt.actor()) AND allowed AND taken_at IS NULL) WITH CHECK (asked_by = (SELECT pt.actor()));
GRANT SELECT, INSERT, UPDATE (decided_at, decided_by, allowed, note, ends_at, taken_at) ON pt.list_request TO pt_app;

-- Whoever asked hears what became of it, wherever they sit now.
CREATE FUNCTION pt.tell_list_asker(request uuid, intent text, text_key text, details text, now timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
  SELECT gen_random_uuid(), $2, r.asked_by, $3, $4, r.address, false, $5 FROM list_request r WHERE r.id = $1 AND r.decided_by = pt.actor() ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION pt.tell_list_asker(uuid, text, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tell_list_asker(uuid, text, text, text, timestamptz) TO pt_app;
