-- What agents say of their work while they work, for screens alone. Unlogged: it costs no flush, and a crash of the
-- database empties it. No truth is in here. "start" is how many characters of the text stand in the rows before this one.
CREATE UNLOGGED TABLE "run_progress" (
    "operation" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "run_id" TEXT NOT NULL,
    "n" BIGSERIAL NOT NULL,
    "text" TEXT NOT NULL,
    "done" DOUBLE PRECISION,
    "message" TEXT,

    CONSTRAINT "run_progress_pkey" PRIMARY KEY ("operation","start")
);

CREATE INDEX "run_progress_run_id_n_idx" ON "run_progress"("run_id", "n");
