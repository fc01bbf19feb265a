use super::accounts;
use crate::checks;
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Reader;

/// Ends the pause. The time that it took is given back to every escrow that was open meanwhile.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    Reader::new(data).end()?;
    let account = accounts::check(program, given)?;
    let config = checks::config_mut(account, program)?;
    config.unpause(now()?)?;
    let paused = config.paused_total as u64;
    Event::new(9, checks::key(account)).number(paused).log();
    Ok(())
}
