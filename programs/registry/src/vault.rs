use crate::addresses::agent_seeds;
use frame::fault::Outcome;
use frame::tokens::Way;
use pinocchio::AccountView;
use rules::registry::account::Agent;

/// The accounts that a payment out of the stake takes. Everything in them was checked.
pub struct Vault<'a> {
    pub agent: &'a AccountView,
    pub vault: &'a AccountView,
    pub mint: &'a AccountView,
    pub token_program: &'a AccountView,
    pub decimals: u8,
}

impl Vault<'_> {
    /// `of`: a copy of the agent's record, as the token program is called meanwhile.
    pub fn pay(&self, of: &Agent, to: &AccountView, amount: u64) -> Outcome {
        let bump = [of.bump];
        let seeds = agent_seeds(&of.publisher, &of.name, &bump);
        self.way(&seeds).transfer(self.vault, to, amount)
    }

    pub fn close(&self, of: &Agent, rent_payer: &AccountView) -> Outcome {
        let bump = [of.bump];
        let seeds = agent_seeds(&of.publisher, &of.name, &bump);
        self.way(&seeds).close(self.vault, rent_payer)
    }

    fn way<'a>(&'a self, seeds: &'a [pinocchio::cpi::Seed<'a>]) -> Way<'a> {
        Way {
            token_program: self.token_program,
            mint: self.mint,
            decimals: self.decimals,
            authority: self.agent,
            seeds: Some(seeds),
        }
    }
}
