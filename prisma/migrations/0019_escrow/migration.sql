-- What a payer agreed to pay through an escrow on chain, and how far it is. `terms` and `start` are canonical JSON.
CREATE TABLE "escrow" (
    "run_id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "plan_hash" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "terms" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "cap" BIGINT NOT NULL,
    "settle_by" TIMESTAMPTZ(3) NOT NULL,
    "fees" BIGINT NOT NULL,
    "rent" BIGINT NOT NULL,
    "stands" TEXT NOT NULL DEFAULT 'waiting',
    "not_started" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "opened_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "escrow_pkey" PRIMARY KEY ("run_id")
);

-- One thing to bring to the chain. What it says is written down before anybody signs, and never changes.
CREATE TABLE "chain_intent" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "stands" TEXT NOT NULL DEFAULT 'intent',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "slot" BIGINT,
    "final" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "handed" TEXT,
    "lamports" BIGINT,
    "reserved_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chain_intent_pkey" PRIMARY KEY ("id")
);

-- One signature for an intent, with the bytes that it is on: kept before anybody else has them.
CREATE TABLE "chain_attempt" (
    "intent_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "signature" TEXT NOT NULL,
    "bytes" TEXT NOT NULL,
    "blockhash" TEXT NOT NULL,
    "last_valid" BIGINT NOT NULL,
    "alive" BOOLEAN NOT NULL DEFAULT true,
    "signed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chain_attempt_pkey" PRIMARY KEY ("intent_id","number")
);

-- Whose keys the workers hold, by what they are for. The web process builds messages for them and has no key.
CREATE TABLE "chain_signer" (
    "role" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chain_signer_pkey" PRIMARY KEY ("role")
);

-- What our programs wrote into the chain, in its order. All of it can be dropped and read again.
CREATE TABLE "chain_event" (
    "signature" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "slot" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "escrow" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chain_event_pkey" PRIMARY KEY ("signature","place")
);

-- Up to where a program has been read: everything before it is in chain_event.
CREATE TABLE "chain_cursor" (
    "program" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "slot" BIGINT NOT NULL,

    CONSTRAINT "chain_cursor_pkey" PRIMARY KEY ("program")
);

-- What the chain made of a run's receipts: signed as they are, and pointing at what anybody can look up.
CREATE TABLE "settlement" (
    "run_id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "settlement_pkey" PRIMARY KEY ("run_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "escrow_address_key" ON "escrow"("address");
CREATE INDEX "escrow_owner_id_stands_idx" ON "escrow"("owner_id", "stands");
CREATE INDEX "chain_intent_run_id_idx" ON "chain_intent"("run_id");
CREATE UNIQUE INDEX "chain_attempt_signature_key" ON "chain_attempt"("signature");
CREATE INDEX "chain_event_escrow_slot_idx" ON "chain_event"("escrow", "slot");

-- AddForeignKey
ALTER TABLE "escrow" ADD CONSTRAINT "escrow_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "chain_intent" ADD CONSTRAINT "chain_intent_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "escrow"("run_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "chain_attempt" ADD CONSTRAINT "chain_attempt_intent_id_fkey" FOREIGN KEY ("intent_id") REFERENCES "chain_intent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

ALTER TABLE "escrow" ADD CONSTRAINT "escrow_stands" CHECK ("stands" IN ('waiting', 'open', 'settled', 'closed'));
ALTER TABLE "chain_intent" ADD CONSTRAINT "chain_intent_kind" CHECK ("kind" IN ('open', 'top_up', 'extend', 'settle', 'release', 'close'));
ALTER TABLE "chain_intent" ADD CONSTRAINT "chain_intent_asked_by" CHECK ("asked_by" IN ('payer', 'studio'));
ALTER TABLE "chain_intent" ADD CONSTRAINT "chain_intent_stands" CHECK ("stands" IN ('intent', 'reserved', 'signed', 'submitted', 'unknown', 'confirmed', 'expired', 'refused'));

-- Of the signatures of an intent at most one can land: another is written only after this one is written off. [S1]
CREATE UNIQUE INDEX "chain_attempt_alive" ON "chain_attempt" ("intent_id") WHERE "alive";
CREATE INDEX "chain_intent_due" ON "chain_intent" ("due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "chain_intent_reserved" ON "chain_intent" ("reserved_at") WHERE "reserved_at" IS NOT NULL;

-- What an intent is about and what was signed for it stay as they were written.
CREATE FUNCTION "refuse_other_intent"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.body <> OLD.body OR NEW.kind <> OLD.kind OR NEW.run_id <> OLD.run_id OR (OLD.handed IS NOT NULL AND NEW.handed IS DISTINCT FROM OLD.handed) THEN
    RAISE EXCEPTION 'what intent % says never changes', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "chain_intent_final" BEFORE UPDATE ON "chain_intent" FOR EACH ROW EXECUTE FUNCTION "refuse_other_intent"();
CREATE FUNCTION "refuse_other_bytes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.bytes <> OLD.bytes OR NEW.signature <> OLD.signature OR NEW.last_valid <> OLD.last_valid OR (NEW.alive AND NOT OLD.alive) THEN
    RAISE EXCEPTION 'what was signed for intent % never changes', OLD.intent_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "chain_attempt_final" BEFORE UPDATE ON "chain_attempt" FOR EACH ROW EXECUTE FUNCTION "refuse_other_bytes"();
CREATE TRIGGER "chain_intent_kept" BEFORE DELETE ON "chain_intent" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "chain_attempt_kept" BEFORE DELETE ON "chain_attempt" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "settlement_final" BEFORE UPDATE OR DELETE ON "settlement" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- A run's purse on chain, mirrored: what the chain holds for it and no reservation does.
ALTER TABLE "ledger_account" DROP CONSTRAINT "ledger_account_purpose";
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_purpose" CHECK ("purpose" IN ('main', 'held', 'source', 'escrow'));
