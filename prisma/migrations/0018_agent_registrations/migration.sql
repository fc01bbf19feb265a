-- Which registration on the chain a version has. It is read there before each call; another one in its place, made by
-- closing and registering anew, is not it.
CREATE TABLE "agent_registration" (
    "agent" TEXT NOT NULL,
    "program" TEXT NOT NULL,
    "agent_account" TEXT NOT NULL,
    "version_account" TEXT NOT NULL,
    "registered_at" BIGINT NOT NULL,
    "version_registered_at" BIGINT NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_registration_pkey" PRIMARY KEY ("agent"),
    CONSTRAINT "agent_registration_agent_fkey" FOREIGN KEY ("agent") REFERENCES "agent_version"("agent")
        ON DELETE CASCADE ON UPDATE CASCADE
);
