use super::accounts;
use crate::checks;
use crate::clock::now;
use crate::events::Event;
use crate::fault::Outcome;
use escrow_rules::bytes::Reader;
use pinocchio::{AccountView, Address};

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
