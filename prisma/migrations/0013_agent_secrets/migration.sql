-- What a person gave the studio to bring along when it calls an agent for them. Sealed with a key that lies outside the
-- database; "key_id" says with which. "agent" is publisher/name: a newer version of it is called with the same.
CREATE TABLE "agent_secret" (
    "owner_id" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_secret_pkey" PRIMARY KEY ("owner_id","agent","name")
);

ALTER TABLE "agent_secret" ADD CONSTRAINT "agent_secret_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The few agents that need one are found without a look at all the others.
CREATE INDEX "agent_version_secrets_idx" ON "agent_version" ("agent") WHERE "manifest" ? 'secrets';
