-- Flows that were published before they were reviewed as other agents are: whose they are, so that their publishers can take
-- them back and nobody reviews their own, and how they are called, as the registry is narrowed by it.
UPDATE "agent_version" SET "owner_id" = "payee", "protocol" = 'flow'
 WHERE "manifest"#>>'{protocol,kind}' = 'flow' AND "owner_id" IS NULL;
