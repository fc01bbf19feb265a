-- What a version is at: a table of moves in server/use-cases/listing-states.ts says who may take it where.
-- "hidden" is why our own probes took an agent out of sight, though its publisher and its reviewer would have it there.
ALTER TABLE "agent_version"
  ADD COLUMN "owner_id" TEXT,
  ADD COLUMN "protocol" TEXT NOT NULL DEFAULT 'http',
  ADD COLUMN "hidden" TEXT,
  ADD COLUMN "reason" TEXT,
  ADD COLUMN "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD CONSTRAINT "agent_version_state" CHECK
    (state IN ('draft', 'pending_review', 'approved', 'active', 'deprecated', 'suspended'));
CREATE INDEX "agent_version_owner_id_idx" ON "agent_version"("owner_id");

-- What people narrow a search by. "band" is the price in the steps that the facet offers.
ALTER TABLE "agent_listing"
  ADD COLUMN "protocol" TEXT NOT NULL DEFAULT 'http',
  ADD COLUMN "effect" TEXT NOT NULL DEFAULT 'once',
  ADD COLUMN "state" TEXT NOT NULL DEFAULT 'active',
  ADD COLUMN "band" TEXT NOT NULL DEFAULT 'high';
CREATE INDEX "agent_listing_facets_idx" ON "agent_listing"("state", "band", "protocol", "effect", "publisher");

CREATE FUNCTION agent_band(currency TEXT, price BIGINT) RETURNS TEXT LANGUAGE SQL IMMUTABLE AS $$
  SELECT CASE WHEN price = 0 THEN 'free' WHEN currency <> 'microcredits' THEN 'high'
              WHEN price <= 500000 THEN 'low' WHEN price <= 2000000 THEN 'middle' ELSE 'high' END
$$;

-- One row for each agent that can be called and is not hidden: its newest active version, or where none is active any
-- more its newest deprecated one, which nobody is offered but who asks for those.
CREATE OR REPLACE FUNCTION list_agent(wanted TEXT) RETURNS VOID LANGUAGE SQL AS $$
  DELETE FROM agent_listing WHERE name = wanted AND NOT EXISTS
    (SELECT FROM agent_version WHERE split_part(agent, '@', 1) = wanted AND state IN ('active', 'deprecated') AND hidden IS NULL);
  INSERT INTO agent_listing (name, agent, title, description, by, publisher, categories, currency, price, terms, listed_at, search,
                             protocol, effect, state, band)
  SELECT wanted, agent, manifest->>'title', coalesce(manifest->>'description', ''), split_part(wanted, '/', 1), publisher, categories,
         currency, amount, manifest->'price', created_at,
         setweight(to_tsvector('simple', manifest->>'title'), 'A') ||
         setweight(to_tsvector('simple', translate(wanted, '/-', '  ') || ' ' || array_to_string(categories, ' ')), 'B') ||
         setweight(to_tsvector('simple', coalesce(manifest->>'description', '')), 'C'),
         protocol, coalesce(manifest->>'effect', 'once'), state, agent_band(currency, amount)
    FROM agent_version,
         LATERAL (SELECT ARRAY(SELECT jsonb_array_elements_text(
           CASE jsonb_typeof(manifest->'capabilities') WHEN 'array' THEN manifest->'capabilities' ELSE '[]' END)) AS categories) AS told,
         LATERAL (SELECT coalesce(manifest#>>'{price,currency}', manifest#>>'{price,price,currency}', 'microcredits') AS currency,
                         most_per_call(manifest->'price') AS amount) AS priced
   WHERE split_part(agent, '@', 1) = wanted AND state IN ('active', 'deprecated') AND hidden IS NULL
     AND manifest->>'title' IS NOT NULL AND amount IS NOT NULL
   ORDER BY state = 'active' DESC, agent_version_place(agent) DESC
   LIMIT 1
  ON CONFLICT (name) DO UPDATE SET
    agent = excluded.agent, title = excluded.title, description = excluded.description, by = excluded.by,
    publisher = excluded.publisher, categories = excluded.categories, currency = excluded.currency,
    price = excluded.price, terms = excluded.terms, listed_at = excluded.listed_at, search = excluded.search,
    protocol = excluded.protocol, effect = excluded.effect, state = excluded.state, band = excluded.band
$$;

SELECT list_agent(name) FROM (SELECT DISTINCT split_part(agent, '@', 1) AS name FROM "agent_version") AS known;
