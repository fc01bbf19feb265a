-- CreateTable
CREATE TABLE "policy" (
    "digest" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "policy_in_force" (
    "owner_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_in_force_pkey" PRIMARY KEY ("owner_id")
);

-- CreateTable
CREATE TABLE "policy_judgement" (
    "operation" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "payer" TEXT NOT NULL,
    "payee" TEXT NOT NULL,
    "agent" TEXT,
    "categories" TEXT[],
    "currency" TEXT NOT NULL,
    "most" BIGINT NOT NULL,
    "capture" TEXT NOT NULL,
    "is_denied" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_judgement_pkey" PRIMARY KEY ("operation")
);

-- CreateTable
CREATE TABLE "policy_bucket" (
    "payer" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_bucket_pkey" PRIMARY KEY ("payer","rule")
);

-- CreateIndex
CREATE INDEX "policy_judgement_payer_at_idx" ON "policy_judgement"("payer", "at");

-- CreateIndex
CREATE INDEX "run_owner_id_plan_hash_created_at_idx" ON "run"("owner_id", "plan_hash", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "policy_in_force" ADD CONSTRAINT "policy_in_force_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_in_force" ADD CONSTRAINT "policy_in_force_digest_fkey" FOREIGN KEY ("digest") REFERENCES "policy"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma's schema cannot say.

-- Rules are named by what they say, and a judgement stands.
CREATE TRIGGER "policy_final" BEFORE UPDATE OR DELETE ON "policy" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "policy_judgement_final" BEFORE UPDATE OR DELETE ON "policy_judgement" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
