use super::accounts::Accounts;
use super::data::parse;
use crate::addresses::escrow_seeds;
use crate::checks;
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use frame::tokens::Way;
use pinocchio::{AccountView, Address};
use rules::escrow::close::{give_up, may_close};
use rules::refusal::Refusal;
use rules::token::{balance, decimals};

/// Sends everything that nobody earned back to the payer and the rent to whoever lent it. No pause stops this.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let lines = parse(data)?;
    let accounts = Accounts::check(program, given, lines)?;
    let (payer, run, bump) = {
        let mut escrow = checks::escrow(accounts.escrow, program)?;
        let now = now()?;
        for [line] in lines {
            give_up(&mut escrow, *line as usize, now)?;
        }
        may_close(&escrow, accounts.closer, now)?;
        (escrow.head.payer, escrow.head.run, [escrow.head.bump])
    };
    let rest = balance(checks::bytes(accounts.vault)).ok_or(Refusal::VaultWrong)?;
    let seeds = escrow_seeds(&payer, &run, &bump);
    {
        let way = Way {
            token_program: accounts.token_program,
            mint: accounts.mint,
            decimals: decimals(checks::bytes(accounts.mint))?,
            authority: accounts.escrow,
            seeds: Some(&seeds),
        };
        if rest > 0 {
            way.transfer(accounts.vault, accounts.refund, rest)?;
        }
        way.close(accounts.vault, accounts.rent_payer)?;
    }
    Event::new(7, checks::key(accounts.escrow)).number(rest).log();
    let lamports =
        accounts.rent_payer.lamports().checked_add(accounts.escrow.lamports()).ok_or(Refusal::AmountOverflow)?;
    accounts.rent_payer.set_lamports(lamports);
    accounts.escrow.close()?;
    Ok(())
}
