use super::accounts::Accounts;
use super::data::parse;
use crate::checks;
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use frame::tokens::Way;
use pinocchio::{AccountView, Address};
use rules::escrow::change::top_up;

/// The payer puts more into the vault; the cap rises by exactly that.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let (amount, raises) = parse(data)?;
    let accounts = Accounts::check(program, given)?;
    let cap = {
        let mut escrow = checks::escrow(accounts.escrow, program)?;
        top_up(&mut escrow, amount, raises, now()?)?;
        escrow.head.cap
    };
    let way = Way {
        token_program: accounts.token_program,
        mint: accounts.mint,
        decimals: accounts.decimals,
        authority: accounts.payer,
        seeds: None,
    };
    way.transfer(accounts.source, accounts.vault, amount)?;
    Event::new(1, checks::key(accounts.escrow)).number(amount).number(cap).log();
    Ok(())
}
