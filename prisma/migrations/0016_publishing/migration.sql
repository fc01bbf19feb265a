-- What somebody may do beyond their own things. Given by the operator, with `npm run role`.
CREATE TABLE "account_role" (
    "account_id" TEXT NOT NULL,
    "role" TEXT NOT NULL CHECK (role IN ('reviewer')),

    CONSTRAINT "account_role_pkey" PRIMARY KEY ("account_id", "role")
);
ALTER TABLE "account_role" ADD CONSTRAINT "account_role_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A name in front of the slash belongs to the first who asks for it, and counts once it is proved.
CREATE TABLE "publisher" (
    "name" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "proof" TEXT CHECK (proof IN ('wallet', 'well_known')),
    "proved_by" TEXT,
    "proved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "publisher_pkey" PRIMARY KEY ("name")
);
CREATE INDEX "publisher_owner_id_idx" ON "publisher"("owner_id");
ALTER TABLE "publisher" ADD CONSTRAINT "publisher_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A form as it was typed. `revision` counts its saves, so that two tabs do not overwrite one another unseen.
CREATE TABLE "agent_draft" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "form" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_draft_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "agent_draft_owner_id_updated_at_idx" ON "agent_draft"("owner_id", "updated_at" DESC);
ALTER TABLE "agent_draft" ADD CONSTRAINT "agent_draft_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One trial of one declaration at one address. Its checks are rows, so that a page shows them as they come.
CREATE TABLE "conformance_run" (
    "id" TEXT NOT NULL,
    "draft_id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "declared" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'passed', 'failed')),
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "conformance_run_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "conformance_run_draft_id_created_at_idx" ON "conformance_run"("draft_id", "created_at" DESC);
CREATE INDEX "conformance_run_state_idx" ON "conformance_run"("state") WHERE state = 'queued';

CREATE TABLE "conformance_check" (
    "run_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "result" TEXT NOT NULL CHECK (result IN ('passed', 'failed', 'left_out')),
    "words" TEXT NOT NULL,
    "ms" INTEGER NOT NULL,

    CONSTRAINT "conformance_check_pkey" PRIMARY KEY ("run_id", "place")
);
ALTER TABLE "conformance_check" ADD CONSTRAINT "conformance_check_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "conformance_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a probe found. The latest of each agent are kept.
CREATE TABLE "agent_probe" (
    "id" BIGSERIAL NOT NULL,
    "agent" TEXT NOT NULL,
    "problem" TEXT,
    "ms" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_probe_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "agent_probe_agent_id_idx" ON "agent_probe"("agent", "id" DESC);

-- The trial that a version was let in by, what it may be probed with, and when it is to be probed next: null for agents
-- that are not.
ALTER TABLE "agent_version"
  ADD COLUMN "conformance_id" TEXT,
  ADD COLUMN "example" JSONB,
  ADD COLUMN "probe_at" TIMESTAMPTZ(3);
CREATE INDEX "agent_version_probe_at_idx" ON "agent_version"("probe_at") WHERE probe_at IS NOT NULL;
