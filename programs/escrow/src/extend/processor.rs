use super::accounts;
use super::data::parse;
use crate::checks;
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::escrow::change::extend;

/// The payer gives the run more time. No pause stops this.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let (settle_by, expiry) = parse(data)?;
    let account = accounts::check(program, given)?;
    extend(&mut checks::escrow(account, program)?, settle_by, expiry, now()?)?;
    Event::new(2, checks::key(account)).number(settle_by as u64).number(expiry as u64).log();
    Ok(())
}
