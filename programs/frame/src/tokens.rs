use crate::fault::Outcome;
use pinocchio::cpi::{invoke_signed, Seed, Signer};
use pinocchio::instruction::{InstructionAccount, InstructionView};
use pinocchio::AccountView;

const CLOSE_ACCOUNT: u8 = 9;
const TRANSFER_CHECKED: u8 = 12;
const INITIALIZE_ACCOUNT_3: u8 = 18;

pub const ACCOUNT_SIZE: usize = 165;

/// One way between two token accounts. `authority` signs the transaction itself, or the program signs for it.
pub struct Way<'a> {
    pub token_program: &'a AccountView,
    pub mint: &'a AccountView,
    pub decimals: u8,
    pub authority: &'a AccountView,
    pub seeds: Option<&'a [Seed<'a>]>,
}

impl Way<'_> {
    #[inline(always)]
    pub fn transfer(&self, from: &AccountView, to: &AccountView, amount: u64) -> Outcome {
        let mut data = [0; 10];
        data[0] = TRANSFER_CHECKED;
        data[1..9].copy_from_slice(&amount.to_le_bytes());
        data[9] = self.decimals;
        let accounts = [
            InstructionAccount::writable(from.address()),
            InstructionAccount::readonly(self.mint.address()),
            InstructionAccount::writable(to.address()),
            InstructionAccount::readonly_signer(self.authority.address()),
        ];
        let instruction =
            InstructionView { program_id: self.token_program.address(), data: &data, accounts: &accounts };
        let involved = [from, self.mint, to, self.authority];
        match self.seeds {
            Some(seeds) => Ok(invoke_signed(&instruction, &involved, &[Signer::from(seeds)])?),
            None => Ok(invoke_signed(&instruction, &involved, &[])?),
        }
    }

    /// Closes an empty token account; its rent goes to `to`.
    pub fn close(&self, account: &AccountView, to: &AccountView) -> Outcome {
        let accounts = [
            InstructionAccount::writable(account.address()),
            InstructionAccount::writable(to.address()),
            InstructionAccount::readonly_signer(self.authority.address()),
        ];
        let instruction =
            InstructionView { program_id: self.token_program.address(), data: &[CLOSE_ACCOUNT], accounts: &accounts };
        let signer = [Signer::from(self.seeds.unwrap_or(&[]))];
        Ok(invoke_signed(&instruction, &[account, to, self.authority], &signer)?)
    }

    /// Makes a token account of what is an empty account of the token program; the authority will own it.
    pub fn initialize(&self, account: &AccountView) -> Outcome {
        let mut data = [0; 33];
        data[0] = INITIALIZE_ACCOUNT_3;
        data[1..].copy_from_slice(self.authority.address().as_array());
        let accounts =
            [InstructionAccount::writable(account.address()), InstructionAccount::readonly(self.mint.address())];
        let instruction =
            InstructionView { program_id: self.token_program.address(), data: &data, accounts: &accounts };
        Ok(invoke_signed(&instruction, &[account, self.mint], &[])?)
    }
}
