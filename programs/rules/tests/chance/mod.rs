//! Numbers that look random and are the same for the same seed (SplitMix64). Included by the tests that need chance.
#![allow(dead_code)] // not every test needs all of it

pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// Amounts of every size, with the edges more often than they deserve.
    pub fn amount(&mut self, around: u64) -> u64 {
        match self.below(8) {
            0 => 0,
            1 => around,
            2 => around.saturating_add(1),
            3 if self.below(8) == 0 => u64::MAX,
            _ => self.below(around.max(1)) + 1,
        }
    }
}

/// `SEED` repeats a search; without it there are many.
pub fn seeds(count: u64) -> impl Iterator<Item = u64> {
    let first = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok());
    let from = first.unwrap_or(1);
    from..from + if first.is_some() { 1 } else { count }
}
