-- Whoever typed papers is told that some came back: once, until that notice was read, however many they are, and without what stands on them.
CREATE FUNCTION pt.tell_of_returned(entry uuid, text_key text, link text, now timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  INSERT INTO notice (id, intent, account_id, text_key, details, link, urgent, created_at)
  SELECT gen_random_uuid(), 'papers-returned/' || b.id || '/' || e.id || '/' || e.version, b.account_id, $2, jsonb_build_object('title', b.title, 'unit', b.unit_name)::text, $3, false, $4
    FROM paper_entry e JOIN paper_batch b ON b.id = e.batch_id
    WHERE e.id = $1 AND b.closed_at IS NULL AND b.account_id <> pt.actor() AND pt.in_scope(b.unit_id, b.province_id, b.district_id, b.commune_id)
      AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.account_id = b.account_id AND n.read_at IS NULL AND starts_with(n.intent, 'papers-returned/' || b.id)) ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION pt.tell_of_returned(uuid, text, text, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION pt.tell_of_returned(uuid, text, text, timestamptz) TO pt_app;
