-- All origins where a publisher's file was found: one who serves agents at two of them keeps both, and a wallet's proof stands
-- beside them.
ALTER TABLE "publisher" ADD COLUMN "origins" TEXT[] NOT NULL DEFAULT '{}';
UPDATE "publisher" SET "origins" = ARRAY["proved_by"] WHERE "proof" = 'well_known' AND "proved_by" IS NOT NULL;
CREATE INDEX "publisher_origins_idx" ON "publisher" USING GIN ("origins");
