//! An escrow and the tokens around it, counted in a ledger as the token program would: what a transfer cannot cover is a failure
//! of the test.
mod moves;

use crate::chance::Chance;
use rules::bytes::Key;
use rules::escrow::account::{size_with, Escrow, UNCLAIMED_SECONDS};
use rules::escrow::close::{give_up, may_close, Closer};
use rules::escrow::config::{Config, CONFIG_SIZE};
use rules::escrow::open::{check_terms, write, Parties, Terms};
use rules::record::Record;
use rules::refusal::Refusal;

pub const DAY: i64 = 86_400;
const PAYER_BEGAN_WITH: u64 = 1 << 50;
const VAULT: Key = [250; 32];

/// Bytes that begin where a word may.
pub struct Bytes(Vec<u64>);

impl Bytes {
    pub fn new(size: usize) -> Self {
        Self(vec![0; size.div_ceil(8)])
    }
    pub fn all(&mut self) -> &mut [u8] {
        // SAFETY: words are bytes, and there are eight in each.
        unsafe { std::slice::from_raw_parts_mut(self.0.as_mut_ptr().cast(), self.0.len() * 8) }
    }
}

pub struct World {
    pub account: Bytes,
    pub config: Bytes,
    pub now: i64,
    pub payer: u64,
    pub vault: u64,
    pub house: u64,
    pub payees: Vec<u64>,
    /// Whether the account of a payee takes tokens.
    pub open: Vec<bool>,
    /// What the arbiter gave back, line by line.
    pub given_back: Vec<u64>,
    /// Every earning with its line and the time at which its window ends.
    pub earnings: Vec<(usize, u64, i64)>,
    pub cap: u64,
    pub roots: u64,
    pub closed: bool,
}

impl World {
    pub fn begin(chance: &mut Chance) -> Self {
        let count = 1 + chance.below(8) as usize;
        let cap = 1 + chance.below(1 << 40);
        let rows: Vec<[u8; 40]> = (0..count)
            .map(|line| {
                let mut row = [line as u8 + 1; 40];
                row[32..].copy_from_slice(&(1 + chance.below(cap)).to_le_bytes());
                row
            })
            .collect();
        let now = 1_000_000;
        let settle_by = now + 1 + chance.below(20 * DAY as u64) as i64;
        let terms = Terms {
            run: &[1; 16],
            plan_hash: &[2; 32],
            settler: &[3; 32],
            arbiter: &[4; 32],
            fee_account: &[5; 32],
            cap,
            fee_bps: chance.below(1_001) as u16,
            window: [0, 60, 5 * DAY as u32, 30 * DAY as u32][chance.below(4) as usize],
            settle_by,
            expiry: settle_by + chance.below(20 * DAY as u64) as i64,
            payees: &rows,
        };
        check_terms(&terms, &VAULT, now).expect("the terms are sound");
        let mut account = Bytes::new(size_with(count));
        let mut config = Bytes::new(CONFIG_SIZE);
        let setting = Config::over(config.all()).unwrap();
        setting.tag = Config::TAG;
        setting.set(1, &[[7; 32]], &[]).unwrap();
        let parties = Parties {
            payer: &[8; 32],
            refund: &[9; 32],
            rent_payer: &[10; 32],
            mint: &[11; 32],
            vault: &VAULT,
            bump: 255,
        };
        write(&mut Escrow::over(account.all()).unwrap(), &terms, &parties, setting, now);
        Self {
            account,
            config,
            now,
            payer: PAYER_BEGAN_WITH - cap,
            vault: cap,
            house: 0,
            payees: vec![0; count],
            open: vec![true; count],
            given_back: vec![0; count],
            earnings: Vec::new(),
            cap,
            roots: 0,
            closed: false,
        }
    }

    pub fn escrow(&mut self) -> Escrow<'_> {
        Escrow::read(self.account.all()).expect("the account stays an escrow")
    }

    /// As on the chain: what is refused leaves everything as it was.
    pub fn attempt<T>(&mut self, act: impl FnOnce(&mut Escrow, &Config) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let before = self.account.0.clone();
        let config = *Config::read(self.config.all()).unwrap();
        let outcome = act(&mut self.escrow(), &config);
        if outcome.is_err() {
            self.account.0 = before;
        }
        outcome
    }

    pub fn attempt_at<T>(&mut self, act: impl FnOnce(&mut Escrow, i64) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let now = self.now;
        self.attempt(|escrow, _| act(escrow, now))
    }

    pub fn finish(&mut self) {
        self.payer += self.vault;
        self.vault = 0;
        self.closed = true;
    }

    pub fn check(&mut self, seed: u64) {
        let tokens = self.payer + self.vault + self.house + self.payees.iter().sum::<u64>();
        assert_eq!(tokens, PAYER_BEGAN_WITH, "tokens are neither made nor lost, seed {seed}");
        assert!(PAYER_BEGAN_WITH - self.payer <= self.cap, "the payer never gives more than the cap, seed {seed}");
        let (cap, vault, closed, now) = (self.cap, self.vault, self.closed, self.now);
        let escrow = self.escrow();
        assert_eq!(escrow.head.cap, cap);
        let (mut earned, mut outstanding) = (0, 0);
        for payee in escrow.payees.iter() {
            assert!(payee.earned <= payee.cap && payee.paid + payee.returned <= payee.earned, "seed {seed}");
            assert!(payee.payable(now) <= payee.outstanding());
            earned += payee.earned;
            outstanding += payee.outstanding();
        }
        assert!(earned <= cap && earned == escrow.head.earned, "seed {seed}");
        assert!(
            if closed { outstanding == 0 } else { vault >= outstanding },
            "all that is earned is there, seed {seed}"
        );
    }

    /// However it got here: with time alone, and by nobody's leave, it can be closed, and everybody has what is theirs.
    pub fn end(&mut self, seed: u64) {
        self.now = self.escrow().head.expiry + UNCLAIMED_SECONDS + 1;
        for line in 0..self.payees.len() {
            self.release(line);
        }
        for line in (0..self.payees.len()).filter(|line| !self.open[*line]).collect::<Vec<_>>() {
            self.attempt_at(|escrow, now| give_up(escrow, line, now)).expect("what nobody takes returns");
        }
        self.attempt_at(|escrow, now| may_close(escrow, Closer::Anyone, now))
            .unwrap_or_else(|refusal| panic!("cannot be closed: {refusal:?}, seed {seed}"));
        self.finish();
        self.check(seed);
        for line in 0..self.payees.len() {
            let (given_back, is_open) = (self.given_back[line], self.open[line]);
            let payee = self.escrow().payees[line];
            if is_open {
                assert_eq!(
                    payee.paid,
                    payee.earned - given_back,
                    "nothing earned is lost but by the arbiter, seed {seed}"
                );
            }
        }
    }
}
