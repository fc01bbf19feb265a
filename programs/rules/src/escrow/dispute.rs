use crate::escrow::account::{Escrow, DECIDE_SECONDS};
use crate::refusal::Refusal;

/// Takes what a line holds inside its window out of reach until the arbiter, or time, decides.
pub fn dispute(escrow: &mut Escrow, line: usize, now: i64) -> Result<u64, Refusal> {
    let payee = escrow.payee(line)?;
    if now >= payee.held_until || payee.held == 0 {
        return Err(Refusal::WindowOver);
    }
    let amount = payee.held;
    let before = if now < payee.decide_by { payee.disputed } else { 0 }; // undecided in time: the payee's
    payee.disputed = before.checked_add(amount).ok_or(Refusal::AmountOverflow)?;
    payee.decide_by = now.saturating_add(DECIDE_SECONDS);
    payee.held = 0;
    Ok(amount)
}

/// Gives so much of what is disputed to the payee, and what is left of it back to the payer. There is no third.
pub fn resolve(escrow: &mut Escrow, line: usize, to_payee: u64, now: i64) -> Result<u64, Refusal> {
    let payee = escrow.payee(line)?;
    if payee.disputed == 0 || now >= payee.decide_by {
        return Err(Refusal::NothingDisputed);
    }
    let back = payee.disputed.checked_sub(to_payee).ok_or(Refusal::MoreThanDisputed)?;
    payee.returned = payee.returned.checked_add(back).ok_or(Refusal::AmountOverflow)?;
    payee.disputed = 0;
    payee.decide_by = 0;
    Ok(back)
}
