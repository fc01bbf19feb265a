use super::accounts;
use super::data::parse;
use crate::checks;
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::escrow::dispute::resolve;

/// The arbiter decides a dispute. No token moves here: what is the payee's is released as ever, the rest returns with
/// the rest of the escrow, so that there is no way to anybody else.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let (line, to_payee) = parse(data)?;
    let account = accounts::check(program, given)?;
    let back = resolve(&mut checks::escrow(account, program)?, line as usize, to_payee, now()?)?;
    Event::new(5, checks::key(account)).number(line as u64).number(to_payee).number(back).log();
    Ok(())
}
