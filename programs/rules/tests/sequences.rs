//! Random sequences of everything that can be asked of an escrow, on the code that the chain runs. Tokens are counted in a
//! ledger beside it, as the token program would: what a transfer cannot cover is a failure of the test.
mod chance;

use chance::{seeds, Chance};
use escrow_rules::bytes::Key;
use escrow_rules::change::{extend, top_up};
use escrow_rules::close::{give_up, may_close, Closer};
use escrow_rules::config::{Config, CONFIG_SIZE, CONFIG_TAG};
use escrow_rules::dispute::{dispute, resolve};
use escrow_rules::escrow::{size_with, Escrow, UNCLAIMED_SECONDS};
use escrow_rules::open::{check_terms, write, Parties, Terms};
use escrow_rules::refusal::Refusal;
use escrow_rules::release::release;
use escrow_rules::settle::{settle, Settlement};

const DAY: i64 = 86_400;
const PAYER_BEGAN_WITH: u64 = 1 << 50;
const VAULT: Key = [250; 32];

/// Bytes that begin where a word may.
struct Bytes(Vec<u64>);

impl Bytes {
    fn new(size: usize) -> Self {
        Self(vec![0; size.div_ceil(8)])
    }
    fn all(&mut self) -> &mut [u8] {
        // SAFETY: words are bytes, and there are eight in each.
        unsafe { std::slice::from_raw_parts_mut(self.0.as_mut_ptr().cast(), self.0.len() * 8) }
    }
}

struct World {
    account: Bytes,
    config: Bytes,
    now: i64,
    payer: u64,
    vault: u64,
    house: u64,
    payees: Vec<u64>,
    /// Whether the account of a payee takes tokens.
    open: Vec<bool>,
    /// What the arbiter gave back, line by line.
    given_back: Vec<u64>,
    /// Every earning with its line and the time at which its window ends.
    earnings: Vec<(usize, u64, i64)>,
    cap: u64,
    roots: u64,
    closed: bool,
}

impl World {
    fn begin(chance: &mut Chance) -> Self {
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
        setting.tag = CONFIG_TAG;
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

    fn escrow(&mut self) -> Escrow<'_> {
        Escrow::read(self.account.all()).expect("the account stays an escrow")
    }

    /// As on the chain: what is refused leaves everything as it was.
    fn attempt<T>(&mut self, act: impl FnOnce(&mut Escrow, &Config) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let before = self.account.0.clone();
        let config = *Config::read(self.config.all()).unwrap();
        let outcome = act(&mut self.escrow(), &config);
        if outcome.is_err() {
            self.account.0 = before;
        }
        outcome
    }

    fn step(&mut self, chance: &mut Chance) {
        let line = chance.below(self.payees.len() as u64 + 1) as usize;
        match chance.below(14) {
            0..=3 => self.settle(chance),
            4 | 5 => self.release(line),
            6 => drop(self.attempt_at(|escrow, now| dispute(escrow, line, now))),
            7 => self.resolve(line, chance),
            8 => self.top_up(line, chance),
            9 => self.extend(chance),
            10 => self.pause_or_go_on(),
            11 => self.close(chance),
            12 if line < self.open.len() => self.open[line] = !self.open[line],
            _ => self.now += [1, 59, DAY, 7 * DAY, 31 * DAY][chance.below(5) as usize],
        }
    }

    fn attempt_at<T>(&mut self, act: impl FnOnce(&mut Escrow, i64) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let now = self.now;
        self.attempt(|escrow, _| act(escrow, now))
    }

    fn settle(&mut self, chance: &mut Chance) {
        let now = self.now;
        let mut lines = Vec::new();
        for line in 0..self.payees.len() {
            let mut row = [line as u8; 9];
            row[1..].copy_from_slice(&chance.amount(self.cap / 3).to_le_bytes());
            if chance.below(2) == 0 {
                lines.push(row);
            }
        }
        self.roots += 1;
        let mut root = [0; 32];
        root[..8].copy_from_slice(&self.roots.to_le_bytes());
        let (last, skewed) = (chance.below(40) == 0, chance.below(20) == 0);
        let outcome = self.attempt(|escrow, config| {
            let sequence = escrow.head.sequence + skewed as u64;
            let deadline = escrow.settle_deadline(config.paused_total);
            let asked = Settlement { sequence, receipt_root: &root, last, lines: &lines };
            settle(escrow, config, &asked, now)?;
            assert!(now <= deadline && now <= escrow.head.expiry && config.paused_at == 0 && !skewed);
            Ok(())
        });
        if outcome.is_ok() {
            let ends = now + self.escrow().head.window as i64;
            for row in lines {
                self.earnings.push((row[0] as usize, u64::from_le_bytes(row[1..].try_into().unwrap()), ends));
            }
        }
    }

