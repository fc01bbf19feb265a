-- Two who change versions of one agent at once come one after the other: whoever waits looks at what the other left, and so
-- no listing shows a version that was taken out a moment before.
CREATE OR REPLACE FUNCTION agent_version_listed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  listed TEXT := split_part(COALESCE(NEW.agent, OLD.agent), '@', 1);
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('listing ' || listed, 0));
  PERFORM list_agent(listed);
  RETURN NULL;
END $$;

SELECT list_agent(name) FROM (SELECT DISTINCT split_part(agent, '@', 1) AS name FROM "agent_version") AS known;
