-- A capture in one round trip: each step that pays makes one, and the seven that it took were most of a step's time.
-- What it answers is what server/adapters/credits/ledger.ts says that movements answer. `refusal` is null once it is posted.
CREATE FUNCTION "ledger_capture"(
  wanted TEXT, wanted_body TEXT, reserved TEXT, main_account TEXT, wanted_currency TEXT, wanted_amount BIGINT
) RETURNS TABLE (refusal TEXT, answer TEXT, rest BIGINT, rest_currency TEXT) LANGUAGE plpgsql AS $$
DECLARE
  held TEXT;
  closed BOOLEAN;
  balance_before BIGINT;
  currency_held TEXT;
  payee_there BOOLEAN;
  posted TEXT;
BEGIN
  RETURN QUERY SELECT * FROM "ledger_answered"(wanted, 'capture', wanted_body);
  IF FOUND THEN RETURN; END IF;

  SELECT r.account, r.closed_by IS NOT NULL INTO held, closed
    FROM ledger_reservation r WHERE r.operation = reserved FOR UPDATE;
  IF held IS NULL OR closed THEN
    -- While this one waited, the same operation may have gone through and used up what it needs.
    RETURN QUERY SELECT * FROM "ledger_answered"(wanted, 'capture', wanted_body);
    IF NOT FOUND THEN RETURN QUERY SELECT 'reservation_closed', NULL::TEXT, NULL::BIGINT, NULL::TEXT; END IF;
    RETURN;
  END IF;

  -- In the order of their ids, as every movement locks its accounts, so that no two wait for each other.
  PERFORM 1 FROM ledger_account a WHERE a.id IN (held, main_account) ORDER BY a.id FOR UPDATE;
  SELECT a.balance, a.currency INTO balance_before, currency_held FROM ledger_account a WHERE a.id = held;
  SELECT EXISTS (SELECT 1 FROM ledger_account a WHERE a.id = main_account) INTO payee_there;
  IF wanted_currency <> currency_held OR wanted_amount > balance_before OR NOT payee_there THEN
    RETURN QUERY SELECT * FROM "ledger_answered"(wanted, 'capture', wanted_body);
    IF FOUND THEN RETURN; END IF;
    IF wanted_currency <> currency_held OR wanted_amount > balance_before THEN
      RETURN QUERY SELECT 'reservation_exceeded', NULL::TEXT, balance_before, currency_held;
    ELSE
      RETURN QUERY SELECT 'payee_ineligible', NULL::TEXT, NULL::BIGINT, NULL::TEXT;
    END IF;
    RETURN;
  END IF;

  posted := json_build_object(
    'left', json_build_object('amount', (balance_before - wanted_amount)::TEXT, 'currency', currency_held),
    'operation', wanted)::TEXT;
  INSERT INTO ledger_operation (id, kind, body, answer) VALUES (wanted, 'capture', wanted_body, posted)
    ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN
    RETURN QUERY SELECT * FROM "ledger_answered"(wanted, 'capture', wanted_body);
    IF NOT FOUND THEN RAISE EXCEPTION '% is neither written nor free', wanted; END IF;
    RETURN;
  END IF;
  INSERT INTO ledger_transfer (operation, leg, debit, credit, currency, amount)
    VALUES (wanted, 0, held, main_account, currency_held, wanted_amount);
  UPDATE ledger_account a
     SET balance = a.balance + CASE WHEN a.id = held THEN -wanted_amount ELSE wanted_amount END
   WHERE a.id IN (held, main_account);
  RETURN QUERY SELECT NULL::TEXT, posted, NULL::BIGINT, NULL::TEXT;
END $$;

-- What an operation was answered before, or that it is another's; no row while it is free.
CREATE FUNCTION "ledger_answered"(wanted TEXT, wanted_kind TEXT, wanted_body TEXT)
RETURNS TABLE (refusal TEXT, answer TEXT, rest BIGINT, rest_currency TEXT) LANGUAGE sql AS $$
  SELECT CASE WHEN o.kind = wanted_kind AND o.body = wanted_body THEN NULL ELSE 'operation_reused' END,
         o.answer, NULL::BIGINT, NULL::TEXT
    FROM ledger_operation o WHERE o.id = wanted
$$;
