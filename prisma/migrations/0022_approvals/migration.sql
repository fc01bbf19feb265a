-- Organisations: whose people can be asked by their role or by a group. What somebody may do in one stands in `roles`.
CREATE TABLE "organisation" (
    "id" TEXT NOT NULL CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "membership" (
    "org_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "roles" TEXT[] NOT NULL CHECK (roles <@ ARRAY['composer', 'approver', 'operator', 'admin']),
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("org_id", "user_id")
);
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");
ALTER TABLE "membership" ADD CONSTRAINT "membership_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who leaves an organisation leaves its groups.
CREATE TABLE "group_member" (
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    "user_id" TEXT NOT NULL,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("org_id", "name", "user_id")
);
CREATE INDEX "group_member_user_id_idx" ON "group_member"("user_id");
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "membership"("org_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Somebody answers in another's place, for a time, for all flows or for one.
CREATE TABLE "delegation" (
    "id" TEXT NOT NULL,
    "from_id" TEXT NOT NULL,
    "to_id" TEXT NOT NULL CHECK (to_id <> from_id),
    "flow_id" TEXT,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL CHECK (until > from_at),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "delegation_to_id_until_idx" ON "delegation"("to_id", "until");
CREATE INDEX "delegation_from_id_idx" ON "delegation"("from_id");
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a question asks for beside a yes, who started its run, when it is next to climb its ladder, and whether nobody
-- could be told of it.
ALTER TABLE "question"
  ADD COLUMN "asked" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "payer" TEXT,
  ADD COLUMN "flow_id" TEXT,
  ADD COLUMN "rung" INTEGER NOT NULL DEFAULT 0,
  -- When each step of its ladder comes, in milliseconds since the epoch.
  ADD COLUMN "rungs" BIGINT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "escalate_at" TIMESTAMPTZ(3),
  ADD COLUMN "undelivered_at" TIMESTAMPTZ(3);
CREATE INDEX "question_escalate" ON "question" ("escalate_at") WHERE "escalate_at" IS NOT NULL AND "state" = 'open';
CREATE INDEX "question_payer_idx" ON "question" ("payer", "created_at" DESC);

-- Who is asked, in which capacity, as it was when the question was put, and from when: later for who is on its ladder.
CREATE TABLE "question_asked" (
    "operation" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "capacity" TEXT NOT NULL,
    "weight" INTEGER NOT NULL,
    "rung" INTEGER NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "question_asked_pkey" PRIMARY KEY ("operation", "person", "capacity")
);
ALTER TABLE "question_asked" ADD CONSTRAINT "question_asked_operation_fkey" FOREIGN KEY ("operation") REFERENCES "question"("operation") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "question_asked_person_idx" ON "question_asked"("person");

-- Each answer of each person: once, and never changed. `seen` is the text that lay before them, byte for byte.
CREATE TABLE "question_vote" (
    "operation" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "capacity" TEXT NOT NULL,
    "in_place_of" TEXT,
    "answer" TEXT NOT NULL CHECK (answer IN ('approved', 'denied')),
    "weight" INTEGER NOT NULL,
    "evidence" TEXT NOT NULL,
    "comment" TEXT,
    "edits" TEXT,
    "subject" TEXT NOT NULL,
    "seen" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "question_vote_pkey" PRIMARY KEY ("operation", "person")
);
ALTER TABLE "question_vote" ADD CONSTRAINT "question_vote_operation_fkey" FOREIGN KEY ("operation") REFERENCES "question"("operation") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE TRIGGER "question_vote_final" BEFORE UPDATE OR DELETE ON "question_vote" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- What else has happened to a question: reminded, asked more people, undelivered.
CREATE TABLE "question_note" (
    "id" BIGSERIAL NOT NULL,
    "operation" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK (kind IN ('reminded', 'escalated', 'undelivered')),
    "rung" INTEGER NOT NULL,
    "people" TEXT[] NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "question_note_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "question_note" ADD CONSTRAINT "question_note_operation_fkey" FOREIGN KEY ("operation") REFERENCES "question"("operation") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "question_note_operation_idx" ON "question_note"("operation");
