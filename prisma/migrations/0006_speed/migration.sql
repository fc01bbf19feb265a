-- What a run's state says by itself that it waits for has no row any more. Those of calls that were sent and may be
-- made only once stay, as do timers, questions and what is to be taken back.
DELETE FROM "run_outbox"
 WHERE "kind" IN ('reserve', 'judge', 'call', 'capture', 'release', 'decide') AND "sent_at" IS NULL;

-- A reservation and its release in one round trip each, as a capture is. What they answer is what
-- server/adapters/credits/ledger.ts says that movements answer. `refusal` is null once it is posted.
CREATE FUNCTION "ledger_reserve"(
  wanted TEXT, wanted_body TEXT, payer_id TEXT, main_account TEXT, held_account TEXT, wanted_currency TEXT, wanted_amount NUMERIC
) RETURNS TABLE (refusal TEXT, answer TEXT, rest BIGINT, rest_currency TEXT) LANGUAGE plpgsql AS $$
DECLARE
  balance_before BIGINT;
  posted TEXT;
BEGIN
  RETURN QUERY SELECT * FROM "ledger_answered"(wanted, 'reserve', wanted_body);
  IF FOUND THEN RETURN; END IF;

  SELECT a.balance INTO balance_before FROM ledger_account a WHERE a.id = main_account FOR UPDATE;
  balance_before := coalesce(balance_before, 0);
  IF balance_before < wanted_amount THEN
    -- While this one waited, the same operation may have gone through and used up what it needs.
    RETURN QUERY SELECT * FROM "ledger_answered"(wanted, 'reserve', wanted_body);
    IF NOT FOUND THEN RETURN QUERY SELECT 'funds_insufficient', NULL::TEXT, balance_before, wanted_currency; END IF;
    RETURN;
  END IF;

  posted := json_build_object(
    'left', json_build_object('amount', (balance_before - wanted_amount)::TEXT, 'currency', wanted_currency),
    'operation', wanted)::TEXT;
  INSERT INTO ledger_operation (id, kind, body, answer) VALUES (wanted, 'reserve', wanted_body, posted)
    ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN
    RETURN QUERY SELECT * FROM "ledger_answered"(wanted, 'reserve', wanted_body);
    IF NOT FOUND THEN RAISE EXCEPTION '% is neither written nor free', wanted; END IF;
    RETURN;
  END IF;
  INSERT INTO ledger_account (id, owner, purpose, currency, balance)
    VALUES (held_account, payer_id, 'held', wanted_currency, wanted_amount);
  UPDATE ledger_account a SET balance = a.balance - wanted_amount WHERE a.id = main_account;
  INSERT INTO ledger_reservation (operation, payer, account) VALUES (wanted, payer_id, held_account);
  INSERT INTO ledger_transfer (operation, leg, debit, credit, currency, amount)
    VALUES (wanted, 0, main_account, held_account, wanted_currency, wanted_amount);
  RETURN QUERY SELECT NULL::TEXT, posted, NULL::BIGINT, NULL::TEXT;
END $$;

CREATE FUNCTION "ledger_release"(wanted TEXT, wanted_body TEXT, reserved TEXT)
RETURNS TABLE (refusal TEXT, answer TEXT, rest BIGINT, rest_currency TEXT) LANGUAGE plpgsql AS $$
DECLARE
  held TEXT;
  closed BOOLEAN;
  main_account TEXT;
  left_over BIGINT;
  balance_before BIGINT;
  currency_held TEXT;
  posted TEXT;
BEGIN
  RETURN QUERY SELECT * FROM "ledger_answered"(wanted, 'release', wanted_body);
  IF FOUND THEN RETURN; END IF;

  SELECT r.account, r.closed_by IS NOT NULL INTO held, closed
    FROM ledger_reservation r WHERE r.operation = reserved FOR UPDATE;
  IF held IS NULL OR closed THEN
    -- While this one waited, the same operation may have gone through.
    RETURN QUERY SELECT * FROM "ledger_answered"(wanted, 'release', wanted_body);
    IF NOT FOUND THEN RETURN QUERY SELECT 'reservation_closed', NULL::TEXT, NULL::BIGINT, NULL::TEXT; END IF;
    RETURN;
  END IF;

  -- What is left goes back to the account that it came from.
  SELECT t.debit INTO STRICT main_account FROM ledger_transfer t WHERE t.operation = reserved AND t.leg = 0;
  -- In the order of their ids, as every movement locks its accounts, so that no two wait for each other.
  PERFORM 1 FROM ledger_account a WHERE a.id IN (held, main_account) ORDER BY a.id FOR UPDATE;
  SELECT a.balance, a.currency INTO STRICT left_over, currency_held FROM ledger_account a WHERE a.id = held;
  SELECT a.balance INTO STRICT balance_before FROM ledger_account a WHERE a.id = main_account;

  posted := json_build_object(
    'left', json_build_object('amount', (balance_before + left_over)::TEXT, 'currency', currency_held),
    'operation', wanted)::TEXT;
  INSERT INTO ledger_operation (id, kind, body, answer) VALUES (wanted, 'release', wanted_body, posted)
    ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN
    RETURN QUERY SELECT * FROM "ledger_answered"(wanted, 'release', wanted_body);
    IF NOT FOUND THEN RAISE EXCEPTION '% is neither written nor free', wanted; END IF;
    RETURN;
  END IF;
  IF left_over > 0 THEN
    INSERT INTO ledger_transfer (operation, leg, debit, credit, currency, amount)
      VALUES (wanted, 0, held, main_account, currency_held, left_over);
    UPDATE ledger_account a
       SET balance = a.balance + CASE WHEN a.id = held THEN -left_over ELSE left_over END
     WHERE a.id IN (held, main_account);
  END IF;
  UPDATE ledger_reservation r SET closed_by = wanted WHERE r.operation = reserved;
  RETURN QUERY SELECT NULL::TEXT, posted, NULL::BIGINT, NULL::TEXT;
END $$;
