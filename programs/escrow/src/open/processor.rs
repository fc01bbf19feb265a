use super::accounts::Accounts;
use super::data::parse;
use crate::addresses::{escrow_seeds, vault_seeds};
use crate::checks;
use frame::clock::now;
use frame::creation::{create, Creation};
use frame::events::Event;
use frame::fault::Outcome;
use frame::tokens::{Way, ACCOUNT_SIZE};
use pinocchio::{AccountView, Address};
use rules::escrow::account::{size_with, Escrow};
use rules::escrow::open::{check_terms, write, Parties, Terms};

/// Opens the escrow of one run and puts the whole cap into its vault.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let terms = parse(data)?;
    let mut accounts = Accounts::check(program, given, terms.run)?;
    let now = now()?;
    check_terms(&terms, checks::key(accounts.vault), now)?;
    create_both(program, &accounts, &terms)?;
    record(&mut accounts, program, &terms, now)?;
    let way = Way {
        token_program: accounts.token_program,
        mint: accounts.mint,
        decimals: accounts.decimals,
        authority: accounts.payer,
        seeds: None,
    };
    way.transfer(accounts.source, accounts.vault, terms.cap)?;
    Event::new(0, checks::key(accounts.escrow))
        .key(checks::key(accounts.payer))
        .key(terms.plan_hash)
        .number(terms.cap)
        .log();
    Ok(())
}

fn create_both(program: &Address, accounts: &Accounts, terms: &Terms) -> Outcome {
    let escrow = &*accounts.escrow;
    let size = size_with(terms.payees.len());
    let seeds = escrow_seeds(checks::key(accounts.payer), terms.run, &accounts.bump);
    create(&Creation { account: escrow, size, owner: program, seeds: &seeds }, accounts.rent_payer)?;
    let (seeds, owner) = (vault_seeds(checks::key(escrow), &accounts.vault_bump), accounts.token_program.address());
    create(&Creation { account: accounts.vault, size: ACCOUNT_SIZE, owner, seeds: &seeds }, accounts.rent_payer)?;
    let (mint, decimals) = (accounts.mint, accounts.decimals);
    let way = Way { token_program: accounts.token_program, mint, decimals, authority: escrow, seeds: None };
    way.initialize(accounts.vault)
}

fn record(accounts: &mut Accounts, program: &Address, terms: &Terms, now: i64) -> Outcome {
    let config = checks::config(accounts.config, program)?;
    let parties = Parties {
        payer: checks::key(accounts.payer),
        refund: checks::key(accounts.refund),
        rent_payer: checks::key(accounts.rent_payer),
        mint: checks::key(accounts.mint),
        vault: checks::key(accounts.vault),
        bump: accounts.bump[0],
    };
    // SAFETY: made just now, and borrowed by nobody else.
    let mut escrow = Escrow::over(unsafe { accounts.escrow.borrow_unchecked_mut() })?;
    write(&mut escrow, terms, &parties, config, now);
    Ok(())
}
