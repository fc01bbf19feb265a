-- What happened, where it is about no question, run or agent: it may be gone by the time it is told.
ALTER TABLE "notice_happening" ADD COLUMN "about" JSONB;

CREATE FUNCTION "tell_of_account"(told_kind TEXT, person TEXT, told_about JSONB) RETURNS VOID LANGUAGE SQL AS $$
  INSERT INTO notice_happening (kind, people, about) VALUES (told_kind, ARRAY[person], told_about);
  SELECT pg_notify('notice_due', '');
$$;

-- Whatever an account signs with, and whoever changed that: its owner hears of it. What counts at once is rounded to the
-- next millisecond, which is later than now.
CREATE FUNCTION "tell_of_passkey"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM tell_of_account('means_changed', NEW.account_id, jsonb_build_object('means', 'passkey', 'did', 'added',
      'name', NEW.name, 'waits', CASE WHEN NEW.counts_from > now() + interval '1 second' THEN NEW.counts_from END));
  ELSE
    PERFORM tell_of_account('means_changed', OLD.account_id, jsonb_build_object('means', 'passkey', 'did', 'removed',
      'name', OLD.name, 'waits', NULL));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "passkey_told" AFTER INSERT OR DELETE ON "passkey" FOR EACH ROW EXECUTE FUNCTION "tell_of_passkey"();

-- The wallet that opens a new account is no news to anybody.
CREATE FUNCTION "tell_of_wallet"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM tell_of_account('means_changed', OLD.account_id, jsonb_build_object('means', 'wallet', 'did', 'removed',
      'name', OLD.address, 'waits', NULL));
  ELSIF NEW.counts_from > now() + interval '1 second' OR EXISTS
      (SELECT 1 FROM "user" WHERE id = NEW.account_id AND created_at < now() - interval '1 minute') THEN
    PERFORM tell_of_account('means_changed', NEW.account_id, jsonb_build_object('means', 'wallet', 'did', 'added',
      'name', NEW.address, 'waits', CASE WHEN NEW.counts_from > now() + interval '1 second' THEN NEW.counts_from END));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "wallet_link_told" AFTER INSERT OR DELETE ON "wallet_link" FOR EACH ROW EXECUTE FUNCTION "tell_of_wallet"();

-- Whoever is invited hears of it, if there is such an account; whoever invites learns nothing by that.
CREATE FUNCTION "tell_of_invitation"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_of_account('invitation_sent', NEW.user_id, jsonb_build_object('org', NEW.org_id,
    'name', (SELECT name FROM organisation WHERE id = NEW.org_id), 'by', NEW.by_id));
  RETURN NULL;
END $$;
CREATE TRIGGER "invitation_told" AFTER INSERT ON "invitation" FOR EACH ROW EXECUTE FUNCTION "tell_of_invitation"();

-- Open invitations of one who invites are counted.
CREATE INDEX "invitation_by_id_idx" ON "invitation"("by_id");
