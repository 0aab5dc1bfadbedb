-- Who may be the same person, as before; but of more bearers of a name or of a telephone than are compared, those who are most alike. Which sixty of a hundred came first was chance, and hid pairs where many are
-- written as born on the first of January, or where a whole house gives one telephone. Few rows have so many: only for them is looked a second time, in order.
CREATE FUNCTION pt.births_apart(one date, other date) RETURNS int IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT CASE WHEN $1 = $2 THEN 0
              WHEN date_part('year', $1) = date_part('year', $2) OR date_part('month', $1) = date_part('month', $2) AND date_part('day', $1) = date_part('day', $2) THEN 1 ELSE 2 END
$$;
REVOKE ALL ON FUNCTION pt.births_apart(date, date) FROM public;

CREATE OR REPLACE FUNCTION pt.match_candidates(n int[], tokens text[], codes text[], births date[], precisions smallint[], provinces int[], districts int[], communes int[], own uuid[], number_n int[], numbers bytea[], phone_n int[], phones bytea[], years boolean, most int)
  RETURNS TABLE (n int, person_id uuid, root uuid, birth date, birth_precision smallint, sex smallint, household boolean, ways int) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = pt, pg_temp AS $$
  WITH probe AS MATERIALIZED (
    SELECT x.n, x.whole, x.code, x.birth, x.province, x.district, x.commune, coalesce(o.same_as, o.id) AS root, probe_keys(x.whole, x.code, x.birth, x.known, years) AS keys
      FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) x(n, whole, code, birth, known, province, district, commune, own) LEFT JOIN person o ON o.id = x.own),
  -- 1: the name, with something of the birth, or the code; 2: the name, in the same commune; 4: a number; 12: a telephone.
  first AS MATERIALIZED (
    SELECT x.n, c.id, 1 AS way FROM probe x CROSS JOIN LATERAL (SELECT o.id FROM person o WHERE o.match_keys && x.keys LIMIT most) c
    UNION ALL SELECT x.n, c.person_id, 2 FROM probe x CROSS JOIN LATERAL (SELECT t.person_id FROM person_token t WHERE x.commune <> 0 AND t.token = x.whole AND t.province_id = x.province AND t.district_id = x.district AND t.commune_id = x.commune LIMIT most) c
    UNION ALL SELECT i.n, d.person_id, 4 FROM unnest($10, $11) i(n, index) JOIN person_document d ON d.number_index = i.index
    UNION ALL SELECT i.n, c.person_id, 12 FROM unnest($12, $13) i(n, index) CROSS JOIN LATERAL (SELECT h.person_id FROM person_phone h WHERE h.number_index = i.index LIMIT 20) c),
  crowded AS MATERIALIZED (SELECT f.n, f.way FROM first f WHERE f.way <> 4 GROUP BY f.n, f.way HAVING count(*) >= CASE f.way WHEN 12 THEN 20 ELSE most END),
  found AS MATERIALIZED (
    SELECT f.n, f.id, bit_or(f.way) & 7 AS ways FROM (
      SELECT * FROM first
      -- All words and the birth; then the given name and the birth, or all words and something of the birth; last another given name. Keys stand in the order of match_keys, without that of the year where years do not suffice.
      UNION ALL SELECT x.n, c.id, 1 FROM crowded u JOIN probe x ON x.n = u.n AND u.way = 1 CROSS JOIN LATERAL (SELECT o.id FROM person o WHERE o.match_keys && x.keys
        ORDER BY CASE WHEN o.birth = x.birth AND o.match_keys[2] = x.keys[1 + years::int] THEN 0 WHEN o.match_keys[3] = x.keys[2 + years::int] OR o.match_keys[4] IS DISTINCT FROM x.keys[3 + years::int] THEN 1 ELSE 2 END LIMIT most) c
      UNION ALL SELECT x.n, c.id, 2 FROM crowded u JOIN probe x ON x.n = u.n AND u.way = 2 CROSS JOIN LATERAL (SELECT o.id
        FROM (SELECT DISTINCT t.person_id FROM person_token t WHERE t.token = x.whole AND t.province_id = x.province AND t.district_id = x.district AND t.commune_id = x.commune) t JOIN person o ON o.id = t.person_id
        ORDER BY births_apart(o.birth, x.birth) LIMIT most) c
      -- What hundreds have is the telephone of an office, and says nothing of any of them: which of them are compared is chance as before.
      UNION ALL SELECT x.n, c.id, 12 FROM crowded u JOIN probe x ON x.n = u.n AND u.way = 12 JOIN unnest($12, $13) i(n, index) ON i.n = x.n CROSS JOIN LATERAL (SELECT o.id FROM person_phone h JOIN person o ON o.id = h.person_id
        WHERE h.number_index = i.index AND (SELECT count(*) FROM (SELECT FROM person_phone z WHERE z.number_index = i.index LIMIT most * 5 + 1) z) <= most * 5
        ORDER BY CASE WHEN o.name_tokens[array_upper(o.name_tokens, 1)] = x.whole THEN 0 ELSE births_apart(o.birth, x.birth) END LIMIT 20) c
    ) f GROUP BY f.n, f.id)
  SELECT f.n, p.id, coalesce(p.same_as, p.id), p.birth, p.birth_precision, p.sex, p.household_id IS NOT NULL, CASE WHEN lower(p.code) = lower(x.code) THEN f.ways | 4 ELSE f.ways END
    FROM found f JOIN person p ON p.id = f.id JOIN probe x ON x.n = f.n WHERE pt.sees_names() AND coalesce(p.same_as, p.id) IS DISTINCT FROM x.root
$$;
