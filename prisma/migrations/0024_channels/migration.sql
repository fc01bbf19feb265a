-- What happened that somebody may have to be told of, written in the transaction in which it happened. Whoever makes notices
-- of it takes its row away in the transaction that writes them, so that nothing is lost and nothing is told twice.
CREATE TABLE "notice_happening" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "operation" TEXT,
    "run_id" TEXT,
    "agent" TEXT,
    "people" TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_happening_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "notice_happening_due_at_idx" ON "notice_happening"("due_at");

-- What one person is told. `title` and `text` are plain words, `facts` are names and values, `path` is a page of the studio.
-- `key` is what it is about: the same thing is told to the same person once.
CREATE TABLE "notice" (
    "id" TEXT NOT NULL,
    "receiver_id" TEXT NOT NULL,
    "sender_id" TEXT,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "run_id" TEXT,
    "operation" TEXT,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "path" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 1,
    "in_app" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "notice_receiver_id_key_key" ON "notice"("receiver_id", "key");
CREATE INDEX "notice_receiver_id_at_idx" ON "notice"("receiver_id", "at" DESC);
CREATE INDEX "notice_receiver_id_unread_idx" ON "notice"("receiver_id") WHERE read_at IS NULL AND in_app;
CREATE INDEX "notice_run_id_idx" ON "notice"("run_id");
CREATE INDEX "notice_operation_idx" ON "notice"("operation");
CREATE INDEX "notice_at_idx" ON "notice"("at");
ALTER TABLE "notice" ADD CONSTRAINT "notice_receiver_id_fkey" FOREIGN KEY ("receiver_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Where somebody can be reached outside the studio. What is sent there is sealed, because an address can be a key to a place;
-- `target` is a digest of it. Nothing but a check is sent before `verified_at`.
CREATE TABLE "notice_address" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL CHECK (channel IN ('email', 'webhook', 'slack', 'push')),
    "label" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "check_digest" TEXT,
    "check_until" TIMESTAMPTZ(3),
    "check_tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "gone_at" TIMESTAMPTZ(3),
    "gone_why" TEXT,

    CONSTRAINT "notice_address_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "notice_address_owner_id_channel_target_key" ON "notice_address"("owner_id", "channel", "target") WHERE gone_at IS NULL;
CREATE INDEX "notice_address_owner_id_idx" ON "notice_address"("owner_id");
ALTER TABLE "notice_address" ADD CONSTRAINT "notice_address_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Where somebody wants it otherwise than everybody has it at first.
CREATE TABLE "notice_preference" (
    "owner_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "channel" TEXT NOT NULL CHECK (channel IN ('in_app', 'email', 'webhook', 'slack', 'push')),
    "wanted" BOOLEAN NOT NULL,

    CONSTRAINT "notice_preference_pkey" PRIMARY KEY ("owner_id", "kind", "channel")
);
ALTER TABLE "notice_preference" ADD CONSTRAINT "notice_preference_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Minutes of the day in `zone`; equal ones are no quiet at all. `channel_order` is which way is tried next when one fails.
CREATE TABLE "notice_setting" (
    "owner_id" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "quiet_from" INTEGER NOT NULL CHECK (quiet_from BETWEEN 0 AND 1439),
    "quiet_until" INTEGER NOT NULL CHECK (quiet_until BETWEEN 0 AND 1439),
    "channel_order" TEXT[] NOT NULL,

    CONSTRAINT "notice_setting_pkey" PRIMARY KEY ("owner_id")
);
ALTER TABLE "notice_setting" ADD CONSTRAINT "notice_setting_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One message to one address: a notice, several at once, or a check of the address. Its id goes out with it and stays the
-- same however often it is sent. Whoever sends it holds it until `lease_until`; `token` fences whoever held it before.
CREATE TABLE "notice_sending" (
    "id" TEXT NOT NULL,
    "address_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK (kind IN ('notices', 'check', 'test')),
    "state" TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'dead', 'dropped')),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "token" BIGINT NOT NULL DEFAULT 0,
    "problem_code" TEXT,
    "problem" TEXT,
    "receipt" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "failed_at" TIMESTAMPTZ(3),
    "escalated_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_sending_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "notice_sending_due_idx" ON "notice_sending"("channel", "due_at") WHERE state = 'queued';
CREATE INDEX "notice_sending_address_id_created_at_idx" ON "notice_sending"("address_id", "created_at" DESC);
ALTER TABLE "notice_sending" ADD CONSTRAINT "notice_sending_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "notice_address"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One notice on its way to one address. It goes out with a sending, or never, and then `dropped` says why.
CREATE TABLE "notice_delivery" (
    "notice_id" TEXT NOT NULL,
    "address_id" TEXT NOT NULL,
    "sending_id" TEXT,
    "dropped" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_delivery_pkey" PRIMARY KEY ("notice_id", "address_id")
);
CREATE INDEX "notice_delivery_due_at_idx" ON "notice_delivery"("due_at") WHERE sending_id IS NULL AND dropped IS NULL;
CREATE INDEX "notice_delivery_sending_id_idx" ON "notice_delivery"("sending_id");
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "notice_address"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_sending_id_fkey" FOREIGN KEY ("sending_id") REFERENCES "notice_sending"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the operator has set up, as the worker says when it starts: the web process holds none of the keys.
CREATE TABLE "notice_channel" (
    "channel" TEXT NOT NULL,
    "is_set_up" BOOLEAN NOT NULL,
    "words" TEXT NOT NULL,
    "public_key" TEXT,

    CONSTRAINT "notice_channel_pkey" PRIMARY KEY ("channel")
);


-- What Prisma's schema cannot say.

-- Says that something happened, in the caller's transaction: `people` are to be told of it, and where they are null, those
-- whom it concerns. Whoever reminds people of a question calls this with 'approval_reminder'.
CREATE FUNCTION "tell_happening"(told_kind TEXT, told_operation TEXT, told_run TEXT, told_people TEXT[] DEFAULT NULL) RETURNS VOID LANGUAGE SQL AS $$
  INSERT INTO notice_happening (kind, operation, run_id, people) VALUES (told_kind, told_operation, told_run, told_people);
  SELECT pg_notify('notice_due', '');
$$;

CREATE FUNCTION "tell_of_question"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM tell_happening('approval_asked', NEW.operation, NEW.run_id);
  ELSE
    PERFORM tell_happening(CASE NEW.state WHEN 'withdrawn' THEN 'approval_withdrawn' ELSE 'approval_settled' END, NEW.operation, NEW.run_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "question_put_told" AFTER INSERT ON "question" FOR EACH ROW
  WHEN (NEW."state" = 'open') EXECUTE FUNCTION "tell_of_question"();
CREATE TRIGGER "question_ended_told" AFTER UPDATE OF "state" ON "question" FOR EACH ROW
  WHEN (OLD."state" = 'open' AND NEW."state" <> 'open') EXECUTE FUNCTION "tell_of_question"();

-- Whoever comes to be asked while a question is open, by a ladder or otherwise, is told of it then.
CREATE FUNCTION "tell_who_joins"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  joined TEXT[] := ARRAY(SELECT unnest(NEW.approvers) EXCEPT SELECT unnest(OLD.approvers));
BEGIN
  IF cardinality(joined) > 0 THEN
    PERFORM tell_happening('approval_escalated', NEW.operation, NEW.run_id, joined);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "question_joined_told" AFTER UPDATE OF "approvers" ON "question" FOR EACH ROW
  WHEN (NEW."state" = 'open' AND NEW."approvers" <> OLD."approvers") EXECUTE FUNCTION "tell_who_joins"();

-- `unknown` often passes by itself, so it is told of only when it lasts.
CREATE FUNCTION "tell_of_run"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.fault IS NOT NULL AND OLD.fault IS NULL THEN
    PERFORM tell_happening('run_stopped', NULL, NEW.id);
  ELSIF NEW.status = 'unknown' THEN
    INSERT INTO notice_happening (kind, run_id, due_at) VALUES ('run_unknown', NEW.id, now() + interval '30 seconds');
  ELSE
    PERFORM tell_happening('run_' || NEW.status, NULL, NEW.id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "run_status_told" AFTER UPDATE OF "status", "fault" ON "run" FOR EACH ROW
  WHEN (NEW."status" <> OLD."status" AND NEW."status" IN ('succeeded', 'failed', 'cancelled', 'unknown')
    OR NEW."fault" IS NOT NULL AND OLD."fault" IS NULL)
  EXECUTE FUNCTION "tell_of_run"();

-- A listing that a reviewer or a probe moved, for whoever published it.
CREATE FUNCTION "tell_of_agent"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notice_happening (kind, agent) VALUES ('agent_moved', NEW.agent);
  PERFORM pg_notify('notice_due', '');
  RETURN NULL;
END $$;
CREATE TRIGGER "agent_version_told" AFTER UPDATE OF "state", "hidden" ON "agent_version" FOR EACH ROW
  WHEN (NEW."owner_id" IS NOT NULL AND (NEW."state" <> OLD."state" AND NEW."state" IN ('approved', 'suspended', 'draft')
    OR NEW."hidden" IS DISTINCT FROM OLD."hidden"))
  EXECUTE FUNCTION "tell_of_agent"();
