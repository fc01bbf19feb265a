use super::accounts;
use super::data::parse;
use crate::checks;
use crate::clock::now;
use crate::events::Event;
use crate::fault::Outcome;
use escrow_rules::dispute::dispute;
use pinocchio::{AccountView, Address};

/// The payer keeps what lines hold inside their window from being paid until it is decided.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let lines = parse(data)?;
    let account = accounts::check(program, given)?;
    let now = now()?;
    for [line] in lines {
        let amount = dispute(&mut checks::escrow(account, program)?, *line as usize, now)?;
        Event::new(4, checks::key(account)).number(*line as u64).number(amount).log();
    }
    Ok(())
}
