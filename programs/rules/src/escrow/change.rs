use crate::bytes::line_and_amount;
use crate::escrow::account::Escrow;
use crate::escrow::open::MOST_LIFE_SECONDS;
use crate::refusal::Refusal;

fn refuse_when_over(escrow: &Escrow, now: i64) -> Result<(), Refusal> {
    if escrow.head.finished != 0 {
        return Err(Refusal::Finished);
    }
    if now > escrow.head.expiry {
        return Err(Refusal::Expired);
    }
    Ok(())
}

/// Raises the cap by what the payer adds, and the caps of the payees that it names.
pub fn top_up(escrow: &mut Escrow, amount: u64, raises: &[[u8; 9]], now: i64) -> Result<(), Refusal> {
    refuse_when_over(escrow, now)?;
    if amount == 0 {
        return Err(Refusal::AmountZero);
    }
    let cap = escrow.head.cap.checked_add(amount).ok_or(Refusal::AmountOverflow)?;
    escrow.head.cap = cap;
    for row in raises {
        let (line, more) = line_and_amount(row);
        let payee = escrow.payee(line)?;
        payee.cap = payee.cap.checked_add(more).ok_or(Refusal::AmountOverflow)?;
        if payee.cap > cap {
            return Err(Refusal::PayeeCapAboveCap);
        }
    }
    Ok(())
}

/// Gives the run more time. Neither time can be set earlier.
pub fn extend(escrow: &mut Escrow, settle_by: i64, expiry: i64, now: i64) -> Result<(), Refusal> {
    refuse_when_over(escrow, now)?;
    let head = &mut *escrow.head;
    let same = settle_by == head.settle_by && expiry == head.expiry;
    if same || settle_by < head.settle_by || expiry < head.expiry {
        return Err(Refusal::NotLater);
    }
    if expiry < settle_by {
        return Err(Refusal::TimesDisordered);
    }
    if expiry > head.opened_at.saturating_add(MOST_LIFE_SECONDS) {
        return Err(Refusal::LifeTooLong);
    }
    head.settle_by = settle_by;
    head.expiry = expiry;
    Ok(())
}
