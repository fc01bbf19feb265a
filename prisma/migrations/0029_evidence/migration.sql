-- What shows that a person said yes themselves, byte for byte: `evidence` names its digest. Null for a click.
ALTER TABLE "question_vote" ADD COLUMN "proof" TEXT;

-- What waits to be signed for a yes, once each and for a few minutes: by whom, and about which digest.
CREATE TABLE "evidence_challenge" (
    "nonce" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK (kind IN ('wallet', 'passkey')),
    "account_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "evidence_challenge_pkey" PRIMARY KEY ("nonce")
);
CREATE INDEX "evidence_challenge_expires_at_idx" ON "evidence_challenge"("expires_at");

-- Passkeys of an account: a public key each, what it is called, and how far its counter has come. Who removes one loses
-- nothing that was said with it: its public key stands in each proof.
CREATE TABLE "passkey" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[] NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "passkey_account_id_idx" ON "passkey"("account_id");
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
