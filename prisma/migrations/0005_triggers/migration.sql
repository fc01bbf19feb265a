-- AlterTable
ALTER TABLE "run" ADD COLUMN     "started_by" TEXT NOT NULL DEFAULT 'person';

-- CreateTable
CREATE TABLE "flow_trigger" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "flow_id" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "cron" TEXT,
    "zone" TEXT,
    "missed" TEXT,
    "event" TEXT,
    "flow_version" INTEGER NOT NULL,
    "plan" TEXT NOT NULL,
    "input" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "bound" BIGINT NOT NULL,
    "most_per_day" BIGINT NOT NULL,
    "secret" TEXT,
    "secret_before" TEXT,
    "secret_before_until" TIMESTAMPTZ(3),
    "on_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "off_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),

    CONSTRAINT "flow_trigger_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trigger_start" (
    "trigger_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "brings" TEXT,
    "depth" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "cause" TEXT,
    "currency" TEXT,
    "bound" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "admitted_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "trigger_start_pkey" PRIMARY KEY ("trigger_id","key")
);

-- CreateIndex
CREATE INDEX "flow_trigger_next_at_idx" ON "flow_trigger"("next_at");

-- CreateIndex
CREATE INDEX "flow_trigger_owner_id_event_idx" ON "flow_trigger"("owner_id", "event");

-- CreateIndex
CREATE UNIQUE INDEX "flow_trigger_flow_id_node_key" ON "flow_trigger"("flow_id", "node");

-- CreateIndex
CREATE UNIQUE INDEX "trigger_start_run_id_key" ON "trigger_start"("run_id");

-- CreateIndex
CREATE INDEX "trigger_start_trigger_id_at_idx" ON "trigger_start"("trigger_id", "at" DESC);

-- CreateIndex
CREATE INDEX "trigger_start_lease_until_idx" ON "trigger_start"("lease_until");

-- AddForeignKey
ALTER TABLE "flow_trigger" ADD CONSTRAINT "flow_trigger_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_trigger" ADD CONSTRAINT "flow_trigger_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trigger_start" ADD CONSTRAINT "trigger_start_trigger_id_fkey" FOREIGN KEY ("trigger_id") REFERENCES "flow_trigger"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma's schema cannot say.

-- A run that has ended tells of it in the transaction that ends it: its owner's triggers for `run.succeeded` and
-- `run.failed` are queued once, whoever dies after that. A run that was started by such an event is one link deeper.
CREATE FUNCTION "raise_run_event"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said TEXT := '{"flow":' || to_json(NEW.flow_id)::TEXT || ',"run":' || to_json(NEW.id)::TEXT || '}';
BEGIN
  INSERT INTO trigger_start (trigger_id, key, run_id, digest, brings, depth, lease_until)
  SELECT t.id, 'run:' || NEW.id, gen_random_uuid()::TEXT, encode(sha256(convert_to(said, 'UTF8')), 'hex'), said,
         COALESCE((SELECT s.depth FROM trigger_start s WHERE s.run_id = NEW.id), 0) + 1, now()
    FROM flow_trigger t
   WHERE t.owner_id = NEW.owner_id AND t.event = 'run.' || NEW.status AND t.off_at IS NULL
  ON CONFLICT DO NOTHING;
  IF FOUND THEN PERFORM pg_notify('trigger_due', ''); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "run_ended" AFTER UPDATE OF "finished_at" ON "run" FOR EACH ROW
  WHEN (OLD."finished_at" IS NULL AND NEW."finished_at" IS NOT NULL) EXECUTE FUNCTION "raise_run_event"();
