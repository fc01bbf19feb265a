-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flow" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "flow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flow_version" (
    "flow_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flow_version_pkey" PRIMARY KEY ("flow_id","version")
);

-- CreateTable
CREATE TABLE "agent_version" (
    "agent" TEXT NOT NULL,
    "manifest" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "payee" TEXT NOT NULL,
    "publisher" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_version_pkey" PRIMARY KEY ("agent")
);

-- CreateTable
CREATE TABLE "plan" (
    "hash" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "run" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "flow_id" TEXT NOT NULL,
    "flow_version" INTEGER NOT NULL,
    "flow_name" TEXT NOT NULL,
    "plan_hash" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "budget" BIGINT NOT NULL,
    "spent" BIGINT NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "outcome" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "seq" INTEGER NOT NULL DEFAULT 0,
    "token" BIGINT NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "wake_at" TIMESTAMPTZ(3),
    "fault" TEXT,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_event" (
    "run_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "run_event_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "run_snapshot" (
    "run_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "run_snapshot_pkey" PRIMARY KEY ("run_id")
);

-- CreateTable
CREATE TABLE "run_inbox" (
    "id" BIGSERIAL NOT NULL,
    "run_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_outbox" (
    "run_id" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_outbox_pkey" PRIMARY KEY ("run_id","operation","kind")
);

-- CreateTable
CREATE TABLE "receipt" (
    "run_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("run_id","place")
);

-- CreateTable
CREATE TABLE "receipt_key" (
    "id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "receipt_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "value" (
    "digest" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "value_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "question" (
    "operation" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "approvers" TEXT[],
    "until" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "answer" TEXT,
    "answered_by" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "question_pkey" PRIMARY KEY ("operation")
);

-- CreateTable
CREATE TABLE "ledger_account" (
    "id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "balance" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_operation" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_operation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_transfer" (
    "id" BIGSERIAL NOT NULL,
    "operation" TEXT NOT NULL,
    "leg" INTEGER NOT NULL,
    "debit" TEXT NOT NULL,
    "credit" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_transfer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_reservation" (
    "operation" TEXT NOT NULL,
    "payer" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "closed_by" TEXT,

    CONSTRAINT "ledger_reservation_pkey" PRIMARY KEY ("operation")
);

-- CreateTable
CREATE TABLE "heartbeat" (
    "id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "heartbeat_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "flow_owner_id_updated_at_idx" ON "flow"("owner_id", "updated_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "flow_version_flow_id_digest_key" ON "flow_version"("flow_id", "digest");

-- CreateIndex
CREATE INDEX "agent_version_state_idx" ON "agent_version"("state");

-- CreateIndex
CREATE INDEX "run_owner_id_created_at_idx" ON "run"("owner_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "run_flow_id_created_at_idx" ON "run"("flow_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "run_inbox_run_id_key_key" ON "run_inbox"("run_id", "key");

-- CreateIndex
CREATE INDEX "question_run_id_idx" ON "question"("run_id");

-- CreateIndex
CREATE INDEX "question_state_created_at_idx" ON "question"("state", "created_at");

-- CreateIndex
CREATE INDEX "ledger_account_owner_idx" ON "ledger_account"("owner");

-- CreateIndex
CREATE INDEX "ledger_transfer_debit_id_idx" ON "ledger_transfer"("debit", "id");

-- CreateIndex
CREATE INDEX "ledger_transfer_credit_id_idx" ON "ledger_transfer"("credit", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transfer_operation_leg_key" ON "ledger_transfer"("operation", "leg");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_reservation_account_key" ON "ledger_reservation"("account");

-- AddForeignKey
ALTER TABLE "flow" ADD CONSTRAINT "flow_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_version" ADD CONSTRAINT "flow_version_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_plan_hash_fkey" FOREIGN KEY ("plan_hash") REFERENCES "plan"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma's schema cannot say.

-- Only runs that are due are looked for, so 100,000 parked ones cost nothing.
CREATE INDEX "run_due" ON "run" ("wake_at") WHERE "wake_at" IS NOT NULL;
CREATE INDEX "run_leased" ON "run" ("lease_until") WHERE "lease_until" IS NOT NULL;
CREATE INDEX "run_outbox_due" ON "run_outbox" ("due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "question_approvers" ON "question" USING GIN ("approvers");

-- Balances are never negative; only the source of grants may be, by what it has given.
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_purpose" CHECK ("purpose" IN ('main', 'held', 'source'));
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_currency" CHECK ("currency" IN ('microcredits', 'trial_microcredits', 'usdc_base'));
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_not_negative" CHECK ("purpose" = 'source' OR "balance" >= 0);
ALTER TABLE "ledger_transfer" ADD CONSTRAINT "ledger_transfer_amount" CHECK ("amount" > 0);
ALTER TABLE "ledger_transfer" ADD CONSTRAINT "ledger_transfer_two_accounts" CHECK ("debit" <> "credit");
ALTER TABLE "ledger_transfer" ADD CONSTRAINT "ledger_transfer_debit" FOREIGN KEY ("debit") REFERENCES "ledger_account" ("id");
ALTER TABLE "ledger_transfer" ADD CONSTRAINT "ledger_transfer_credit" FOREIGN KEY ("credit") REFERENCES "ledger_account" ("id");
ALTER TABLE "ledger_transfer" ADD CONSTRAINT "ledger_transfer_operation" FOREIGN KEY ("operation") REFERENCES "ledger_operation" ("id");

-- What has been written to the ledger, a journal or a receipt stays as it is.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "ledger_transfer_final" BEFORE UPDATE OR DELETE ON "ledger_transfer" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "ledger_operation_final" BEFORE UPDATE OR DELETE ON "ledger_operation" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "run_event_final" BEFORE UPDATE OR DELETE ON "run_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "receipt_final" BEFORE UPDATE OR DELETE ON "receipt" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
