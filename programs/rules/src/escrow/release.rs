use crate::escrow::account::Escrow;
use crate::refusal::Refusal;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    pub to_payee: u64,
    pub fee: u64,
}

/// What is payable on a line now, marked as paid. A line on which nothing is payable pays nothing.
#[inline(always)]
pub fn release(escrow: &mut Escrow, line: usize, now: i64) -> Result<Payment, Refusal> {
    let fee_bps = escrow.head.fee_bps;
    let payee = escrow.payee(line)?;
    let amount = payee.payable(now);
    payee.paid = payee.paid.checked_add(amount).ok_or(Refusal::AmountOverflow)?;
    let fee = fee_of(amount, fee_bps);
    Ok(Payment { to_payee: amount - fee, fee })
}

/// The fee of an amount, rounded down. `fee_bps` is at most 10,000: no intermediate result is larger than the amount or
/// than 10^8, so that nothing wraps (the chain has no checked multiplication of 64 bits).
#[inline(always)]
pub fn fee_of(amount: u64, fee_bps: u16) -> u64 {
    let bps = fee_bps as u64;
    (amount / 10_000).wrapping_mul(bps) + (amount % 10_000).wrapping_mul(bps) / 10_000
}