    fn release(&mut self, line: usize) {
        if !self.open.get(line).copied().unwrap_or(true) {
            return;
        }
        if let Ok(payment) = self.attempt_at(|escrow, now| release(escrow, line, now)) {
            self.vault =
                self.vault.checked_sub(payment.to_payee + payment.fee).expect("the vault covers what is released");
            self.payees[line] += payment.to_payee;
            self.house += payment.fee;
            let now = self.now;
            let ripe = self.earnings.iter().filter(|(of, _, ends)| *of == line && *ends <= now);
            let ripe: u64 = ripe.map(|(_, amount, _)| amount).sum();
            assert!(self.escrow().payees[line].paid <= ripe, "nothing is paid inside its window");
        }
    }

    fn resolve(&mut self, line: usize, chance: &mut Chance) {
        let to_payee = chance.amount(self.cap / 4);
        if let Ok(back) = self.attempt_at(|escrow, now| resolve(escrow, line, to_payee, now)) {
            self.given_back[line] += back;
            // What the arbiter left to the payee is payable at once.
            let now = self.now;
            self.earnings.iter_mut().filter(|(of, ..)| *of == line).for_each(|(_, _, ends)| *ends = now.min(*ends));
        }
    }

    fn top_up(&mut self, line: usize, chance: &mut Chance) {
        let amount = chance.amount(1_000);
        let mut raise = [line as u8; 9];
        raise[1..].copy_from_slice(&chance.below(amount.max(1)).to_le_bytes());
        if self.attempt_at(|escrow, now| top_up(escrow, amount, &[raise], now)).is_ok() {
            match self.payer.checked_sub(amount) {
                Some(rest) => {
                    (self.payer, self.vault, self.cap) = (rest, self.vault + amount, self.cap + amount);
                }
                // The token program refuses the transfer, and with it everything is undone.
                None => {
                    let escrow = self.escrow();
                    escrow.head.cap -= amount;
                    let more = u64::from_le_bytes(raise[1..].try_into().unwrap());
                    escrow.payees[line].cap -= more;
                }
            }
        }
    }

    fn extend(&mut self, chance: &mut Chance) {
        let (more, later) = (chance.below(9 * DAY as u64) as i64, chance.below(9 * DAY as u64) as i64);
        let _ = self.attempt_at(|escrow, now| {
            let (settle_by, expiry) = (escrow.head.settle_by, escrow.head.expiry);
            extend(escrow, settle_by + more - DAY, expiry + later - DAY, now)?;
            assert!(escrow.head.settle_by >= settle_by && escrow.head.expiry >= expiry);
            Ok(())
        });
    }

    fn pause_or_go_on(&mut self) {
        let now = self.now;
        let config = Config::over(self.config.all()).unwrap();
        if config.pause(now).is_err() {
            config.unpause(now).unwrap();
        }
    }

    fn close(&mut self, chance: &mut Chance) {
        let closer = if chance.below(4) == 0 { Closer::PayerAndSettler } else { Closer::Anyone };
        if self.attempt_at(|escrow, now| may_close(escrow, closer, now)).is_ok() {
            self.finish();
        }
    }

    fn finish(&mut self) {
        self.payer += self.vault;
        self.vault = 0;
        self.closed = true;
    }

    fn check(&mut self, seed: u64) {
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
    fn end(&mut self, seed: u64) {
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

#[test]
fn random_sequences_conserve_tokens_keep_every_cap_and_can_always_be_closed() {
    let (mut earning, mut closed_early) = (0, 0);
    for seed in seeds(20_000) {
        let mut chance = Chance(seed);
        let mut world = World::begin(&mut chance);
        for _ in 0..chance.below(60) {
            world.step(&mut chance);
            world.check(seed);
            if world.closed {
                break;
            }
        }
        earning += (world.escrow().head.earned > 0) as u64;
        closed_early += world.closed as u64;
        if !world.closed {
            world.end(seed);
        }
    }
    // A search that reaches nothing proves nothing.
    if std::env::var("SEED").is_err() {
        assert!(earning > 8_000 && closed_early > 1_000, "{earning} earned, {closed_early} closed on their way");
    }
}
