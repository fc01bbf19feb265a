use crate::escrow::account::{Escrow, UNCLAIMED_SECONDS};
use crate::refusal::Refusal;

/// Who stands behind a wish to close.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Closer {
    PayerAndSettler,
    Anyone,
}

/// Whether the rest may go back now. What was earned is paid first, whoever asks and however late it is.
pub fn may_close(escrow: &Escrow, closer: Closer, now: i64) -> Result<(), Refusal> {
    let over = escrow.head.finished != 0 || now > escrow.head.expiry;
    if closer == Closer::Anyone && !over {
        return Err(Refusal::CloseTooEarly);
    }
    if escrow.payees.iter().any(|payee| payee.outstanding() > 0) {
        return Err(Refusal::EarningsUnpaid);
    }
    Ok(())
}

/// Gives back what waited long enough for an account that still cannot take it. Whether it can is for the caller to see.
pub fn give_up(escrow: &mut Escrow, line: usize, now: i64) -> Result<u64, Refusal> {
    if now <= escrow.head.expiry.saturating_add(UNCLAIMED_SECONDS) {
        return Err(Refusal::EarningsUnpaid);
    }
    let payee = escrow.payee(line)?;
    let amount = payee.outstanding();
    payee.returned = payee.returned.checked_add(amount).ok_or(Refusal::AmountOverflow)?;
    Ok(amount)
}
