//! An agent and the tokens around it, counted in a ledger as the token program would: what a transfer cannot cover is a
//! failure of the test.
use crate::chance::Chance;
use rules::refusal::Refusal;
use rules::registry::account::Agent;
use rules::registry::ownership::{accept, offer};
use rules::registry::register::{add_version, may_close, remove_version, write_agent, Declared, Parties, Place};
use rules::registry::slash::{
    contest, decide, execute, locked, propose, take_back, CONTEST_SECONDS, DECIDE_SECONDS, EXECUTE_SECONDS,
};
use rules::registry::stake::{stake, unstake, withdraw, COOL_DOWN_SECONDS};
use rules::registry::states::{moved, Mover};

const DAY: i64 = 86_400;
const OWNER_BEGAN_WITH: u64 = 1 << 50;
const DECLARED: Declared = Declared { manifest: &[1; 32], price: 5, unit: 0, most_units: 1 };

pub struct Staked {
    pub agent: Agent,
    pub now: i64,
    pub owner: u64,
    pub vault: u64,
    pub forfeited: u64,
    pub upheld: bool,
    pub versions: u32,
    /// When each slash that was ever proposed could be contested until, and whether it was.
    window: Option<(i64, bool)>,
}

impl Staked {
    pub fn begin(chance: &mut Chance) -> Self {
        let parties = Parties {
            publisher: &[8; 32],
            name: &[9; 32],
            rent_payer: &[10; 32],
            arbiter: &[4; 32],
            forfeit: &[5; 32],
            mint: &[11; 32],
            vault: &[12; 32],
            bump: 255,
        };
        // SAFETY: plain integers; it is written as a whole at once.
        let mut agent: Agent = unsafe { std::mem::zeroed() };
        write_agent(&mut agent, &parties, 1_000_000);
        let mut world = Self {
            agent,
            now: 1_000_000,
            owner: OWNER_BEGAN_WITH,
            vault: 0,
            forfeited: 0,
            upheld: false,
            versions: 0,
            window: None,
        };
        let amount = 1 + chance.below(1 << 40);
        world.attempt(|agent, _| stake(agent, amount)).expect("an amount can be staked");
        world.owner -= amount;
        world.vault += amount;
        world
    }

    /// As on the chain: what is refused leaves everything as it was.
    fn attempt<T>(&mut self, act: impl FnOnce(&mut Agent, i64) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let before = self.agent;
        let outcome = act(&mut self.agent, self.now);
        if outcome.is_err() {
            self.agent = before;
        }
        outcome
    }

    pub fn step(&mut self, chance: &mut Chance) {
        let amount = chance.amount(self.agent.staked);
        match chance.below(16) {
            0 => self.stake(amount),
            1 | 2 => drop(self.attempt(|agent, now| unstake(agent, amount, now))),
            3 | 4 => drop(self.withdraw()),
            5..=7 => self.propose(amount),
            8 => self.contest(),
            9 => self.decide(amount),
            10 | 11 => self.execute(),
            12 if chance.below(4) == 0 => drop(self.attempt(take_back)),
            13 => self.versions(chance),
            14 => self.hand_over(chance),
            _ => self.now += [1, 59, DAY, 7 * DAY, 31 * DAY][chance.below(5) as usize],
        }
    }

    fn stake(&mut self, amount: u64) {
        let room = amount <= self.owner;
        if room && self.attempt(|agent, _| stake(agent, amount)).is_ok() {
            self.owner -= amount;
            self.vault += amount;
        }
    }

    fn withdraw(&mut self) -> Result<(), Refusal> {
        let before = self.agent;
        let now = self.now;
        let amount = self.attempt(withdraw)?;
        assert!(now >= before.leaves_at && amount <= before.leaving, "nothing leaves before it cooled down");
        assert!(self.agent.staked >= locked(&before, now), "what a slash is about stays");
        self.vault = self.vault.checked_sub(amount).expect("the vault covers what leaves");
        self.owner += amount;
        Ok(())
    }

    fn propose(&mut self, amount: u64) {
        let before = self.agent;
        let now = self.now;
        if self.attempt(|agent, now| propose(agent, amount, &[3; 32], now)).is_ok() {
            let cooled = if now >= before.leaves_at { before.leaving } else { 0 };
            assert!(amount > 0 && amount + cooled <= before.staked, "what has cooled down is out of reach");
            self.window = Some((now + CONTEST_SECONDS, false));
        }
    }

