-- AlterTable
ALTER TABLE "run" ADD COLUMN     "due" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "fault_seen_at" TIMESTAMPTZ(3),
ADD COLUMN     "fault_seen_by" TEXT,
ADD COLUMN     "faulted_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "call_rate" (
    "owner_id" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "free_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "call_rate_pkey" PRIMARY KEY ("owner_id","agent")
);

-- CreateTable
CREATE TABLE "dead_letter" (
    "id" BIGSERIAL NOT NULL,
    "run_id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "died_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" TEXT,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);



-- What Prisma's schema cannot say.

-- `due`: the time to wake has come. Kept here for every writer alike, so that an index can tell runs that are due from
-- 100,000 that are parked; only the time of a parked one comes by itself, and a worker says so. Columns hold whole
-- milliseconds, rounded: what was written as now() may lie half of one ahead.
CREATE FUNCTION "run_is_due"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.due := NEW.fault IS NULL AND NEW.wake_at IS NOT NULL AND NEW.wake_at <= now() + interval '1 millisecond';
  RETURN NEW;
END $$;
CREATE TRIGGER "run_due_made" BEFORE INSERT ON "run" FOR EACH ROW
  WHEN (NEW.wake_at IS NOT NULL) EXECUTE FUNCTION "run_is_due"();
CREATE TRIGGER "run_due_moved" BEFORE UPDATE OF "wake_at", "fault" ON "run" FOR EACH ROW
  WHEN (NEW.wake_at IS DISTINCT FROM OLD.wake_at OR NEW.fault IS DISTINCT FROM OLD.fault)
  EXECUTE FUNCTION "run_is_due"();

-- Runs that are due, owner by owner; runs whose time is still to come, the first one first.
DROP INDEX "run_due";
CREATE INDEX "run_due" ON "run" ("owner_id", "wake_at") WHERE "due";
CREATE INDEX "run_asleep" ON "run" ("wake_at") WHERE "wake_at" IS NOT NULL AND NOT "due" AND "fault" IS NULL;

-- What an owner has under way, and what stopped.
CREATE INDEX "run_unfinished" ON "run" ("owner_id", "status") WHERE "finished_at" IS NULL;
CREATE INDEX "run_stopped" ON "run" ("owner_id", "faulted_at") WHERE "faulted_at" IS NOT NULL;
CREATE INDEX "dead_letter_open" ON "dead_letter" ("owner_id", "died_at") WHERE "resolved_at" IS NULL;

UPDATE "run" SET "faulted_at" = now() WHERE "fault" IS NOT NULL;
UPDATE "run" SET "due" = true WHERE "fault" IS NULL AND "wake_at" <= now();
