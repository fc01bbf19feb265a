-- What people look for in the registry: one row for each agent that can be called, with the newest of its active versions.
-- It follows "agent_version" by itself, so that whoever writes a version cannot forget it.
CREATE TABLE "agent_listing" (
    "name" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "publisher" TEXT NOT NULL,
    "categories" TEXT[] NOT NULL,
    "currency" TEXT NOT NULL,
    "price" BIGINT NOT NULL,
    "listed_at" TIMESTAMPTZ(3) NOT NULL,
    "search" TSVECTOR NOT NULL,

    CONSTRAINT "agent_listing_pkey" PRIMARY KEY ("name")
);

CREATE INDEX "agent_listing_search_idx" ON "agent_listing" USING GIN ("search");
CREATE INDEX "agent_listing_categories_idx" ON "agent_listing" USING GIN ("categories");
CREATE INDEX "agent_listing_title_name_idx" ON "agent_listing"("title", "name");
CREATE INDEX "agent_listing_price_name_idx" ON "agent_listing"("price", "name");
CREATE INDEX "agent_listing_listed_at_name_idx" ON "agent_listing"("listed_at" DESC, "name");

-- All versions of one agent, the newest first.
CREATE FUNCTION agent_version_place(agent TEXT) RETURNS NUMERIC[] LANGUAGE SQL IMMUTABLE AS
  $$ SELECT string_to_array(split_part(agent, '@', 2), '.')::NUMERIC[] $$;
CREATE INDEX "agent_version_name_idx" ON "agent_version" (split_part("agent", '@', 1), agent_version_place("agent") DESC);

CREATE FUNCTION list_agent(wanted TEXT) RETURNS VOID LANGUAGE SQL AS $$
  DELETE FROM agent_listing WHERE name = wanted AND NOT EXISTS
    (SELECT FROM agent_version WHERE split_part(agent, '@', 1) = wanted AND state = 'active');
  INSERT INTO agent_listing (name, agent, title, description, by, publisher, categories, currency, price, listed_at, search)
  SELECT wanted, agent, manifest->>'title', coalesce(manifest->>'description', ''), split_part(wanted, '/', 1), publisher, categories,
         manifest#>>'{price,currency}', (manifest#>>'{price,amount}')::BIGINT, created_at,
         setweight(to_tsvector('simple', manifest->>'title'), 'A') ||
         setweight(to_tsvector('simple', translate(wanted, '/-', '  ') || ' ' || array_to_string(categories, ' ')), 'B') ||
         setweight(to_tsvector('simple', coalesce(manifest->>'description', '')), 'C')
    FROM agent_version,
         LATERAL (SELECT ARRAY(SELECT jsonb_array_elements_text(
           CASE jsonb_typeof(manifest->'capabilities') WHEN 'array' THEN manifest->'capabilities' ELSE '[]' END)) AS categories) AS told
   WHERE split_part(agent, '@', 1) = wanted AND state = 'active'
     AND manifest->>'title' IS NOT NULL AND manifest#>>'{price,amount}' ~ '^[0-9]{1,18}$'
   ORDER BY agent_version_place(agent) DESC
   LIMIT 1
  ON CONFLICT (name) DO UPDATE SET
    agent = excluded.agent, title = excluded.title, description = excluded.description, by = excluded.by,
    publisher = excluded.publisher, categories = excluded.categories, currency = excluded.currency,
    price = excluded.price, listed_at = excluded.listed_at, search = excluded.search
$$;

CREATE FUNCTION agent_version_listed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM list_agent(split_part(COALESCE(NEW.agent, OLD.agent), '@', 1));
  RETURN NULL;
END $$;

CREATE TRIGGER agent_version_listed AFTER INSERT OR UPDATE OR DELETE ON "agent_version"
  FOR EACH ROW EXECUTE FUNCTION agent_version_listed();

SELECT list_agent(name) FROM (SELECT DISTINCT split_part(agent, '@', 1) AS name FROM "agent_version") AS known;

-- The agents that somebody wants to find again.
CREATE TABLE "agent_favourite" (
    "owner_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_favourite_pkey" PRIMARY KEY ("owner_id","name")
);

ALTER TABLE "agent_favourite" ADD CONSTRAINT "agent_favourite_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
