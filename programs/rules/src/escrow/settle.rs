use crate::bytes::{line_and_amount, same, Key};
use crate::escrow::account::Escrow;
use crate::escrow::config::Config;
use crate::refusal::Refusal;

pub struct Settlement<'a> {
    pub sequence: u64,
    pub receipt_root: &'a Key,
    /// Nothing more will be earned: the rest may go back as soon as everybody is paid.
    pub last: bool,
    /// A line and what it earned, by rising line.
    pub lines: &'a [[u8; 9]],
}

/// Adds to what payees earned: never after the deadline, never above a payee's cap or the cap of all, and each
/// settlement once. When it refuses, the account must be left as it was: a failed transaction is undone as a whole.
#[inline(always)]
pub fn settle(escrow: &mut Escrow, config: &Config, asked: &Settlement, now: i64) -> Result<(), Refusal> {
    config.refuse_when_paused()?;
    if escrow.head.finished != 0 {
        return Err(Refusal::Finished);
    }
    if now > escrow.settle_deadline(config.paused_total) {
        return Err(Refusal::SettleByPassed);
    }
    if asked.sequence != escrow.head.sequence {
        return Err(Refusal::SequenceWrong);
    }
    if asked.sequence > 0 && same(asked.receipt_root, &escrow.head.last_root) {
        return Err(Refusal::ReceiptRootRepeated);
    }
    if asked.lines.is_empty() && !asked.last {
        return Err(Refusal::NothingSettled);
    }
    let total = earn(escrow, asked.lines, now)?;
    let head = &mut *escrow.head;
    head.earned = total;
    head.sequence = head.sequence.checked_add(1).ok_or(Refusal::AmountOverflow)?;
    head.last_root = *asked.receipt_root;
    head.finished = asked.last as u8;
    Ok(())
}

#[inline(always)]
fn earn(escrow: &mut Escrow, lines: &[[u8; 9]], now: i64) -> Result<u64, Refusal> {
    let (cap, held_until) = (escrow.head.cap, now.saturating_add(escrow.head.window as i64));
    let mut total = escrow.head.earned;
    let mut next = 0;
    for row in lines {
        let (line, amount) = line_and_amount(row);
        if line < next {
            return Err(Refusal::LinesDisordered);
        }
        next = line + 1;
        if amount == 0 {
            return Err(Refusal::AmountZero);
        }
        let payee = escrow.payees.get_mut(line).ok_or(Refusal::LineUnknown)?;
        let earned = payee.earned.checked_add(amount).ok_or(Refusal::AmountOverflow)?;
        if earned > payee.cap {
            return Err(Refusal::PayeeCapExceeded);
        }
        total = total.checked_add(amount).ok_or(Refusal::AmountOverflow)?;
        if total > cap {
            return Err(Refusal::CapExceeded);
        }
        // What has left its window stays payable: a later settlement cannot put it back.
        let held = if now < payee.held_until { payee.held } else { 0 };
        payee.held = held.checked_add(amount).ok_or(Refusal::AmountOverflow)?;
        payee.held_until = held_until;
        payee.earned = earned;
    }
    Ok(total)
}
