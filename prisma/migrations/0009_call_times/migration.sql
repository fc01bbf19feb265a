-- How long the latest calls of each agent took that delivered, so that a composer can see it before choosing one. Beside the
-- journal, for screens alone: nothing is decided by it.
CREATE TABLE "agent_call" (
    "id" BIGSERIAL NOT NULL,
    "agent" TEXT NOT NULL,
    "ms" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_call_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "agent_call_agent_id_idx" ON "agent_call"("agent", "id" DESC);
