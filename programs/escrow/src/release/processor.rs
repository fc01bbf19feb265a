use super::accounts::Accounts;
use super::data::parse;
use crate::addresses::escrow_seeds;
use crate::checks;
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use frame::tokens::Way;
use pinocchio::{AccountView, Address};
use rules::escrow::release::release;
use rules::refusal::Refusal;
use rules::token::{decimals, takes_tokens};

/// Pays what is payable on the named lines. Anybody may call it, paused or not: it can only go to the payees.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let lines = parse(data)?;
    let accounts = Accounts::check(program, given, lines)?;
    let now = now()?;
    let decimals = decimals(checks::bytes(accounts.mint))?;
    let (payer, run, bump) = {
        let head = checks::escrow(accounts.escrow, program)?.head;
        (head.payer, head.run, [head.bump])
    };
    let seeds = escrow_seeds(&payer, &run, &bump);
    let (mut paid, mut fees) = (0u64, 0u64);
    for ([line], account) in lines.iter().zip(accounts.payees) {
        if !is_ready(account, &accounts) {
            continue; // one payee that closed its account must not keep the others from being paid
        }
        let payment = release(&mut checks::escrow(accounts.escrow, program)?, *line as usize, now)?;
        if payment.to_payee > 0 {
            way(&accounts, decimals, &seeds).transfer(accounts.vault, account, payment.to_payee)?;
            paid = paid.saturating_add(payment.to_payee);
            fees = fees.saturating_add(payment.fee);
        }
    }
    if paid == 0 {
        return Err(Refusal::NothingToRelease.into());
    }
    // A fee account that takes nothing forgoes its fee, which returns to the payer: it must not stop the payees either.
    if fees > 0 && is_ready(accounts.fee_account, &accounts) {
        way(&accounts, decimals, &seeds).transfer(accounts.vault, accounts.fee_account, fees)?;
    }
    Event::new(6, checks::key(accounts.escrow)).number(paid).number(fees).log();
    Ok(())
}

#[inline(always)]
fn way<'a>(accounts: &'a Accounts, decimals: u8, seeds: &'a [pinocchio::cpi::Seed<'a>]) -> Way<'a> {
    Way {
        token_program: accounts.token_program,
        mint: accounts.mint,
        decimals,
        authority: accounts.escrow,
        seeds: Some(seeds),
    }
}

#[inline(always)]
fn is_ready(account: &AccountView, accounts: &Accounts) -> bool {
    account.owned_by(accounts.token_program.address())
        && takes_tokens(checks::bytes(account), checks::key(accounts.mint))
}
