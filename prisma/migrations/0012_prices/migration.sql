-- An agent may cost nothing, an amount for each call, or an amount for each unit up to so many a call. "terms" is the price as
-- the manifest says it; "price" is the most that a call can come to, by which people compare.
ALTER TABLE "agent_listing" ADD COLUMN "terms" JSONB NOT NULL DEFAULT '{"kind": "free"}';
ALTER TABLE "agent_listing" ALTER COLUMN "terms" DROP DEFAULT;

-- What is no price has no most, and is listed nowhere.
CREATE FUNCTION most_per_call(terms JSONB) RETURNS BIGINT LANGUAGE SQL IMMUTABLE AS $$
  SELECT CASE
    WHEN terms->>'kind' IS NULL AND terms->>'amount' ~ '^[0-9]{1,18}$' THEN (terms->>'amount')::BIGINT
    WHEN terms->>'kind' = 'free' THEN 0
    WHEN terms->>'kind' = 'per_call' AND terms#>>'{price,amount}' ~ '^[0-9]{1,18}$' THEN (terms#>>'{price,amount}')::BIGINT
    WHEN terms->>'kind' = 'metered' AND terms#>>'{price,amount}' ~ '^[0-9]{1,12}$' AND terms->>'maxPerCall' ~ '^[0-9]{1,6}$|^1000000$'
      THEN (terms#>>'{price,amount}')::BIGINT * (terms->>'maxPerCall')::BIGINT
  END
$$;

CREATE OR REPLACE FUNCTION list_agent(wanted TEXT) RETURNS VOID LANGUAGE SQL AS $$
  DELETE FROM agent_listing WHERE name = wanted AND NOT EXISTS
    (SELECT FROM agent_version WHERE split_part(agent, '@', 1) = wanted AND state = 'active');
  INSERT INTO agent_listing
    (name, agent, title, description, by, publisher, categories, currency, price, terms, listed_at, search)
  SELECT wanted, agent, manifest->>'title', coalesce(manifest->>'description', ''), split_part(wanted, '/', 1), publisher, categories,
         coalesce(manifest#>>'{price,price,currency}', manifest#>>'{price,currency}', 'microcredits'),
         most_per_call(manifest->'price'), manifest->'price', created_at,
         setweight(to_tsvector('simple', manifest->>'title'), 'A') ||
         setweight(to_tsvector('simple', translate(wanted, '/-', '  ') || ' ' || array_to_string(categories, ' ')), 'B') ||
         setweight(to_tsvector('simple', coalesce(manifest->>'description', '')), 'C')
    FROM agent_version,
         LATERAL (SELECT ARRAY(SELECT jsonb_array_elements_text(
           CASE jsonb_typeof(manifest->'capabilities') WHEN 'array' THEN manifest->'capabilities' ELSE '[]' END)) AS categories) AS told
   WHERE split_part(agent, '@', 1) = wanted AND state = 'active'
     AND manifest->>'title' IS NOT NULL AND most_per_call(manifest->'price') IS NOT NULL
   ORDER BY agent_version_place(agent) DESC
   LIMIT 1
  ON CONFLICT (name) DO UPDATE SET
    agent = excluded.agent, title = excluded.title, description = excluded.description, by = excluded.by,
    publisher = excluded.publisher, categories = excluded.categories, currency = excluded.currency,
    price = excluded.price, terms = excluded.terms, listed_at = excluded.listed_at, search = excluded.search
$$;

SELECT list_agent(name) FROM (SELECT DISTINCT split_part(agent, '@', 1) AS name FROM "agent_version") AS known;
