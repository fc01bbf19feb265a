-- What people did to a drawing, in the order in which it was taken: "revision" of the flow is the number of the last.
-- "id" comes from the browser, so that a deed sent twice counts once. "left_out" holds the edits that no longer applied.
CREATE TABLE "flow_deed" (
    "flow_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "edits" JSONB NOT NULL,
    "left_out" JSONB NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flow_deed_pkey" PRIMARY KEY ("flow_id","revision")
);

CREATE UNIQUE INDEX "flow_deed_flow_id_id_key" ON "flow_deed"("flow_id", "id");

ALTER TABLE "flow_deed" ADD CONSTRAINT "flow_deed_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Revisions whose whole document is kept as a version: those that a person named, and one now and then to replay from.
CREATE TABLE "flow_mark" (
    "flow_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flow_mark_pkey" PRIMARY KEY ("flow_id","revision")
);

ALTER TABLE "flow_mark" ADD CONSTRAINT "flow_mark_flow_id_version_fkey" FOREIGN KEY ("flow_id", "version") REFERENCES "flow_version"("flow_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;
