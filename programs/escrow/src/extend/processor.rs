use super::accounts;
use super::data::parse;
use crate::checks;
use crate::clock::now;
use crate::events::Event;
use crate::fault::Outcome;
use escrow_rules::change::extend;
use pinocchio::{AccountView, Address};

/// The payer gives the run more time. No pause stops this.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let (settle_by, expiry) = parse(data)?;
    let account = accounts::check(program, given)?;
    extend(&mut checks::escrow(account, program)?, settle_by, expiry, now()?)?;
    Event::new(2, checks::key(account)).number(settle_by as u64).number(expiry as u64).log();
    Ok(())
}