    fn contest(&mut self) {
        let now = self.now;
        if self.attempt(contest).is_ok() {
            let (until, contested) = self.window.expect("one was proposed");
            assert!(now <= until && !contested);
            self.window = Some((until, true));
        }
    }

    fn decide(&mut self, amount: u64) {
        let most = self.agent.slash_amount;
        if self.attempt(|agent, now| decide(agent, amount, now)).is_ok() {
            assert!(amount <= most);
            self.upheld |= amount > 0;
            self.window = self.window.filter(|_| amount > 0);
            self.window = self.window.map(|_| (i64::MIN, false)); // upheld: nothing stands in its way
        }
    }

    fn execute(&mut self) {
        let now = self.now;
        let before = self.agent;
        if let Ok(amount) = self.attempt(execute) {
            let (until, contested) = self.window.expect("one was proposed");
            assert!(now > until && !contested, "the owner was heard");
            assert!(amount == before.slash_amount && amount <= before.staked);
            self.vault = self.vault.checked_sub(amount).expect("the vault covers what is slashed");
            self.forfeited += amount;
        }
    }

    fn versions(&mut self, chance: &mut Chance) {
        if chance.below(2) == 0 {
            let place = Place { agent: &[2; 32], rent_payer: &[10; 32], bump: 254 };
            let number = self.agent.versions;
            let version = self.attempt(|agent, now| add_version(agent, &place, &DECLARED, now)).unwrap();
            assert_eq!(version.number, number);
            self.versions += 1;
        } else if self.versions > 0 {
            remove_version(&mut self.agent);
            self.versions -= 1;
        }
    }

    /// Moves of states and owners, which touch no token.
    fn hand_over(&mut self, chance: &mut Chance) {
        let (to, by) = (chance.below(5) as u8, [Mover::Owner, Mover::Arbiter][chance.below(2) as usize]);
        let from = self.agent.state;
        if moved(from, to, by).is_ok() {
            assert!(to <= 3 && (from != 3 || by == Mover::Arbiter));
            self.agent.state = to;
        }
        let heir = [20 + chance.below(3) as u8; 32];
        offer(&mut self.agent, &heir);
        let taker = [20 + chance.below(3) as u8; 32];
        assert_eq!(self.attempt(|agent, _| accept(agent, &taker)).is_ok(), taker == heir);
    }

    pub fn check(&mut self, seed: u64) {
        assert_eq!(self.owner + self.vault + self.forfeited, OWNER_BEGAN_WITH, "no token is lost, seed {seed}");
        assert_eq!(self.agent.staked, self.vault, "the account knows what the vault holds, seed {seed}");
        assert!(self.agent.leaving <= self.agent.staked, "seed {seed}");
        assert_eq!(self.agent.slashed_total, self.forfeited, "seed {seed}");
        assert_eq!(self.agent.versions_open, self.versions, "seed {seed}");
    }

    /// However it got here: an owner who asks for all of it gets what is left, though the arbiter does what it can.
    pub fn end(&mut self, seed: u64) {
        let left = self.agent.staked - self.agent.leaving;
        if left > 0 {
            self.attempt(|agent, now| unstake(agent, left, now)).expect("what is staked can be asked back");
        }
        self.now = self.now.max(self.agent.leaves_at - 1);
        self.propose(1);
        self.now = self.now.max(self.agent.leaves_at);
        self.propose(1); // never again, from now on
        let longest = CONTEST_SECONDS + DECIDE_SECONDS + EXECUTE_SECONDS;
        self.now += longest + 1;
        assert!(self.attempt(|agent, now| propose(agent, 1, &[3; 32], now)).is_err(), "seed {seed}");
        if self.agent.staked > 0 {
            self.withdraw().unwrap_or_else(|refusal| panic!("stake cannot leave: {refusal:?}, seed {seed}"));
        }
        while self.versions > 0 {
            remove_version(&mut self.agent);
            self.versions -= 1;
        }
        may_close(&self.agent).unwrap_or_else(|refusal| panic!("cannot be closed: {refusal:?}, seed {seed}"));
        self.check(seed);
        assert!(COOL_DOWN_SECONDS > CONTEST_SECONDS, "a slash is heard while the stake cools down");
    }
}
