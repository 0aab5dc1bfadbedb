-- Whoever shall type papers is told of them, once each time that they become theirs to type; without a name of anybody on them.
CREATE FUNCTION pt.tell_of_papers(batch uuid, text_key text, link text, now timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
  SELECT gen_random_uuid(), 'papers-given/' || b.id, b.account_id, $2, jsonb_build_object('title', b.title, 'unit', b.unit_name, 'n', b.papers::text)::text, $3, false, $4
    FROM paper_batch b WHERE b.id = $1 AND b.closed_at IS NULL AND b.account_id <> pt.actor() AND pt.in_scope(b.unit_id, b.province_id, b.district_id, b.commune_id) ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION pt.tell_of_papers(uuid, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tell_of_papers(uuid, text, text, timestamptz) TO pt_app;
