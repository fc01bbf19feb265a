use crate::addresses::SYSTEM;
use crate::fault::Outcome;
use pinocchio::cpi::{invoke_signed, Seed, Signer};
use pinocchio::instruction::{InstructionAccount, InstructionView};
use pinocchio::sysvars::{rent::Rent, Sysvar};
use pinocchio::{AccountView, Address};

const ASSIGN: u8 = 1;
const TRANSFER: u8 = 2;
const ALLOCATE: u8 = 8;

/// What is made: so many bytes that `owner` may write, at an address that the program signs for with `seeds`.
pub struct Creation<'a> {
    pub account: &'a AccountView,
    pub size: usize,
    pub owner: &'a Address,
    pub seeds: &'a [Seed<'a>],
}

/// Makes an account in three steps and never in the one that is called creation: that one fails once a stranger has
/// sent a lamport to the address.
pub fn create(creation: &Creation, rent_payer: &AccountView) -> Outcome {
    let lacking = Rent::get()?.try_minimum_balance(creation.size)?.saturating_sub(creation.account.lamports());
    if lacking > 0 {
        transfer(rent_payer, creation.account, lacking)?;
    }
    let mut allocate = [ALLOCATE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    allocate[4..].copy_from_slice(&(creation.size as u64).to_le_bytes());
    as_account(creation, &allocate)?;
    let mut assign = [0; 36];
    assign[0] = ASSIGN;
    assign[4..].copy_from_slice(creation.owner.as_array());
    as_account(creation, &assign)
}

fn transfer(from: &AccountView, to: &AccountView, lamports: u64) -> Outcome {
    let mut data = [TRANSFER, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    data[4..].copy_from_slice(&lamports.to_le_bytes());
    let accounts = [InstructionAccount::writable_signer(from.address()), InstructionAccount::writable(to.address())];
    let instruction = InstructionView { program_id: &SYSTEM, data: &data, accounts: &accounts };
    Ok(invoke_signed(&instruction, &[from, to], &[])?)
}

fn as_account(creation: &Creation, data: &[u8]) -> Outcome {
    let accounts = [InstructionAccount::writable_signer(creation.account.address())];
    let instruction = InstructionView { program_id: &SYSTEM, data, accounts: &accounts };
    Ok(invoke_signed(&instruction, &[creation.account], &[Signer::from(creation.seeds)])?)
}
