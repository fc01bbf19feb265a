use super::accounts;
use super::data::parse;
use crate::checks;
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::escrow::dispute::dispute;

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
